import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import { hashToken, newToken } from "@/platform/secrets";
import { wrongCredentials } from "./identity";
import * as queries from "./queries";
import type { Tokens } from "./tokens";

/** How long a session lives after its last refresh, in seconds. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Longer than any command of the operator's takes. */
const OPERATOR_SECONDS = 24 * 60 * 60;

/**
 * Where a sign-in comes from, for the person's own list of sessions; and at which host, where that may be a workspace's own.
 * Whoever decides on such a host can read what browsers send to it, so that a session which began there opens that workspace
 * and no other.
 */
export type Client = { ipAddress: string | null; userAgent: string | null; host?: string | undefined };

type Admitted = { secondFactor: boolean; method: queries.SessionMethod; ssoConnectionId: string };
/** What more has to be shown, asked in the session's own transaction; what it counts is kept where it refuses. */
export type Admit = (tx: queries.AuthTx, userId: string) => Promise<AppError | { secondFactor: boolean }>;
type Opening = {
  method?: queries.SessionMethod;
  /** By which workspace's provider. */
  ssoConnectionId?: string;
  admit?: Admit;
  /** What else is kept of the session, in its own transaction. */
  opened?: (tx: queries.AuthTx, sessionId: string) => Promise<unknown>;
};

type Options = {
  db: queries.AuthDb;
  tokens: Tokens;
  clock: Clock;
  /** After so many days somebody signs in anew, whatever was done meanwhile. */
  maxDays: number;
};

/** A session is a row; what it hands out are a short access token and a refresh token that is good once. */
export function createSessions({ db, tokens, clock, maxDays }: Options) {
  async function pairOf(user: User, sessionId: string, refreshToken: string) {
    return { user, refreshToken, ...(await tokens.issue({ userId: user.id, sessionId })) };
  }

  /** A refresh token, and the session as long as it. */
  async function extend(
    tx: queries.AuthTx,
    { sessionId, began }: { sessionId: string; began: Date },
    { host: _, ...seen }: Client & Partial<Admitted>,
  ) {
    const refreshToken = newToken();
    const now = clock.now();
    const last = began.getTime() + maxDays * DAY_MS;
    const expiresAt = new Date(Math.min(now.getTime() + SESSION_SECONDS * 1000, last));
    await queries.touchSession(tx, sessionId, { ...seen, expiresAt });
    await queries.insertRefreshToken(tx, { sessionId, tokenHash: hashToken(refreshToken), createdAt: now, expiresAt });
    return refreshToken;
  }

  /**
   * Between the check of the password and the session, the password may have been reset or the person suspended.
   * @param passwordHash what the password was checked against; undefined where it was just made, or is not what was shown
   */
  async function open(
    sessionToken: string | null,
    passwordHash: string | null | undefined,
    client: Client,
    { method = "Password", ssoConnectionId, admit = async () => ({ secondFactor: false }), opened: note }: Opening = {},
  ) {
    const opened = await db.transaction(async (tx) => {
      const standing = sessionToken === null ? undefined : await queries.lockStanding(tx, sessionToken);
      if (!standing) return wrongCredentials();
      const admitted = refusalOf(standing, passwordHash) ?? (await admit(tx, standing.user.id));
      if (admitted instanceof AppError) {
        await queries.removeSession(tx, standing.sessionId);
        return admitted;
      }
      await queries.removeExpiredSessions(tx, standing.user.id, clock.now());
      if (client.host !== undefined) await queries.bindSession(tx, standing.sessionId, client.host);
      await note?.(tx, standing.sessionId);
      const how = { method, ...(ssoConnectionId && { ssoConnectionId }), ...admitted };
      const session = { sessionId: standing.sessionId, began: clock.now() };
      return { ...standing, refreshToken: await extend(tx, session, { ...client, ...how }) };
    });
    if (opened instanceof AppError) throw opened;
    return pairOf(opened.user, opened.sessionId, opened.refreshToken);
  }

  /** For who has shown something else than a password. */
  async function openFor(userId: string, client: Client, opening: Opening & { method: queries.SessionMethod }) {
    const token = newToken();
    const expiresAt = new Date(clock.now().getTime() + SESSION_SECONDS * 1000);
    await queries.insertSession(db, { userId, token, expiresAt, method: opening.method });
    return open(token, undefined, client, opening);
  }

  /** One exchange of a token wins; a second one, even at the same moment, ends the session. */
  async function rotate(refreshToken: string, client: Client) {
    const hash = hashToken(refreshToken);
    const outcome = await db.transaction(async (tx) => {
      const sessionId = await queries.findSessionOfToken(tx, hash);
      const found = sessionId && (await queries.lockRefresh(tx, sessionId, hash));
      if (!found) return refreshInvalid();
      const now = clock.now();
      if (found.token.expiresAt <= now || found.sessionExpiresAt <= now) return refreshInvalid();
      if (found.token.usedAt) {
        await queries.removeSession(tx, sessionId);
        return refreshReused();
      }
      await queries.markUsed(tx, found.token.id, now);
      await queries.removeExpiredTokens(tx, sessionId, now);
      const session = { sessionId, began: found.began };
      return { user: found.user, sessionId, refreshToken: await extend(tx, session, client) };
    });
    if (outcome instanceof AppError) throw outcome;
    return pairOf(outcome.user, outcome.sessionId, outcome.refreshToken);
  }

  /**
   * Whoever runs ContentOS acts as a person for as long as a command takes: all of it is recorded in that person's name.
   * @throws AppError `not_found`, `account_suspended`
   */
  async function openByOperator(email: string) {
    const known = await queries.findByEmail(db, email.trim().toLowerCase());
    if (!known) throw new AppError("not_found", `There is no account with the address ${email}.`);
    if (known.suspendedAt) throw new AppError("account_suspended", `${email} is suspended: name somebody else.`);
    const expiresAt = new Date(clock.now().getTime() + OPERATOR_SECONDS * 1000);
    const sessionId = await queries.insertSession(db, {
      userId: known.userId,
      token: newToken(),
      expiresAt,
      method: "Operator",
    });
    return { sessionId, end: () => queries.removeSession(db, sessionId) };
  }

  return { open, openFor, rotate, openByOperator };
}

export type Sessions = ReturnType<typeof createSessions>;

type User = { id: string; email: string; name: string; createdAt: Date };

function refusalOf(
  standing: { suspendedAt: Date | null; passwordHash: string | null },
  passwordHash: string | null | undefined,
) {
  if (passwordHash !== undefined && standing.passwordHash !== passwordHash) return wrongCredentials();
  if (standing.suspendedAt) {
    return new AppError("account_suspended", "This account is suspended: ask whoever runs ContentOS.");
  }
  return undefined;
}

export const refreshInvalid = () =>
  new AppError("unauthenticated", "This refresh token is missing, not ours or too old: sign in again.");
const refreshReused = () =>
  new AppError(
    "refresh_token_reused",
    "This refresh token was used before, so its session was ended: sign in again, and if it was not you, set a new password.",
  );
