import { and, desc, eq, gt, isNull, lte, ne, or, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import {
  authAccounts,
  authAttempts,
  authEvents,
  authRefreshTokens,
  authScimUsers,
  authSessions,
  authSigningKeys,
  authVerifications,
  type SessionMethod,
  users,
} from "@/db/schema/auth";
import { hashToken } from "@/platform/secrets";

export type { SessionMethod };

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

/**
 * Who a session belongs to, with what a reset or a suspension changes; both wait until this transaction ends. The
 * password comes first: a reset that was faster has then ended the session, and it is not found.
 */
export async function lockStanding(tx: AuthTx, sessionToken: string) {
  const [of] = await tx
    .select({ userId: authSessions.userId })
    .from(authSessions)
    .where(eq(authSessions.token, sessionToken));
  if (!of) return undefined;
  const [account] = await tx
    .select({ passwordHash: authAccounts.password })
    .from(authAccounts)
    .where(and(eq(authAccounts.userId, of.userId), eq(authAccounts.providerId, "credential")))
    .for("share");
  const [found] = await tx
    .select({ sessionId: authSessions.id, user: person, suspendedAt: users.suspendedAt })
    .from(authSessions)
    .innerJoin(users, eq(users.id, authSessions.userId))
    .where(eq(authSessions.token, sessionToken))
    .for("share", { of: users });
  return found && { ...found, passwordHash: account?.passwordHash ?? null };
}

export const findPersonOfSession = async (db: AuthDb, sessionId: string, at: Date) =>
  (
    await db
      .select({
        user: person,
        emailVerified: users.emailVerified,
        boundTo: authSessions.boundTo,
        passwordHash: authAccounts.password,
        session: {
          method: authSessions.method,
          secondFactor: authSessions.secondFactor,
          createdAt: authSessions.createdAt,
          provedAt: authSessions.provedAt,
        },
      })
      .from(authSessions)
      .innerJoin(users, eq(users.id, authSessions.userId))
      .leftJoin(authAccounts, password)
      .where(and(eq(authSessions.id, sessionId), gt(authSessions.expiresAt, at)))
  )[0];

/** What is kept of a person's account, without what is a secret. */
export async function everythingOf(db: AuthDb, userId: string) {
  const of = { id: authAccounts.id, provider: authAccounts.providerId, createdAt: authAccounts.createdAt };
  const session = {
    id: authSessions.id,
    ipAddress: authSessions.ipAddress,
    userAgent: authSessions.userAgent,
    createdAt: authSessions.createdAt,
    expiresAt: authSessions.expiresAt,
  };
  return {
    person: await db.select().from(users).where(eq(users.id, userId)),
    waysToSignIn: await db.select(of).from(authAccounts).where(eq(authAccounts.userId, userId)),
    sessions: await db.select(session).from(authSessions).where(eq(authSessions.userId, userId)),
    directories: await db.select().from(authScimUsers).where(eq(authScimUsers.userId, userId)),
    events: await db.select().from(authEvents).where(eq(authEvents.userId, userId)).orderBy(authEvents.id),
  };
}

type NewSession = Pick<typeof authSessions.$inferInsert, "userId" | "token" | "expiresAt" | "method">;

/** A session without a refresh token yet. */
export async function insertSession(db: AuthDb, row: NewSession) {
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
    .select({ user: person, expiresAt: authSessions.expiresAt, createdAt: authSessions.createdAt })
    .from(authSessions)
    .innerJoin(users, eq(users.id, authSessions.userId))
    .where(eq(authSessions.id, sessionId))
    .for("update", { of: authSessions });
  const [token] = await tx
    .select({ id: authRefreshTokens.id, expiresAt: authRefreshTokens.expiresAt, usedAt: authRefreshTokens.usedAt })
    .from(authRefreshTokens)
    .where(eq(authRefreshTokens.tokenHash, tokenHash));
  return (
    session && token && { user: session.user, sessionExpiresAt: session.expiresAt, began: session.createdAt, token }
  );
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

type Seen = {
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
  method?: SessionMethod;
  secondFactor?: boolean;
  ssoConnectionId?: string;
};

export const touchSession = (tx: AuthTx, id: string, seen: Seen) =>
  tx
    .update(authSessions)
    .set({ ...seen, updatedAt: sql`now()` })
    .where(eq(authSessions.id, id));

export const proveSession = (db: AuthDb, id: string, provedAt: Date) =>
  db.update(authSessions).set({ provedAt }).where(eq(authSessions.id, id));

/** The database binds it to the workspace whose host that is; to none where it is nobody's. */
export const bindSession = (tx: AuthTx, id: string, host: string) =>
  tx.update(authSessions).set({ host }).where(eq(authSessions.id, id));

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

export const removeOtherSessions = (tx: AuthTx | AuthDb, userId: string, sessionId: string) =>
  tx.delete(authSessions).where(and(eq(authSessions.userId, userId), ne(authSessions.id, sessionId)));

export const findSessions = (db: AuthDb, userId: string, at: Date) =>
  db
    .select({
      id: authSessions.id,
      ipAddress: authSessions.ipAddress,
      userAgent: authSessions.userAgent,
      method: authSessions.method,
      createdAt: authSessions.createdAt,
      lastUsedAt: authSessions.updatedAt,
      expiresAt: authSessions.expiresAt,
    })
    .from(authSessions)
    .where(and(eq(authSessions.userId, userId), gt(authSessions.expiresAt, at)))
    .orderBy(desc(authSessions.updatedAt), desc(authSessions.id))
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

/** Something that is good once, such as the token of a link or a challenge: found by its hash alone. */
export async function keepOnce(
  db: AuthDb | AuthTx,
  {
    purpose,
    token,
    value,
    at,
    expiresAt,
  }: { purpose: string; token: string; value: string; at: Date; expiresAt: Date },
) {
  const over = sql`select id from auth_verifications where expires_at <= ${at.toISOString()} limit 100 for update skip locked`;
  await db.delete(authVerifications).where(sql`${authVerifications.id} in (${over})`);
  await db.insert(authVerifications).values({ identifier: `${purpose}:${hashToken(token)}`, value, expiresAt });
}

/** Its value, for whoever comes first; undefined where there is none, or no more. */
export const takeOnce = async (db: AuthDb | AuthTx, purpose: string, token: string, at: Date) =>
  (
    await db
      .delete(authVerifications)
      .where(
        and(eq(authVerifications.identifier, `${purpose}:${hashToken(token)}`), gt(authVerifications.expiresAt, at)),
      )
      .returning({ value: authVerifications.value })
  )[0]?.value;

/** False where the person has another address by now. */
export const verifyEmail = async (db: AuthDb | AuthTx, userId: string, email: string) =>
  (
    await db
      .update(users)
      .set({ emailVerified: true, updatedAt: sql`now()` })
      .where(and(eq(users.id, userId), eq(users.email, email)))
      .returning({ id: users.id })
  ).length > 0;

/** Counts a try before it is looked at, so that a hundred at once are a hundred. Undefined where it has to wait. */
export async function countAttempt(db: AuthDb | AuthTx, key: string, at: Date) {
  const failures = sql`case when ${authAttempts.lastAt} < ${before(at)} then 1 else ${authAttempts.failures} + 1 end`;
  const wait = sql`case when ${failures} <= ${FREE_ATTEMPTS} then 0
    else least(${LONGEST_WAIT_SECONDS}, 2 ^ least(${failures} - ${FREE_ATTEMPTS}, 20)) end`;
  const rows = await db
    .insert(authAttempts)
    .values({ key, failures: 1, lastAt: at, freeAt: at })
    .onConflictDoUpdate({
      target: authAttempts.key,
      set: { failures, lastAt: at, freeAt: sql`${at.toISOString()}::timestamptz + make_interval(secs => ${wait})` },
      // Processes' clocks differ by a little, which must not make a first try wait.
      setWhere: sql`${authAttempts.freeAt} <= ${at.toISOString()} or ${authAttempts.failures} < ${FREE_ATTEMPTS}`,
    })
    .returning({ failures: authAttempts.failures });
  return rows[0]?.failures;
}

/** Wrong ones that cost no wait, and the longest wait. After a day they are forgotten. */
const FREE_ATTEMPTS = 5;
const LONGEST_WAIT_SECONDS = 15 * 60;
const before = (at: Date) => new Date(at.getTime() - 24 * 60 * 60 * 1000).toISOString();

export const findWait = async (db: AuthDb | AuthTx, key: string) =>
  (await db.select({ freeAt: authAttempts.freeAt }).from(authAttempts).where(eq(authAttempts.key, key)))[0]?.freeAt;

export const forgetAttempts = (db: AuthDb | AuthTx, key: string) =>
  db.delete(authAttempts).where(eq(authAttempts.key, key));

export const purgeAttempts = (db: AuthDb, at: Date) =>
  db
    .delete(authAttempts)
    .where(
      sql`${authAttempts.key} in (select key from auth_attempts where last_at < ${before(at)} for update skip locked)`,
    );
