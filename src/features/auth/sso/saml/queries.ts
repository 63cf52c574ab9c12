import { and, desc, eq, gt, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { authSamlKeys, authSamlSessions, authSessions } from "@/db/schema/auth";
import type { AuthDb, AuthTx } from "../../queries";

export const lockKeys = (tx: AuthTx) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext('contentos.auth.saml-keys'))`);

/** Newest first. */
export const findKeys = (db: AuthDb | AuthTx, at: Date) =>
  db
    .select()
    .from(authSamlKeys)
    .where(or(isNull(authSamlKeys.endsAt), gt(authSamlKeys.endsAt, at)))
    .orderBy(desc(authSamlKeys.signsFrom), desc(authSamlKeys.createdAt));

export const insertKey = (tx: AuthTx, row: typeof authSamlKeys.$inferInsert) => tx.insert(authSamlKeys).values(row);

/** Those that end already end when they were to. */
export const endKeys = (tx: AuthTx, endsAt: Date) =>
  tx
    .update(authSamlKeys)
    .set({ endsAt })
    .where(or(isNull(authSamlKeys.endsAt), gt(authSamlKeys.endsAt, endsAt)));

/** What has ended opens nothing any more, and so need not be kept. */
export const wipeKeys = (tx: AuthTx, at: Date) =>
  tx
    .update(authSamlKeys)
    .set({ sealedPrivateKey: Buffer.alloc(0) })
    .where(lte(authSamlKeys.endsAt, at));

export const keepSubject = (tx: AuthTx, row: typeof authSamlSessions.$inferInsert) =>
  tx.insert(authSamlSessions).values(row);

export const findSubject = async (db: AuthDb, sessionId: string) =>
  (await db.select().from(authSamlSessions).where(eq(authSamlSessions.sessionId, sessionId)))[0];

/** Without indexes, all that the provider opened for the person. @returns how many there were */
export async function endSessionsOf(db: AuthDb, of: { subjectKey: string; indexKeys: readonly string[] }) {
  const named = of.indexKeys.length > 0 ? inArray(authSamlSessions.indexKey, [...of.indexKeys]) : undefined;
  const sessions = db
    .select({ id: authSamlSessions.sessionId })
    .from(authSamlSessions)
    .where(and(eq(authSamlSessions.subjectKey, of.subjectKey), named));
  const ended = await db
    .delete(authSessions)
    .where(inArray(authSessions.id, sessions))
    .returning({ id: authSessions.id });
  return ended.length;
}
