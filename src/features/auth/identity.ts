import { runWithTransaction } from "@better-auth/core/context";
import { hash, verify } from "@node-rs/argon2";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { isAPIError } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { authAccounts, authSessions, authVerifications, users } from "@/db/schema/auth";
import { AppError } from "@/platform/errors";
import { newToken } from "@/platform/secrets";
import { PASSWORD_MAX, PASSWORD_MIN } from "./contract";
import { type AuthDb, findByEmail } from "./queries";

/** How long a link to a new password works, in seconds. */
const RESET_SECONDS = 60 * 60;

type Options = {
  db: AuthDb;
  secret: string;
  baseUrl: string;
  /** How long a session lives unless it is refreshed, in seconds. */
  sessionSeconds: number;
  deliverResetToken: (user: { email: string; name: string }, token: string) => void;
};

/**
 * Passwords, kept by better-auth. Only its functions are used: its HTTP handler, cookies and limits are not,
 * and it never stands on the way of a request of somebody who is signed in.
 */
export function createCredentials({ db, secret, baseUrl, sessionSeconds, deliverResetToken }: Options) {
  const auth = betterAuth({
    baseURL: baseUrl,
    secret,
    database: drizzleAdapter(db, {
      provider: "pg",
      schema: { users, authAccounts, authSessions, authVerifications },
      transaction: true,
    }),
    user: { modelName: "users" },
    account: { modelName: "authAccounts" },
    session: { modelName: "authSessions", expiresIn: sessionSeconds },
    verification: { modelName: "authVerifications", storeIdentifier: "hashed" },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => deliverResetToken(user, token),
    },
    // Ids are the database's.
    advanced: { database: { generateId: false } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // It logs addresses; what fails is thrown, and logged by us.
    logger: { disabled: true },
  });

  return {
    /** @returns the new session's token, by which our own row is found. @throws AppError `email_taken` */
    signUp: async (input: { email: string; password: string; name: string }) =>
      (
        await auth.api.signUpEmail({ body: input }).catch(async (raised: unknown) => {
          // It swallows why the row could not be written: most likely somebody was faster with this address.
          if (codeOf(raised) === "FAILED_TO_CREATE_USER" && (await findByEmail(db, input.email))) throw emailTaken();
          return refused(raised);
        })
      ).token,

    /** Works as long for an unknown address as for a wrong password. @throws AppError `invalid_credentials` */
    signIn: async (input: { email: string; password: string }) =>
      (await auth.api.signInEmail({ body: input }).catch(refused)).token,

    requestReset: async (email: string) => {
      await auth.api.requestPasswordReset({ body: { email } });
    },

    /** A token as a mail would carry it, for the operator's command line. */
    createResetToken: async (userId: string) => {
      const { internalAdapter } = await auth.$context;
      const token = newToken();
      await internalAdapter.createVerificationValue({
        identifier: `reset-password:${token}`,
        value: userId,
        expiresAt: new Date(Date.now() + RESET_SECONDS * 1000),
      });
      return token;
    },

    /** Token used, password set and sessions ended: all or nothing. @throws AppError `reset_token_invalid` */
    resetPassword: async (token: string, newPassword: string) => {
      const { adapter } = await auth.$context;
      await runWithTransaction(adapter, () => auth.api.resetPassword({ body: { token, newPassword } })).catch(refused);
    },
  };
}

export type Credentials = ReturnType<typeof createCredentials>;

const REFUSALS: Record<string, () => AppError> = {
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: emailTaken,
  INVALID_EMAIL_OR_PASSWORD: wrongCredentials,
  INVALID_TOKEN: resetTokenInvalid,
  USER_NOT_FOUND: resetTokenInvalid,
};

const codeOf = (raised: unknown) => (isAPIError(raised) ? (raised.body?.code ?? "") : "");

function refused(raised: unknown): never {
  throw REFUSALS[codeOf(raised)]?.() ?? raised;
}

function emailTaken() {
  return new AppError("email_taken", "There is an account with this address: sign in, or ask for a new password.");
}

export function wrongCredentials() {
  return new AppError(
    "invalid_credentials",
    "Address and password do not go together: correct them, or ask for a new password.",
  );
}

function resetTokenInvalid() {
  return new AppError("reset_token_invalid", "This link was used, or is too old: ask for a new one.");
}

/** Argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet, read 2026-11-22), which are the library's defaults. */
export const hashPassword = (password: string) => hash(spelled(password));
export const verifyPassword = (stored: string, password: string) => verify(stored, spelled(password));

/** One keyboard sends é as one character, another as two (RFC 8265, 4.2). */
const spelled = (password: string) => password.normalize("NFKC");
