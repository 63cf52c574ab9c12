import { z } from "zod";
import type { DirectoryTx } from "@/db/client";
import { isUuid } from "@/platform/actor";
import { invalid, notFound, ScimError } from "./errors";
import { pickedBy } from "./matching";
import { type Change, isNamed, readOperations, requirePath } from "./patch";
import type { UserRow } from "./queries";
import * as queries from "./queries";
import { pageOf, resource } from "./representation";
import { askedBy, type PageAsked, pageOfMatching, resourceAs, valueAs } from "./values";

const SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";

/** Entra ID writes booleans as words. */
const Flag = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((word) => word.toLowerCase() === "true"),
]);
const Text = z.string().trim().max(200);
const Address = z.string().trim().toLowerCase().max(254).pipe(z.email());
const ExternalId = z.string().max(400).nullable();
const Name = z.object({ formatted: Text.nullish(), givenName: Text.nullish(), familyName: Text.nullish() });

/** Of what directories send, the part that is kept; all else is passed over, as RFC 7644, 3.3 lets us. */
const User = z.object({
  userName: Address,
  externalId: ExternalId.optional(),
  active: Flag.optional(),
  displayName: Text.nullish(),
  name: Name.nullish(),
});
type State = {
  userName: string;
  externalId: string | null;
  active: boolean;
  displayName?: string | null | undefined;
  name?: z.output<typeof Name> | null | undefined;
};

const read = (body: unknown) => resourceAs(User, body, "userName is the person's e-mail address.");

type Profile = Pick<State, "displayName" | "name">;
const profileOf = ({ displayName, name }: Profile) => {
  const parts = Object.entries(name ?? {}).filter(([, value]) => value);
  return { ...(displayName && { displayName }), ...(parts.length > 0 && { name: Object.fromEntries(parts) }) };
};
const nameOf = ({ userName, displayName, name }: Omit<State, "active" | "externalId">) =>
  displayName || name?.formatted || [name?.givenName, name?.familyName].filter(Boolean).join(" ") || userName;

export function presentUser(row: UserRow, base: string) {
  const { email, name, active, external_id, groups, role } = row;
  const profile = row.profile as Profile;
  return resource(row, "User", base, {
    schemas: [SCHEMA],
    userName: email,
    ...(external_id !== null && { externalId: external_id }),
    displayName: profile.displayName ?? name,
    name: profile.name ?? { formatted: name },
    emails: [{ value: email, type: "work", primary: true }],
    active,
    groups: groups.map((group) => ({ ...group, $ref: `${base}/Groups/${group.value}` })),
    roles: [{ value: role, primary: true }],
  });
}

export async function findUser(tx: DirectoryTx, id: string): Promise<UserRow> {
  const [row] = isUuid(id) ? await queries.listUsers(tx, { id, offset: 0, count: 1 }) : [];
  if (!row) throw notFound();
  return row;
}

export async function listUsers(tx: DirectoryTx, asked: PageAsked, base: string) {
  const by = askedBy(asked, "userName");
  const shown = (rows: UserRow[]) => rows.map((row) => presentUser(row, base));
  if (by === undefined) return pageOfMatching(asked, async (slice) => shown(await queries.listUsers(tx, slice)));
  if (by === null) return pageOf(asked.startIndex, 0, []);
  const { own, ...rest } = by;
  const wanted = { ...rest, ...(own !== undefined && { email: own.toLowerCase() }) };
  const { rows, total } = await queries.pageWith(asked, (slice) => queries.listUsers(tx, { ...wanted, ...slice }));
  return pageOf(asked.startIndex, total, shown(rows));
}

export async function createUser(tx: DirectoryTx, body: unknown): Promise<string> {
  const { userName, externalId = null, active = true, ...names } = read(body);
  const input = {
    email: userName,
    name: nameOf({ userName, ...names }).slice(0, 120),
    externalId,
    profile: profileOf(names),
    active,
  };
  return queries.createUser(tx, input).catch((raised: { code?: string; cause?: { code?: string } }) => {
    if ((raised.code ?? raised.cause?.code) !== "CO409") throw raised;
    throw new ScimError(409, "There is a user with this userName already: change that one.", "uniqueness");
  });
}

/** What PUT leaves out is taken away, but for whether somebody is active: to leave that out must not shut anybody out. */
export async function replaceUser(tx: DirectoryTx, row: UserRow, body: unknown) {
  const { userName, externalId = null, active = row.active, ...names } = read(body);
  await save(tx, row, { userName, externalId, active, ...names });
}

export async function patchUser(tx: DirectoryTx, row: UserRow, body: unknown) {
  const profile = row.profile as Profile;
  const state: State = { userName: row.email, externalId: row.external_id, active: row.active, ...profile };
  await save(tx, row, readOperations(body).reduce(applied, state));
}

async function save(tx: DirectoryTx, row: UserRow, state: State) {
  // The address is the account's, which is its person's in all their workspaces.
  if (state.userName !== row.email)
    throw invalid("mutability", "userName is the account's address, which only its person changes.");
  const { externalId, active } = state;
  await queries.changeUser(tx, { id: row.id, externalId, profile: profileOf(state), active });
}

function applied(state: State, { op, path, value }: Change): State {
  const gone = op === "remove";
  const at = requirePath(path);
  if (isNamed(at, "active")) return gone ? state : { ...state, active: valueAs(Flag, unwrapped(value), at) };
  if (isNamed(at, "userName")) {
    if (gone) throw invalid("mutability", "userName is required.");
    return { ...state, userName: valueAs(Address, value, at) };
  }
  if (isNamed(at, "externalId")) return { ...state, externalId: gone ? null : valueAs(ExternalId, value, at) };
  if (isNamed(at, "displayName")) return { ...state, displayName: gone ? null : valueAs(Text.nullish(), value, at) };
  if (isNamed(at, "name")) return { ...state, name: gone ? null : { ...state.name, ...valueAs(Name, value, at) } };
  if (at.includes("[")) return picked(state, { op, path, value }, at);
  const [, part] = /^name\.(formatted|givenName|familyName)$/i.exec(at) ?? [];
  if (!part) return state;
  const key = (["formatted", "givenName", "familyName"] as const).find((each) => isNamed(part, each))!;
  return { ...state, name: { ...state.name, [key]: gone ? null : valueAs(Text.nullish(), value, at) } };
}

const PICKED = /^(emails\[.+\])(?:\.(\w+))?$/i;

/** A value that a filter picks. The one address is the account's: it may be said again, and not changed (RFC 7644, 3.5.2). */
function picked(state: State, { op, value }: Change, at: string): State {
  const [, path, part = "value"] = PICKED.exec(at) ?? [];
  // Of other lists nothing is kept.
  if (!path) return state;
  const emails = [{ value: state.userName, type: "work", primary: true }];
  if (pickedBy(path, "User", emails, "emails").length === 0) {
    if (op === "add") return state;
    throw invalid("noTarget", "No value is what the path asks for.");
  }
  if (op === "remove") throw invalid("mutability", "The address is the account's, which only its person changes.");
  const said = typeof value === "object" && value !== null ? (value as { value?: unknown }).value : value;
  if (!isNamed(part, "value") || said === undefined) return state;
  return { ...state, userName: valueAs(Address, said, at) };
}

/** Some write a list of one. */
const unwrapped = (value: unknown) => {
  const [only, ...more] = Array.isArray(value) ? value : [value];
  if (more.length > 0) return undefined;
  return only && typeof only === "object" && "value" in only ? only.value : only;
};
