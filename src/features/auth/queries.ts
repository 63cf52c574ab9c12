import { and, desc, eq, gt, isNull, lte, ne, or, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { authAccounts, authRefreshTokens, authSessions, authSigningKeys, users } from "@/db/schema/auth";

/** Identity's own log-in, which reaches these tables and nothing else. */
export type AuthDb = NodePgDatabase;
export type AuthTx = Parameters<Parameters<AuthDb["transaction"]>[0]>[0];

export const openAuthDb = (pool: Pool): AuthDb => drizzle({ client: pool, casing: "snake_case" });

const person = { id: users.id, email: users.email, name: users.name, createdAt: users.createdAt };
const password = and(eq(authAccounts.userId, users.id), eq(authAccounts.providerId, "credential"));

export const findByEmail = async (db: AuthDb, email: string) =>
  (
    await db
      .select({
        userId: users.id,
        name: users.name,
        email: users.email,
        suspendedAt: users.suspendedAt,
        passwordHash: authAccounts.password,
      })
      .from(users)
      .leftJoin(authAccounts, password)
      .where(eq(users.email, email))
  )[0];

/** Who a session belongs to, with what a reset or a suspension changes; both wait until this transaction ends. */
export const lockStanding = async (tx: AuthTx, sessionToken: string) =>
  (
    await tx
      .select({
        sessionId: authSessions.id,
        user: person,
        suspendedAt: users.suspendedAt,
        passwordHash: authAccounts.password,
      })
      .from(authSessions)
      .innerJoin(users, eq(users.id, authSessions.userId))
      .innerJoin(authAccounts, password)
      .where(eq(authSessions.token, sessionToken))
      .for("share", { of: [users, authAccounts] })
  )[0];

export const findPersonOfSession = async (db: AuthDb, sessionId: string, at: Date) =>
  (
    await db
      .select({ user: person, passwordHash: authAccounts.password })
      .from(authSessions)
      .innerJoin(users, eq(users.id, authSessions.userId))
      .leftJoin(authAccounts, password)
      .where(and(eq(authSessions.id, sessionId), gt(authSessions.expiresAt, at)))
  )[0];

/** A session that nobody signed in for; it has no token that could be refreshed. */
export async function insertSession(db: AuthDb, row: { userId: string; token: string; expiresAt: Date }) {
  const rows = await db.insert(authSessions).values(row).returning({ id: authSessions.id });
  return rows[0]!.id;
}

export const findSessionOfToken = async (tx: AuthTx, tokenHash: string) =>
  (
    await tx
      .select({ sessionId: authRefreshTokens.sessionId })
      .from(authRefreshTokens)
      .where(eq(authRefreshTokens.tokenHash, tokenHash))
  )[0]?.sessionId;

/** Whoever holds the session holds its tokens, and removal takes it first too. */
export async function lockRefresh(tx: AuthTx, sessionId: string, tokenHash: string) {
  const [session] = await tx
    .select({ user: person, expiresAt: authSessions.expiresAt })
    .from(authSessions)
    .innerJoin(users, eq(users.id, authSessions.userId))
    .where(eq(authSessions.id, sessionId))
    .for("update", { of: authSessions });
  const [token] = await tx
    .select({ id: authRefreshTokens.id, expiresAt: authRefreshTokens.expiresAt, usedAt: authRefreshTokens.usedAt })
    .from(authRefreshTokens)
    .where(eq(authRefreshTokens.tokenHash, tokenHash));
  return session && token && { user: session.user, sessionExpiresAt: session.expiresAt, token };
}

export const markUsed = (tx: AuthTx, id: string, usedAt: Date) =>
  tx.update(authRefreshTokens).set({ usedAt }).where(eq(authRefreshTokens.id, id));

export const insertRefreshToken = (tx: AuthTx, row: typeof authRefreshTokens.$inferInsert) =>
  tx.insert(authRefreshTokens).values(row);

/** What has expired is refused as unknown, so that a session that lives on need not keep it. */
export const removeExpiredTokens = (tx: AuthTx, sessionId: string, at: Date) =>
  tx
    .delete(authRefreshTokens)
    .where(and(eq(authRefreshTokens.sessionId, sessionId), lte(authRefreshTokens.expiresAt, at)));

type Seen = { expiresAt: Date; ipAddress: string | null; userAgent: string | null };

export const touchSession = (tx: AuthTx, id: string, seen: Seen) =>
  tx
    .update(authSessions)
    .set({ ...seen, updatedAt: sql`now()` })
    .where(eq(authSessions.id, id));

export const removeExpiredSessions = (tx: AuthTx, userId: string, at: Date) =>
  tx.delete(authSessions).where(and(eq(authSessions.userId, userId), lte(authSessions.expiresAt, at)));

/** Its refresh tokens go with it. */
export const removeSession = async (db: AuthDb | AuthTx, id: string) =>
  (await db.delete(authSessions).where(eq(authSessions.id, id)).returning({ id: authSessions.id })).length > 0;

export const removeSessionOf = async (db: AuthDb, userId: string, id: string) =>
  (
    await db
      .delete(authSessions)
      .where(and(eq(authSessions.id, id), eq(authSessions.userId, userId)))
      .returning({ id: authSessions.id })
  ).length > 0;

export const removeOtherSessions = (tx: AuthTx, userId: string, sessionId: string) =>
  tx.delete(authSessions).where(and(eq(authSessions.userId, userId), ne(authSessions.id, sessionId)));

export const findSessions = (db: AuthDb, userId: string, at: Date) =>
  db
    .select({
      id: authSessions.id,
      ipAddress: authSessions.ipAddress,
      userAgent: authSessions.userAgent,
      createdAt: authSessions.createdAt,
      expiresAt: authSessions.expiresAt,
    })
    .from(authSessions)
    .where(and(eq(authSessions.userId, userId), gt(authSessions.expiresAt, at)))
    .orderBy(desc(authSessions.createdAt), desc(authSessions.id))
    .limit(100);

/** False where somebody else has changed it since it was read. */
export const replacePassword = async (tx: AuthTx, userId: string, from: string, to: string) =>
  (
    await tx
      .update(authAccounts)
      .set({ password: to, updatedAt: sql`now()` })
      .where(
        and(
          eq(authAccounts.userId, userId),
          eq(authAccounts.providerId, "credential"),
          eq(authAccounts.password, from),
        ),
      )
      .returning({ id: authAccounts.id })
  ).length > 0;

/** The database ends the person's sessions in the same statement. */
export const suspendUser = async (db: AuthDb, userId: string) =>
  (
    await db
      .update(users)
      .set({ suspendedAt: sql`now()`, updatedAt: sql`now()` })
      .where(eq(users.id, userId))
      .returning({ id: users.id })
  ).length > 0;

/** One process at a time makes or rotates keys. */
export const lockSigningKeys = (tx: AuthTx) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtext('contentos.auth.signing-keys'))`);

export const findSigningKeys = (db: AuthDb | AuthTx, retiredSince: Date) =>
  db
    .select()
    .from(authSigningKeys)
    .where(or(isNull(authSigningKeys.retiredAt), gt(authSigningKeys.retiredAt, retiredSince)))
    .orderBy(desc(authSigningKeys.createdAt));

export const insertSigningKey = (tx: AuthTx, row: typeof authSigningKeys.$inferInsert) =>
  tx.insert(authSigningKeys).values(row);

/** A retired key only verifies, so its private half is wiped. */
export const retireSigningKeys = (tx: AuthTx, retiredAt: Date) =>
  tx
    .update(authSigningKeys)
    .set({ retiredAt, sealedPrivateJwk: Buffer.alloc(0) })
    .where(isNull(authSigningKeys.retiredAt));
