import { and, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import type { DirectoryTx, WorkspaceTx } from "@/db/client";
import { authScimGroupMembers, authScimGroups, authScimTokens } from "@/db/schema/auth";

type Link = { value: string; display: string };
type Row = { id: string; external_id: string | null; created_at: Date; updated_at: Date; total: string };
export type UserRow = Row & {
  email: string;
  name: string;
  role: string;
  active: boolean;
  profile: unknown;
  groups: Link[];
};
export type GroupRow = Row & { display_name: string; role: string | null; members: Link[] };

const rowsOf = async <T extends Record<string, unknown>>(tx: DirectoryTx, statement: SQL) =>
  (await tx.execute<T>(statement)).rows;
type Page = { id?: string; externalId?: string; offset: number; count: number };
/** An array as one parameter. */
const uuids = (ids: readonly string[]) => sql`${`{${ids.join(",")}}`}::uuid[]`;

export async function listUsers(tx: DirectoryTx, { id, email, externalId, offset, count }: Page & { email?: string }) {
  return rowsOf<UserRow>(
    tx,
    sql`select * from app.scim_users(${id ?? null}::uuid, ${email ?? null}, ${externalId ?? null}, ${offset}, ${count})`,
  );
}
export const listGroups = (tx: DirectoryTx, { id, name, externalId, offset, count }: Page & { name?: string }) =>
  rowsOf<GroupRow>(
    tx,
    sql`select * from app.scim_groups(${id ?? null}::uuid, ${name ?? null}, ${externalId ?? null}, ${offset}, ${count})`,
  );

/** With the total, which a page past the last has no row to tell: then it is asked for alone. */
export async function pageWith<R extends Row>(
  { startIndex, count }: { startIndex: number; count: number },
  list: (page: { offset: number; count: number }) => Promise<R[]>,
) {
  const rows = count === 0 ? [] : await list({ offset: startIndex - 1, count });
  const one = rows.length > 0 ? rows : await list({ offset: 0, count: 1 });
  return { rows, total: Number(one[0]?.total ?? 0) };
}

type NewUser = { email: string; name: string; externalId: string | null; profile: object; active: boolean };
export const createUser = async (tx: DirectoryTx, { email, name, externalId, profile, active }: NewUser) =>
  (
    await rowsOf<{ id: string }>(
      tx,
      sql`select app.scim_create_user(${email}, ${name}, ${externalId}, ${JSON.stringify(profile)}::jsonb, ${active}) as id`,
    )
  )[0]!.id;

type UserChange = { id: string; externalId: string | null; profile: object; active: boolean };
export const changeUser = (tx: DirectoryTx, { id, externalId, profile, active }: UserChange) =>
  tx.execute(sql`select app.scim_change_user(${id}, ${externalId}, ${JSON.stringify(profile)}::jsonb, ${active})`);
export const removeUser = (tx: DirectoryTx, id: string) => tx.execute(sql`select app.scim_remove_user(${id})`);

type Group = { id: string | null; displayName: string; externalId: string | null };
export const writeGroup = async (tx: DirectoryTx, { id, displayName, externalId }: Group) =>
  (
    await rowsOf<{ id: string }>(tx, sql`select app.scim_write_group(${id}::uuid, ${displayName}, ${externalId}) as id`)
  )[0]!.id;
export const setMembers = (tx: DirectoryTx, id: string, members: readonly string[]) =>
  tx.execute(sql`select app.scim_set_members(${id}, ${uuids(members)})`);
export const removeGroup = (tx: DirectoryTx, id: string) => tx.execute(sql`select app.scim_remove_group(${id})`);

const shownToken = {
  id: authScimTokens.id,
  hint: authScimTokens.hint,
  createdAt: authScimTokens.createdAt,
  expiresAt: authScimTokens.expiresAt,
  lastUsedAt: authScimTokens.lastUsedAt,
};
const live = and(
  isNull(authScimTokens.revokedAt),
  or(isNull(authScimTokens.expiresAt), gt(authScimTokens.expiresAt, sql`now()`)),
);

export const listTokens = (tx: WorkspaceTx) =>
  tx
    .select(shownToken)
    .from(authScimTokens)
    .where(live)
    .orderBy(desc(authScimTokens.createdAt), desc(authScimTokens.id));

/** The ones before it end then, unless they end sooner. */
export async function replaceTokens(
  tx: WorkspaceTx,
  row: { id: string; hint: string; tokenHash: string; createdBy: string },
  until: Date,
) {
  const at = until.toISOString();
  await tx
    .update(authScimTokens)
    .set({ expiresAt: sql`least(${authScimTokens.expiresAt}, ${at}::timestamptz)` })
    .where(live);
  await tx.insert(authScimTokens).values(row);
}

export const revokeToken = async (tx: WorkspaceTx, id: string, at: Date) =>
  (
    await tx
      .update(authScimTokens)
      .set({ revokedAt: at })
      .where(and(live, eq(authScimTokens.id, id)))
      .returning({ id: authScimTokens.id })
  ).length > 0;

const group = {
  id: authScimGroups.id,
  displayName: authScimGroups.displayName,
  role: authScimGroups.role,
  members: sql<number>`(select count(*)::int from ${authScimGroupMembers} x
    where x.workspace_id = ${authScimGroups.workspaceId} and x.group_id = ${authScimGroups.id})`,
};
export const listGroupsForAdmin = (tx: WorkspaceTx) =>
  tx
    .select(group)
    .from(authScimGroups)
    .where(isNull(authScimGroups.removedAt))
    .orderBy(authScimGroups.displayName)
    .limit(500);

type Role = "Editor" | "Writer" | "Viewer";
/** Its members become that in the same statement. */
export const mapGroup = async (tx: WorkspaceTx, id: string, role: Role | null) =>
  (
    await tx
      .update(authScimGroups)
      .set({ role, updatedAt: sql`now()` })
      .where(and(eq(authScimGroups.id, id), isNull(authScimGroups.removedAt)))
      .returning({ id: authScimGroups.id, displayName: authScimGroups.displayName, role: authScimGroups.role })
  )[0];
