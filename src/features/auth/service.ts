import { setTimeout as delay } from "node:timers/promises";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { Mailer } from "@/platform/mailer";
import { createKeyring, deriveKey } from "@/platform/secrets";
import type { ChangePasswordInput, LoginInput, ResetPasswordInput, SignupInput } from "./contract";
import { documentKeys } from "./documents";
import { createCredentials, hashPassword, verifyPassword } from "./identity";
import { passwordResetMail } from "./mails";
import * as queries from "./queries";
import { type Client, createSessions, refreshInvalid, SESSION_SECONDS } from "./sessions";
import { createSigningKeys } from "./signing-keys";
import { ACCESS_SECONDS, createTokens } from "./tokens";

/** Whether an address is known must not show in the time that this takes, so no answer comes sooner; in ms. */
const FORGOT_MS = 250;

type Options = {
  /** Identity's own log-in, which reaches its tables and nothing else. */
  authPool: Pool;
  masterSecret: string;
  /** Still open the signing keys that they sealed. */
  previousSecrets?: readonly string[];
  /** Where people reach ContentOS, such as https://contentos.example.com; also the issuer of its tokens. */
  publicUrl: string;
  clock: Clock;
  mailer: Mailer;
  log: Pick<Logger, "error">;
};

/** Accounts, sessions and tokens, over a pool of their own. */
export function createIdentity({ authPool, masterSecret, publicUrl, clock, mailer, log, previousSecrets }: Options) {
  const db = queries.openAuthDb(authPool);
  const origin = publicUrl.replace(/\/+$/, "");
  const keyring = createKeyring(masterSecret, previousSecrets);
  const keys = createSigningKeys({ db, keyring, clock, tokenLifeMs: ACCESS_SECONDS * 1000 });
  const tokens = createTokens({ keys, issuer: origin, clock });
  const sessions = createSessions({ db, tokens, clock });
  const underway = new Set<Promise<unknown>>();

  const resetLink = (token: string) => `${origin}/reset-password?token=${encodeURIComponent(token)}`;
  const credentials = createCredentials({
    db,
    secret: deriveKey(masterSecret, "better-auth").toString("base64url"),
    baseUrl: origin,
    sessionSeconds: SESSION_SECONDS,
    // Not waited for: only a known address makes a mail.
    deliverResetToken: (user, token) =>
      inBackground(mailer.send(passwordResetMail(user, resetLink(token))), "a mail was not sent"),
  });

  function inBackground(work: Promise<unknown>, failure: string) {
    const settled = work
      .catch((err: unknown) => log.error({ err }, failure))
      .finally(() => {
        underway.delete(settled);
      });
    underway.add(settled);
  }

  async function personOf(sessionId: string) {
    const found = await queries.findPersonOfSession(db, sessionId, clock.now());
    if (!found) throw sessionEnded();
    return found;
  }

  return {
    clock,
    verify: tokens.verify,
    lives: { accessSeconds: ACCESS_SECONDS, refreshSeconds: SESSION_SECONDS },
    /** Whether browsers reach us by https, so that cookies must travel by nothing else. */
    secure: origin.startsWith("https:"),

    signup: async (input: SignupInput, client: Client) =>
      sessions.open(await credentials.signUp(input), undefined, client),

    async login(input: LoginInput, client: Client) {
      const known = await queries.findByEmail(db, input.email);
      return sessions.open(await credentials.signIn(input), known?.passwordHash ?? null, client);
    },

    async refresh(refreshToken: string | undefined, client: Client) {
      if (!refreshToken) throw refreshInvalid();
      return sessions.rotate(refreshToken, client);
    },

    async logout(sessionId: string) {
      if (!(await queries.removeSession(db, sessionId))) throw sessionEnded();
    },

    async forgotPassword(email: string) {
      await Promise.all([credentials.requestReset(email), delay(FORGOT_MS)]);
    },

    resetPassword: ({ token, password }: ResetPasswordInput) => credentials.resetPassword(token, password),

    async changePassword(sessionId: string, { currentPassword, newPassword }: ChangePasswordInput) {
      const { user, passwordHash } = await personOf(sessionId);
      if (!passwordHash || !(await verifyPassword(passwordHash, currentPassword))) {
        throw new AppError("invalid_credentials", "This is not your current password: correct it.");
      }
      const replacement = await hashPassword(newPassword);
      await db.transaction(async (tx) => {
        if (!(await queries.replacePassword(tx, user.id, passwordHash, replacement))) {
          throw new AppError("conflict", "Your password was just changed elsewhere: sign in with the new one.");
        }
        await queries.removeOtherSessions(tx, user.id, sessionId);
      });
    },

    getMe: async (sessionId: string) => ({ user: (await personOf(sessionId)).user }),

    async listSessions(sessionId: string) {
      const { user } = await personOf(sessionId);
      const live = await queries.findSessions(db, user.id, clock.now());
      return {
        items: live.map((session) => ({ ...session, current: session.id === sessionId })),
        nextCursor: null,
      };
    },

    async endSession(sessionId: string, id: string) {
      const { user } = await personOf(sessionId);
      if (!(await queries.removeSessionOf(db, user.id, id))) {
        throw new AppError("not_found", "There is no such thing here.");
      }
    },

    ...documentKeys(keys),

    /** A link that works once, for an hour: for the operator's command line, where no mail can be sent. */
    async resetPasswordByOperator(email: string) {
      const known = await queries.findByEmail(db, email.trim().toLowerCase());
      if (!known) throw new AppError("not_found", `There is no account with the address ${email}.`);
      const token = await credentials.createResetToken(known.userId);
      return { token, link: resetLink(token) };
    },

    /** Ends all sessions of the person and lets none begin. False where there is no such person. */
    suspend: (userId: string) => queries.suspendUser(db, userId),

    /** The same, for the operator's command line. */
    async suspendByOperator(email: string) {
      const known = await queries.findByEmail(db, email.trim().toLowerCase());
      return known !== undefined && queries.suspendUser(db, known.userId);
    },

    /** A session for whoever runs ContentOS, to act as a person. */
    sessionByOperator: sessions.openByOperator,

    rotateSigningKeys: () => keys.rotate(),

    /** Resolves when no mail is on its way any more, so that a process can end. */
    settled: async () => {
      await Promise.all(underway);
    },
  };
}

export type IdentityService = ReturnType<typeof createIdentity>;

const sessionEnded = () => new AppError("unauthenticated", "This session has ended: sign in again.");
