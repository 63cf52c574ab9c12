import { createRoute } from "@hono/zod-openapi";
import { body, Id, idParams, json, line, PUBLIC, problems, SIGNED_IN, Timestamp, z } from "@/platform/contract";
import { RecoveryCode, TotpCode } from "./factors/contract";

export * from "./keys/contract";

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** Two spellings of an address are one person. */
const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("Give an e-mail address, such as kim@example.com."))
  .openapi({ example: "kim@example.com" });

/** Length alone is asked for: rules about kinds of characters make passwords worse (NIST SP 800-63B, 5.1.1.2). */
const NewPassword = z
  .string()
  .min(PASSWORD_MIN, `A password has at least ${PASSWORD_MIN} characters.`)
  .max(PASSWORD_MAX, `A password has at most ${PASSWORD_MAX} characters.`)
  .openapi({ example: "a long walk to the sea" });
const GivenPassword = z.string().min(1, "Give your password.").max(PASSWORD_MAX, "This is longer than any password.");
const GivenToken = z.string().min(1).max(200);

const User = z.object({ id: Id, email: z.string(), name: z.string(), createdAt: Timestamp }).openapi("User", {
  example: {
    id: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
    email: "kim@example.com",
    name: "Kim Example",
    createdAt: "2026-11-22T09:00:00.000Z",
  },
});

/** How a session was opened. */
const SessionMethod = z.enum(["Password", "Passkey", "Clerk", "Sso", "Operator"]);

export const SignedIn = z
  .object({
    user: User,
    accessToken: z.string().openapi({
      example: "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiI1ZjBjIn0.c2lnbmF0dXJl",
      description: "A JWT for the header `Authorization: Bearer …`.",
    }),
    refreshToken: z.string().openapi({
      example: "mS0XV9a1yJc2Jm8dO3vZ5uQ7wK4tH6nB0rL1pE2fG3h",
      description: "Good for one `POST /auth/refresh`, for 30 days.",
    }),
    expiresAt: Timestamp.openapi({ description: "When the access token ends." }),
  })
  .openapi("SignedIn");

export const Me = z
  .object({
    user: User,
    emailVerification: z.enum(["Verified", "Pending", "Unavailable"]).openapi({
      description: "`Unavailable` where no mail is sent from here, so that nobody can confirm an address.",
    }),
    hasPassword: z.boolean(),
    method: SessionMethod,
    secondFactor: z.boolean().openapi({ description: "Whether this session has shown more than a password." }),
  })
  .openapi("Me", {
    example: {
      user: {
        id: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
        email: "kim@example.com",
        name: "Kim Example",
        createdAt: "2026-11-22T09:00:00.000Z",
      },
      emailVerification: "Verified",
      hasPassword: true,
      method: "Password",
      secondFactor: false,
    },
  });

const Session = z
  .object({
    id: Id,
    current: z.boolean(),
    method: SessionMethod,
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: Timestamp,
    lastUsedAt: Timestamp.openapi({ description: "When it last got an access token, which lives for 15 minutes." }),
    expiresAt: Timestamp,
  })
  .openapi("Session", {
    example: {
      id: "3c9d2b1a-0000-4000-8000-000000000001",
      current: true,
      method: "Password",
      ipAddress: "203.0.113.7",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
      createdAt: "2026-11-22T09:00:00.000Z",
      lastUsedAt: "2026-11-22T09:45:00.000Z",
      expiresAt: "2026-12-22T09:00:00.000Z",
    },
  });
export const Sessions = z.object({ items: z.array(Session), nextCursor: z.null() }).openapi("Sessions");

export const Jwks = z
  .object({
    keys: z.array(
      z.object({
        kty: z.string(),
        crv: z.string(),
        x: z.string(),
        kid: z.string(),
        alg: z.string(),
        use: z.string(),
      }),
    ),
  })
  .openapi("Jwks", {
    example: {
      keys: [
        {
          kty: "OKP",
          crv: "Ed25519",
          x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
          kid: "2026-11-22",
          alg: "EdDSA",
          use: "sig",
        },
      ],
    },
  });

const Signup = z.strictObject({ email: Email, password: NewPassword, name: line(120) }).openapi("Signup", {
  example: { email: "kim@example.com", password: "a long walk to the sea", name: "Kim Example" },
});
const Login = z
  .strictObject({
    email: Email,
    password: GivenPassword,
    totp: TotpCode.optional(),
    recoveryCode: RecoveryCode.optional(),
  })
  .openapi("Login", { example: { email: "kim@example.com", password: "a long walk to the sea" } });
const Refresh = z
  .strictObject({ refreshToken: GivenToken.optional() })
  .openapi("Refresh", { example: { refreshToken: "mS0XV9a1yJc2Jm8dO3vZ5uQ7wK4tH6nB0rL1pE2fG3h" } });
const ForgotPassword = z.strictObject({ email: Email }).openapi("ForgotPassword");
const ResetPassword = z
  .strictObject({ token: GivenToken, password: NewPassword })
  .openapi("ResetPassword", { example: { token: "kJ8s0QeWv2Zt5Yb1", password: "a long walk to the sea" } });
