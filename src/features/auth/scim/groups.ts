import { z } from "zod";
import type { DirectoryTx } from "@/db/client";
import { isUuid } from "@/platform/actor";
import { invalid, notFound } from "./errors";
import { pickedBy } from "./matching";
import { type Change, isNamed, readOperations, requirePath } from "./patch";
import type { GroupRow } from "./queries";
import * as queries from "./queries";
import { pageOf, resource } from "./representation";
import { askedBy, type PageAsked, pageOfMatching, resourceAs, valueAs } from "./values";

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

export async function listGroups(tx: DirectoryTx, asked: PageAsked, base: string, withMembers: boolean) {
  const by = askedBy(asked, "displayName");
  // Also by members that are not to be shown.
  const shown = (rows: GroupRow[], whole: boolean) => rows.map((row) => presentGroup(row, base, whole));
  if (by === undefined) {
    const page = await pageOfMatching(asked, async (slice) => shown(await queries.listGroups(tx, slice), true));
    if (withMembers) return page;
    return { ...page, Resources: page.Resources.map(({ members: _, ...rest }: { members?: unknown }) => rest) };
  }
  if (by === null) return pageOf(asked.startIndex, 0, []);
  const { own, ...rest } = by;
  const wanted = { ...rest, ...(own !== undefined && { name: own }) };
  const { rows, total } = await queries.pageWith(asked, (slice) => queries.listGroups(tx, { ...wanted, ...slice }));
  return pageOf(asked.startIndex, total, shown(rows, withMembers));
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
  const known = new Map(row.members.map((member) => [member.value, { ...member, type: "User" }]));
  const changed = readOperations(body).reduce((so, change) => applied(known, so, change), state);
  await save(tx, row, changed);
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

/** @param known members as they are shown, by which a path may pick them */
function applied(
  known: ReadonlyMap<string, Record<string, unknown>>,
  state: State,
  { op, path, value }: Change,
): State {
  const at = requirePath(path);
  if (isNamed(at, "displayName")) {
    if (op === "remove") throw invalid("mutability", "displayName is required.");
    return { ...state, displayName: valueAs(DisplayName, value, at) };
  }
  if (isNamed(at, "externalId"))
    return { ...state, externalId: op === "remove" ? null : valueAs(ExternalId, value, at) };
  if (/^members\[/i.test(at)) {
    if (op !== "remove" || !at.endsWith("]")) throw invalid("invalidPath", "Members are added by the path members.");
    const gone = pickedBy(
      at,
      "Group",
      state.members.map((id) => known.get(id) ?? { value: id, type: "User" }),
      "members",
    );
    return { ...state, members: state.members.filter((id) => !gone.some(({ value }) => value === id)) };
  }
  if (!isNamed(at, "members")) return state;
  if (op === "replace") return { ...state, members: listed(value) };
  if (op === "add") return { ...state, members: [...new Set([...state.members, ...listed(value)])] };
  // Without a value, all of them.
  const gone = value === undefined || value === null ? undefined : listed(value);
  return { ...state, members: gone ? state.members.filter((id) => !gone.includes(id)) : [] };
}
