import { z } from "zod";
import type { DirectoryTx } from "@/db/client";
import { isUuid } from "@/platform/actor";
import { invalid, notFound } from "./errors";
import { type Change, isNamed, readOperations, requirePath } from "./patch";
import type { GroupRow } from "./queries";
import * as queries from "./queries";
import { pageOf, resource } from "./representation";
import { askedBy, type PageAsked, resourceAs, valueAs } from "./values";

const SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
/** Members of one group at most; a workspace of more people needs more groups. */
const MOST_MEMBERS = 10_000;

const Members = z
  .array(z.object({ value: z.string().toLowerCase().refine(isUuid), type: z.literal("User").nullish() }))
  .max(MOST_MEMBERS);
const DisplayName = z.string().trim().min(1).max(200);
const ExternalId = z.string().max(400).nullable();
const Group = z.object({ displayName: DisplayName, externalId: ExternalId.optional(), members: Members.optional() });

type State = { displayName: string; externalId: string | null; members: string[] };

export function presentGroup(row: GroupRow, base: string, withMembers: boolean) {
  const { display_name, external_id, members } = row;
  return resource(row, "Group", base, {
    schemas: [SCHEMA],
    displayName: display_name,
    ...(external_id !== null && { externalId: external_id }),
    ...(withMembers && {
      members: members.map((member) => ({ ...member, type: "User", $ref: `${base}/Users/${member.value}` })),
    }),
  });
}

export async function findGroup(tx: DirectoryTx, id: string): Promise<GroupRow> {
  const [row] = isUuid(id) ? await queries.listGroups(tx, { id, offset: 0, count: 1 }) : [];
  if (!row) throw notFound();
  return row;
}

export async function listGroups(tx: DirectoryTx, { filter, ...page }: PageAsked, base: string, withMembers: boolean) {
  const by = askedBy(filter, "displayName");
  if (!by) return pageOf(page.startIndex, 0, []);
  const { own, ...rest } = by;
  const wanted = { ...rest, ...(own !== undefined && { name: own }) };
  const { rows, total } = await queries.pageWith(page, (slice) => queries.listGroups(tx, { ...wanted, ...slice }));
  return pageOf(
    page.startIndex,
    total,
    rows.map((row) => presentGroup(row, base, withMembers)),
  );
}

const read = (body: unknown) => resourceAs(Group, body, "Members are users' ids; groups have no groups.");
const idsOf = (members: z.output<typeof Members>) => [...new Set(members.map(({ value }) => value))];

export async function createGroup(tx: DirectoryTx, body: unknown): Promise<string> {
  const { displayName, externalId = null, members } = read(body);
  const id = await queries.writeGroup(tx, { id: null, displayName, externalId });
  if (members) await queries.setMembers(tx, id, idsOf(members));
  return id;
}

export async function replaceGroup(tx: DirectoryTx, row: GroupRow, body: unknown) {
  const { displayName, externalId = null, members = [] } = read(body);
  await save(tx, row, { displayName, externalId, members: idsOf(members) });
}

export async function patchGroup(tx: DirectoryTx, row: GroupRow, body: unknown) {
  const members = row.members.map(({ value }) => value);
  const state: State = { displayName: row.display_name, externalId: row.external_id, members };
  await save(tx, row, readOperations(body).reduce(applied, state));
}

async function save(
  tx: DirectoryTx,
  { id, display_name, external_id }: GroupRow,
  { displayName, externalId, members }: State,
) {
  if (displayName !== display_name || externalId !== external_id)
    await queries.writeGroup(tx, { id, displayName, externalId });
  await queries.setMembers(tx, id, members);
}

const listed = (value: unknown) => idsOf(valueAs(Members, Array.isArray(value) ? value : [value], "members"));

function applied(state: State, { op, path, value }: Change): State {
  const at = requirePath(path);
  if (isNamed(at, "displayName")) {
    if (op === "remove") throw invalid("mutability", "displayName is required.");
    return { ...state, displayName: valueAs(DisplayName, value, at) };
  }
  if (isNamed(at, "externalId"))
    return { ...state, externalId: op === "remove" ? null : valueAs(ExternalId, value, at) };
  const [, picked] = /^members\[\s*value\s+eq\s+"([^"]*)"\s*\]$/i.exec(at) ?? [];
  if (picked !== undefined) {
    if (op !== "remove") throw invalid("invalidPath", "Members are added by the path members.");
    return { ...state, members: state.members.filter((id) => id !== picked.toLowerCase()) };
  }
  if (!isNamed(at, "members")) return state;
  if (op === "replace") return { ...state, members: listed(value) };
  if (op === "add") return { ...state, members: [...new Set([...state.members, ...listed(value)])] };
  // Without a value, all of them.
  const gone = value === undefined || value === null ? undefined : listed(value);
  return { ...state, members: gone ? state.members.filter((id) => !gone.includes(id)) : [] };
}
