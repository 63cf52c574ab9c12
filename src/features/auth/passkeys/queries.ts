import { and, desc, eq } from "drizzle-orm";
import { authPasskeys, users } from "@/db/schema/auth";
import type { AuthDb, AuthTx } from "../queries";

const shown = {
  id: authPasskeys.id,
  name: authPasskeys.name,
  synced: authPasskeys.synced,
  createdAt: authPasskeys.createdAt,
  lastUsedAt: authPasskeys.lastUsedAt,
};

export const findPasskeys = (db: AuthDb, userId: string) =>
  db
    .select({ ...shown, credentialId: authPasskeys.credentialId, transports: authPasskeys.transports })
    .from(authPasskeys)
    .where(eq(authPasskeys.userId, userId))
    .orderBy(desc(authPasskeys.createdAt), desc(authPasskeys.id));

/** Undefined where the credential is somebody's already. */
export const insertPasskey = async (db: AuthDb, row: typeof authPasskeys.$inferInsert) =>
  (await db.insert(authPasskeys).values(row).onConflictDoNothing().returning(shown))[0];

export const removePasskey = async (db: AuthDb, userId: string, id: string) =>
  (
    await db
      .delete(authPasskeys)
      .where(and(eq(authPasskeys.id, id), eq(authPasskeys.userId, userId)))
      .returning({ id: authPasskeys.id })
  ).length > 0;

export const findByCredential = async (db: AuthDb, credentialId: string) =>
  (
    await db
      .select({
        id: authPasskeys.id,
        userId: authPasskeys.userId,
        publicKey: authPasskeys.publicKey,
        counter: authPasskeys.counter,
      })
      .from(authPasskeys)
      .innerJoin(users, eq(users.id, authPasskeys.userId))
      .where(eq(authPasskeys.credentialId, credentialId))
  )[0];

/** False where it was removed meanwhile. */
export const touchPasskey = async (tx: AuthTx, id: string, counter: number, lastUsedAt: Date) =>
  (
    await tx
      .update(authPasskeys)
      .set({ counter, lastUsedAt })
      .where(eq(authPasskeys.id, id))
      .returning({ id: authPasskeys.id })
  ).length > 0;
