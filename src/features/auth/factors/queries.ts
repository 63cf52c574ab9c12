import { and, count, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { authRecoveryCodes, authSessions, authTotp } from "@/db/schema/auth";
import type { AuthDb, AuthTx } from "../queries";

const confirmed = (userId: string) => and(eq(authTotp.userId, userId), isNotNull(authTotp.confirmedAt));

/** Whoever else shows a code at the same moment waits. */
export const lockTotp = async (tx: AuthTx, userId: string) =>
  (await tx.select().from(authTotp).where(confirmed(userId)).for("update"))[0];

export const findTotp = async (db: AuthDb, userId: string) =>
  (await db.select({ confirmedAt: authTotp.confirmedAt }).from(authTotp).where(confirmed(userId)))[0];

/** A secret that is not confirmed yet is replaced. False where one is. */
export const beginTotp = async (db: AuthDb, row: { userId: string; sealedSecret: Buffer; createdAt: Date }) =>
  (
    await db
      .insert(authTotp)
      .values(row)
      .onConflictDoUpdate({ target: authTotp.userId, set: row, setWhere: isNull(authTotp.confirmedAt) })
      .returning({ userId: authTotp.userId })
  ).length > 0;

export type Totp = typeof authTotp.$inferSelect;

export const lockPending = async (tx: AuthTx, userId: string) =>
  (
    await tx
      .select()
      .from(authTotp)
      .where(and(eq(authTotp.userId, userId), isNull(authTotp.confirmedAt)))
      .for("update")
  )[0];

export const confirmTotp = (tx: AuthTx, userId: string, confirmedAt: Date, lastStep: number) =>
  tx.update(authTotp).set({ confirmedAt, lastStep }).where(eq(authTotp.userId, userId));

export const keepStep = (tx: AuthTx, userId: string, lastStep: number) =>
  tx.update(authTotp).set({ lastStep }).where(eq(authTotp.userId, userId));

export const removeTotp = async (tx: AuthTx, userId: string) => {
  await tx.delete(authRecoveryCodes).where(eq(authRecoveryCodes.userId, userId));
  return (
    (await tx.delete(authTotp).where(eq(authTotp.userId, userId)).returning({ at: authTotp.confirmedAt })).length > 0
  );
};

export async function replaceRecoveryCodes(tx: AuthTx, userId: string, codeHashes: string[]) {
  await tx.delete(authRecoveryCodes).where(eq(authRecoveryCodes.userId, userId));
  await tx.insert(authRecoveryCodes).values(codeHashes.map((codeHash) => ({ userId, codeHash })));
}

/** True for the first who shows it. */
export const spendRecoveryCode = async (tx: AuthTx, userId: string, codeHash: string, usedAt: Date) =>
  (
    await tx
      .update(authRecoveryCodes)
      .set({ usedAt })
      .where(
        and(
          eq(authRecoveryCodes.userId, userId),
          eq(authRecoveryCodes.codeHash, codeHash),
          isNull(authRecoveryCodes.usedAt),
        ),
      )
      .returning({ id: authRecoveryCodes.id })
  ).length > 0;

export const countRecoveryCodes = async (db: AuthDb, userId: string) =>
  (
    await db
      .select({ left: count() })
      .from(authRecoveryCodes)
      .where(and(eq(authRecoveryCodes.userId, userId), isNull(authRecoveryCodes.usedAt)))
  )[0]!.left;

/** The session at hand has shown a second factor. */
export const raiseSession = (tx: AuthTx | AuthDb, sessionId: string) =>
  tx.update(authSessions).set({ secondFactor: true, updatedAt: sql`now()` }).where(eq(authSessions.id, sessionId));

/** What a code has proved no longer counts. */
export const lowerSessions = (tx: AuthTx, userId: string) =>
  tx
    .update(authSessions)
    .set({ secondFactor: false })
    .where(and(eq(authSessions.userId, userId), eq(authSessions.method, "Password")));
