import { createHmac } from "node:crypto";
import dns from "node:dns/promises";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { Mailer } from "@/platform/mailer";
import { createOutboundFetch, type OutboundFetch } from "@/platform/outbound-fetch";
import { createKeyring, deriveKey } from "@/platform/secrets";
import { createAttempts } from "./attempts";
import { refuseCommon } from "./common-passwords";
import type { LoginInput, SignupInput } from "./contract";
import { documentKeys } from "./documents";
import { createEmails } from "./email/service";
import { createFactors } from "./factors/service";
import { createAsks, sessionEnded } from "./ground";
import { createCredentials } from "./identity";
import { passwordResetMail } from "./mails";
import { createOperator } from "./operator";
import { createOwnSessions } from "./own-sessions";
import { createPasskeys } from "./passkeys/service";
import { createPasswords } from "./passwords";
import { createProving } from "./proving/service";
import * as queries from "./queries";
import { type Client, createSessions, refreshInvalid, SESSION_SECONDS } from "./sessions";
import { createSigningKeys } from "./signing-keys";
import { type ClerkConfig, createClerk } from "./sso/clerk";
import { createLinks } from "./sso/links";
import { createOidc } from "./sso/oidc";
import { createSaml } from "./sso/saml/service";
import type { Deps as SsoDeps } from "./sso/service";
import { createStart } from "./sso/start";
import { ACCESS_SECONDS, createTokens } from "./tokens";

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
  /** Whether mails reach anybody: else nobody is asked to confirm an address. */
  sendsMail?: boolean;
  /** Where people have accounts at Clerk. */
  clerk?: ClerkConfig;
  /** The way to workspaces' identity providers. */
  fetch?: OutboundFetch;
  resolveTxt?: SsoDeps["resolveTxt"];
  /** How long a session may live, however often it is refreshed. */
  sessionMaxDays?: number;
  log: Pick<Logger, "error" | "warn">;
};

/** A name by which the log tells of an address, known or not: always the same, and nobody's who has the log alone. */
function accountsInLog(masterSecret: string) {
  const key = deriveKey(masterSecret, "accounts in the log");
  return (email: string) => createHmac("sha256", key).update(email.toLowerCase()).digest("hex").slice(0, 20);
}

/** What nobody waits for, and whose failure the log tells. */
function createBackground(log: Options["log"]) {
  const underway = new Set<Promise<unknown>>();
  return {
    inBackground(work: Promise<unknown>, failure: string) {
      const settled = work
        .catch((err: unknown) => log.error({ err }, failure))
        .finally(() => {
          underway.delete(settled);
        });
      underway.add(settled);
    },
    settled: async () => {
      await Promise.all(underway);
    },
  };
}

/** Accounts, sessions and tokens, over a pool of their own. */
export function createIdentity({ authPool, masterSecret, publicUrl, clock, mailer, log, ...given }: Options) {
  const { previousSecrets, sendsMail = true, sessionMaxDays = 365, clerk = { authorizedParties: [] } } = given;
  const { fetch = createOutboundFetch({ allow: [] }), resolveTxt = dns.resolveTxt } = given;
  const db = queries.openAuthDb(authPool);
  const origin = publicUrl.replace(/\/+$/, "");
  const keyring = createKeyring(masterSecret, previousSecrets);
  const keys = createSigningKeys({ db, keyring, clock, tokenLifeMs: ACCESS_SECONDS * 1000 });
  const tokens = createTokens({ keys, issuer: origin, clock });
  const sessions = createSessions({ db, tokens, clock, maxDays: sessionMaxDays });
  const attempts = createAttempts({ db, clock });
  const asks = createAsks({ db, clock, attempts, origin });
  const ground = { db, clock, attempts, sessions, asks };
  const factors = createFactors(ground, keyring);
  const links = createLinks(ground);
  const oidc = createOidc(ground, { origin, keyring, fetch, links });
  const saml = createSaml(ground, { origin, keyring, links });
  const passkeys = createPasskeys(ground, { origin });
  const { inBackground, settled } = createBackground(log);
  const inLog = accountsInLog(masterSecret);
  const resetLink = (token: string) => `${origin}/reset-password#token=${encodeURIComponent(token)}`;
  const credentials = createCredentials({
    db,
    secret: deriveKey(masterSecret, "better-auth").toString("base64url"),
    baseUrl: origin,
    sessionSeconds: SESSION_SECONDS,
    // Not waited for: only a known address makes a mail.
    deliverResetToken: (user, token) =>
      inBackground(mailer.send(passwordResetMail(user, resetLink(token))), "a mail was not sent"),
  });

  const emails = createEmails(ground, { mailer, origin, inBackground });

  return {
    clock,
    verify: tokens.verify,
    verifyForService: tokens.verifyForService,
    issueForService: tokens.issueForService,
    lives: { accessSeconds: ACCESS_SECONDS, refreshSeconds: SESSION_SECONDS },
    /** Whether browsers reach us by https, so that cookies must travel by nothing else. */
    secure: origin.startsWith("https:"),

    asks,
    emails,
    factors,
    clerk: createClerk(ground, { clerk, links, factors }),
    sso: { oidc, saml, start: createStart(ground, { oidc, saml }), clock, resolveTxt },
    /** Where workspaces' directories are told to go. */
    scimUrl: `${origin}/api/v1/auth/scim/v2`,
    passkeys,
    proving: createProving(ground, { factors, passkeys }),

    async signup(input: SignupInput, client: Client) {
      await refuseCommon(input.password, "password", input);
      const answer = await sessions.open(await credentials.signUp(input), undefined, client);
      emails.send(answer.user);
      return answer;
    },

    /** @param requestId by which the log tells of a failure */
    async login({ totp, recoveryCode, ...input }: LoginInput, client: Client, requestId?: string) {
      try {
        const forget = await attempts.begin(["password", input.email, client.ipAddress]);
        const known = await queries.findByEmail(db, input.email);
        const token = await credentials.signIn(input);
        await forget();
        const admit = factors.admit({ totp, recoveryCode });
        return await sessions.open(token, known?.passwordHash ?? null, client, { admit });
      } catch (error) {
        const reason = error instanceof AppError ? error.code : "defect";
        log.warn({ requestId, account: inLog(input.email), reason }, "A sign-in failed");
        throw error;
      }
    },

    async refresh(refreshToken: string | undefined, client: Client) {
      if (!refreshToken) throw refreshInvalid();
      return sessions.rotate(refreshToken, client);
    },

    async logout(sessionId: string) {
      if (!(await queries.removeSession(db, sessionId))) throw sessionEnded();
    },

    async getMe(sessionId: string) {
      const { user, emailVerified, passwordHash, session } = await asks.whoIs(sessionId);
      const pending = sendsMail ? ("Pending" as const) : ("Unavailable" as const);
      const emailVerification = emailVerified ? ("Verified" as const) : pending;
      return { user, emailVerification, hasPassword: passwordHash !== null, ...session };
    },

    ...documentKeys(keys),

    /** For whoever asks for all that is kept of them. */
    everythingOf: (userId: string) => queries.everythingOf(db, userId),

    ...createOwnSessions(ground),
    ...createPasswords(ground, credentials),
    ...createOperator({ db, credentials, sessions, resetLink }),

    rotateSigningKeys: () => keys.rotate(),

    /** Resolves when no mail is on its way any more, so that a process can end. */
    settled,
  };
}

export type IdentityService = ReturnType<typeof createIdentity>;