const ChangePassword = z
  .strictObject({ currentPassword: GivenPassword, newPassword: NewPassword })
  .openapi("ChangePassword", {
    example: { currentPassword: "a long walk to the sea", newPassword: "a longer walk to the hills" },
  });

export type SignupInput = z.output<typeof Signup>;
export type LoginInput = z.output<typeof Login>;
export type ResetPasswordInput = z.output<typeof ResetPassword>;
export type ChangePasswordInput = z.output<typeof ChangePassword>;

const tags = ["auth"];
const done = (description: string) => ({ description });

export const signup = createRoute({
  method: "post",
  path: "/auth/signup",
  operationId: "signup",
  summary: "Make an account and sign in",
  tags,
  security: PUBLIC,
  request: { body: body(Signup) },
  responses: { 201: json("Signed in; cookies are set as well.", SignedIn), ...problems("email_taken") },
});

export const login = createRoute({
  method: "post",
  path: "/auth/login",
  operationId: "login",
  summary: "Sign in",
  description:
    "Who has turned a second factor on is asked for it: without `totp` or `recoveryCode` the answer is `totp_required`. After five wrong tries from one address each further one waits, up to 15 minutes.",
  tags,
  security: PUBLIC,
  request: { body: body(Login) },
  responses: {
    200: json("Signed in; cookies are set as well.", SignedIn),
    ...problems("invalid_credentials", "totp_required", "totp_invalid", "account_suspended"),
  },
});

export const refresh = createRoute({
  method: "post",
  path: "/auth/refresh",
  operationId: "refresh",
  summary: "Change a refresh token for a new pair",
  description:
    "The token comes in the body, or in the cookie that `login` set. It is good once: using it again ends its session, since one of the two users has stolen it.",
  tags,
  security: PUBLIC,
  request: { body: { required: false, content: { "application/json": { schema: Refresh } } } },
  responses: {
    200: json("A new pair; cookies are set as well.", SignedIn),
    ...problems("unauthenticated", "refresh_token_reused", "cross_site_request"),
  },
});

export const logout = createRoute({
  method: "post",
  path: "/auth/logout",
  operationId: "logout",
  summary: "End this session",
  tags,
  security: SIGNED_IN,
  responses: { 204: done("Ended; the cookies are cleared."), ...problems("unauthenticated", "cross_site_request") },
});

export const forgotPassword = createRoute({
  method: "post",
  path: "/auth/password/forgot",
  operationId: "forgotPassword",
  summary: "Ask for a link to set a new password",
  tags,
  security: PUBLIC,
  request: { body: body(ForgotPassword) },
  responses: { 202: done("If the address is known, a mail is on its way."), ...problems() },
});

export const resetPassword = createRoute({
  method: "post",
  path: "/auth/password/reset",
  operationId: "resetPassword",
  summary: "Set a new password with the token of a link",
  tags,
  security: PUBLIC,
  request: { body: body(ResetPassword) },
  responses: { 204: done("Set; all sessions of the person have ended."), ...problems("reset_token_invalid") },
});

export const changePassword = createRoute({
  method: "post",
  path: "/auth/password/change",
  operationId: "changePassword",
  summary: "Change one's password",
  tags,
  security: SIGNED_IN,
  request: { body: body(ChangePassword) },
  responses: {
    204: done("Changed; all other sessions of the person have ended."),
    ...problems("unauthenticated", "invalid_credentials", "cross_site_request", "conflict"),
  },
});

export const getMe = createRoute({
  method: "get",
  path: "/auth/me",
  operationId: "getMe",
  summary: "Who am I",
  tags,
  security: SIGNED_IN,
  responses: { 200: json("The signed-in person.", Me), ...problems("unauthenticated") },
});

export const listSessions = createRoute({
  method: "get",
  path: "/auth/sessions",
  operationId: "listSessions",
  summary: "Where one is signed in: the latest hundred",
  tags,
  security: SIGNED_IN,
  responses: { 200: json("One's live sessions, the latest first.", Sessions), ...problems("unauthenticated") },
});

export const endSession = createRoute({
  method: "delete",
  path: "/auth/sessions/{id}",
  operationId: "endSession",
  summary: "End one of one's sessions",
  tags,
  security: SIGNED_IN,
  request: { params: idParams },
  responses: {
    204: done("Ended."),
    ...problems("unauthenticated", "not_found", "proof_required", "cross_site_request"),
  },
});

export const endOtherSessions = createRoute({
  method: "delete",
  path: "/auth/sessions",
  operationId: "endOtherSessions",
  summary: "Sign out everywhere else",
  tags,
  security: SIGNED_IN,
  responses: {
    204: done("All but this one have ended."),
    ...problems("unauthenticated", "proof_required", "cross_site_request"),
  },
});

export const getJwks = createRoute({
  method: "get",
  path: "/auth/jwks.json",
  operationId: "getJwks",
  summary: "The public keys that verify access tokens",
  description: "Also at `/.well-known/jwks.json`. Ask again when a token names a key that is not here.",
  tags,
  security: PUBLIC,
  responses: { 200: json("A JWK set (RFC 7517).", Jwks), ...problems() },
});
