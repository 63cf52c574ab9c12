import { and, eq, isNull, sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { keyset } from "@/db/keyset";
import { authApiKeys } from "@/db/schema/auth";
import type { Role } from "@/platform/actor";

type Tx = WorkspaceTx;
type Row = typeof authApiKeys.$inferSelect;

/** By its own end or by what the workspace lets keys live, whichever is sooner. */
const END = sql<Date | null>`least(${authApiKeys.expiresAt}, coalesce(${authApiKeys.rotatedAt}, ${authApiKeys.createdAt})
  + make_interval(days => (select p.key_days from auth_policies p)))`;

/** What an Admin may read of a key: neither its hash nor what tokens carry. */
const shown = {
  id: authApiKeys.id,
  name: authApiKeys.name,
  role: authApiKeys.role,
  scopes: authApiKeys.scopes,
  hint: authApiKeys.hint,
  createdBy: authApiKeys.createdBy,
  createdAt: authApiKeys.createdAt,
  rotatedAt: authApiKeys.rotatedAt,
  previousUntil: authApiKeys.previousUntil,
  expiresAt: END.mapWith(authApiKeys.expiresAt).as("ends_at"),
  lastUsedAt: authApiKeys.lastUsedAt,
  revokedAt: authApiKeys.revokedAt,
  actsFor: sql<{ id: string; name: string }>`(
    select json_build_object('id', u.id, 'name', u.name) from users u where u.id = ${authApiKeys.actsFor})`,
  memberRole: sql<Role | null>`(
    select m.role from workspace_members m
    where m.workspace_id = ${authApiKeys.workspaceId} and m.user_id = ${authApiKeys.actsFor} and m.removed_at is null)`,
  expired: sql<boolean>`coalesce(${END} <= now(), false)`,
};
export type KeyRow = Awaited<ReturnType<typeof listKeys>>[number];

export function listKeys(
  tx: Tx,
  { after, count }: { after: { value: string; id: string } | undefined; count: number },
) {
  const { beyond, order } = keyset({ column: authApiKeys.createdAt, id: authApiKeys.id, descending: true, after });
  return tx
    .select(shown)
    .from(authApiKeys)
    .where(beyond)
    .orderBy(...order)
    .limit(count);
}

export async function findKey(tx: Tx, id: string): Promise<KeyRow | undefined> {
  const rows = await tx.select(shown).from(authApiKeys).where(eq(authApiKeys.id, id));
  return rows[0];
}

type NewKey = Pick<Row, "id" | "name" | "role" | "scopes" | "hint" | "tokenHash" | "createdBy" | "expiresAt">;
export const insertKey = (tx: Tx, row: NewKey) => tx.insert(authApiKeys).values({ ...row, actsFor: row.createdBy });

type Change = Partial<
  Pick<Row, "hint" | "tokenHash" | "previousUntil" | "actsFor" | "rotatedAt" | "expiresAt" | "revokedAt" | "revokedBy">
>;
/** Waits for whoever changes the same key. False where there is none, or it was revoked. */
export async function changeKey(tx: Tx, id: string, change: Change): Promise<boolean> {
  const rows = await tx
    .update(authApiKeys)
    .set(change)
    .where(and(eq(authApiKeys.id, id), isNull(authApiKeys.revokedAt)))
    .returning({ id: authApiKeys.id });
  return rows.length > 0;
}

/** What a service token of the key that acts carries, what it is narrowed to, and when the key ends. */
export async function proofOfActingKey(tx: Tx) {
  const { rows } = await tx.execute<{
    proof: string;
    scopes: string[] | null;
    expires_at: string | null;
    token_seconds: number | null;
  }>(sql`select proof, scopes, expires_at, token_seconds from app.key_proof()`);
  const { proof, scopes, expires_at, token_seconds } = rows[0]!;
  const expiresAt = expires_at === null ? null : new Date(expires_at);
  return { proof, scopes, expiresAt, mostSeconds: token_seconds ?? Number.POSITIVE_INFINITY };
}
