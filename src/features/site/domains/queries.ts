import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Database, SiteTx, WorkspaceTx } from "@/db/client";
import { siteDomains } from "@/db/schema/site";
import { FACTS } from "../queries";
import type { SiteFacts } from "../ui/facts";

type Tx = WorkspaceTx;
export type DomainRow = typeof siteDomains.$inferSelect;

const live = isNull(siteDomains.removedAt);

export const listDomains = (tx: Tx): Promise<DomainRow[]> =>
  tx.select().from(siteDomains).where(live).orderBy(asc(siteDomains.createdAt), asc(siteDomains.id));

/** Every host that is or was the site's, for what caches may keep of them. */
export async function listHostsEverVerified(tx: Tx): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ host: siteDomains.host })
    .from(siteDomains)
    .where(sql`${siteDomains.verifiedAt} is not null`)
    .orderBy(siteDomains.host)
    .limit(100);
  return rows.map(({ host }) => host);
}

export async function findDomain(tx: Tx, id: string): Promise<DomainRow | undefined> {
  const rows = await tx
    .select()
    .from(siteDomains)
    .where(and(eq(siteDomains.id, id), live));
  return rows[0];
}

/** All of the workspace, in one order, so that two who choose the primary one don't meet half-way. */
export const lockDomains = (tx: Tx): Promise<DomainRow[]> =>
  tx.select().from(siteDomains).where(live).orderBy(asc(siteDomains.id)).for("update");

/** Undefined where the workspace has the host already. */
export async function insertDomain(
  tx: Tx,
  row: { host: string; token: string; createdBy: string },
): Promise<DomainRow | undefined> {
  const rows = await tx.insert(siteDomains).values(row).onConflictDoNothing().returning();
  return rows[0];
}

type Change = Partial<Pick<DomainRow, "status" | "isPrimary" | "failures" | "problem">>;

export async function updateDomain(
  tx: Tx,
  id: string,
  change: Change,
  {
    checked = false,
    verified = false,
    removed = false,
  }: { checked?: boolean; verified?: boolean; removed?: boolean } = {},
): Promise<DomainRow> {
  const rows = await tx
    .update(siteDomains)
    .set({
      ...change,
      updatedAt: sql`now()`,
      ...(checked && { checkedAt: sql`now()` }),
      ...(verified && { verifiedAt: sql`now()` }),
      ...(removed && { removedAt: sql`now()` }),
    })
    .where(eq(siteDomains.id, id))
    .returning();
  return rows[0]!;
}

/** Of any workspace; whose it is is not told. */
export async function isVerifiedAnywhere(tx: Tx, host: string): Promise<boolean> {
  const { rows } = await tx.execute<{ verified: boolean }>(sql`select app.host_is_verified(${host}) as verified`);
  return rows[0]!.verified;
}

/** The same for a proxy, in no scope. */
export async function isVerified({ pool }: Database, host: string): Promise<boolean> {
  const { rows } = await pool.query<{ verified: boolean }>("select app.host_is_verified($1) as verified", [host]);
  return rows[0]!.verified;
}

export async function readSiteFacts(tx: SiteTx): Promise<SiteFacts> {
  const { rows } = await tx.execute<{ site: SiteFacts }>(
    sql`select ${FACTS} as site from workspaces w where w.id = (select app.visited_workspace_id())`,
  );
  return rows[0]!.site;
}
