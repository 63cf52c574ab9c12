import { createRoute } from "@hono/zod-openapi";
import { body, Id, idParams, json, line, PUBLIC, problems, SIGNED_IN, Timestamp, z } from "@/platform/contract";
import { SignedIn } from "../contract";
import { PasswordAgain } from "../factors/contract";

/** Bytes as browsers write them (base64url). */
const Bytes = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/);
const Extensions = z.record(z.string(), z.unknown());
const Attachment = z.enum(["platform", "cross-platform"]);
const EXAMPLE = "q83vEjRWeJCrze8SNFZ4kA";

/** As `navigator.credentials.create()` answers (Web Authentication Level 3, 5.1.8). */
const Registration = z
  .strictObject({
    id: Bytes.min(1),
    rawId: Bytes.min(1),
    type: z.literal("public-key"),
    authenticatorAttachment: Attachment.optional(),
    clientExtensionResults: Extensions,
    response: z.strictObject({
      clientDataJSON: Bytes.min(1),
      attestationObject: Bytes.min(1),
      authenticatorData: Bytes.optional(),
      transports: z.array(z.string().max(30)).max(10).optional(),
      publicKeyAlgorithm: z.int().optional(),
      publicKey: Bytes.optional(),
    }),
  })
  .openapi("PasskeyRegistration", {
    example: {
      id: EXAMPLE,
      rawId: EXAMPLE,
      type: "public-key",
      clientExtensionResults: {},
      response: { clientDataJSON: EXAMPLE, attestationObject: EXAMPLE },
    },
  });

/** As `navigator.credentials.get()` answers. */
export const Assertion = z
  .strictObject({
    id: Bytes.min(1),
    rawId: Bytes.min(1),
    type: z.literal("public-key"),
    authenticatorAttachment: Attachment.optional(),
    clientExtensionResults: Extensions,
    response: z.strictObject({
      clientDataJSON: Bytes.min(1),
      authenticatorData: Bytes.min(1),
      signature: Bytes.min(1),
      userHandle: Bytes.optional(),
    }),
  })
  .openapi("PasskeyAssertion", {
    example: {
      id: EXAMPLE,
      rawId: EXAMPLE,
      type: "public-key",
      clientExtensionResults: {},
      response: { clientDataJSON: EXAMPLE, authenticatorData: EXAMPLE, signature: EXAMPLE },
    },
  });

const Descriptor = z.object({ id: z.string(), type: z.string(), transports: z.array(z.string()).optional() });

export const RegistrationOptions = z
  .object({
    challenge: z.string(),
    rp: z.object({ id: z.string(), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.object({ type: z.string(), alg: z.int() })),
    timeout: z.int().optional(),
    attestation: z.string().optional(),
    excludeCredentials: z.array(Descriptor).optional(),
    authenticatorSelection: z
      .object({
        residentKey: z.string().optional(),
        requireResidentKey: z.boolean().optional(),
        userVerification: z.string().optional(),
      })
      .optional(),
  })
  .openapi("PasskeyRegistrationOptions", {
    example: {
      challenge: EXAMPLE,
      rp: { id: "contentos.example.com", name: "ContentOS" },
      user: { id: EXAMPLE, name: "kim@example.com", displayName: "Kim Example" },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    },
  });
export const AssertionOptions = z
  .object({
    challenge: z.string(),
    rpId: z.string(),
    timeout: z.int().optional(),
    userVerification: z.string().optional(),
  })
  .openapi("PasskeyAssertionOptions", { example: { challenge: EXAMPLE, rpId: "contentos.example.com" } });

export const Passkey = z
  .object({
    id: Id,
    name: z.string(),
    synced: z.boolean().openapi({ description: "Whether its keeper copies it to other devices." }),
    createdAt: Timestamp,
    lastUsedAt: z.union([Timestamp, z.null()]),
  })
  .openapi("Passkey", {
    example: {
      id: "3c9d2b1a-0000-4000-8000-000000000002",
      name: "My laptop",
      synced: true,
      createdAt: "2026-11-22T09:00:00.000Z",
      lastUsedAt: null,
    },
  });
export const Passkeys = z.object({ items: z.array(Passkey), nextCursor: z.null() }).openapi("Passkeys");

const Ask = z.strictObject({ password: PasswordAgain }).openapi("StartPasskey", {
  example: { password: "a long walk to the sea" },
});
const MADE = { id: EXAMPLE, rawId: EXAMPLE, type: "public-key", clientExtensionResults: {} };
const Register = z.strictObject({ name: line(60), credential: Registration }).openapi("RegisterPasskey", {
  example: {
    name: "My laptop",
    credential: { ...MADE, response: { clientDataJSON: EXAMPLE, attestationObject: EXAMPLE } },
  },
});
const LogIn = z.strictObject({ credential: Assertion }).openapi("PasskeyLogin", {
  example: {
    credential: {
      ...MADE,
      response: { clientDataJSON: EXAMPLE, authenticatorData: EXAMPLE, signature: EXAMPLE },
    },
  },
});

export type RegisterInput = z.output<typeof Register>;
export type AssertionInput = z.output<typeof Assertion>;
export type LogInInput = z.output<typeof LogIn>;

const tags = ["auth"];

export const listPasskeys = createRoute({
  method: "get",
  path: "/auth/passkeys",
  operationId: "listPasskeys",
  summary: "One's passkeys",
  tags,
  security: SIGNED_IN,
  responses: { 200: json("The newest first.", Passkeys), ...problems("unauthenticated") },
});

export const startPasskey = createRoute({
  method: "post",
  path: "/auth/passkeys/options",
  operationId: "startPasskey",
  summary: "Begin to register a passkey",
  tags,
  security: SIGNED_IN,
  request: { body: body(Ask) },
  responses: {
    200: json("For `navigator.credentials.create()`; good for five minutes, once.", RegistrationOptions),
    ...problems("unauthenticated", "invalid_credentials", "second_factor_required", "cross_site_request"),
  },
});

export const registerPasskey = createRoute({
  method: "post",
  path: "/auth/passkeys",
  operationId: "registerPasskey",
  summary: "Register a passkey",
  tags,
  security: SIGNED_IN,
  request: { body: body(Register) },
  responses: {
    200: json("Registered.", Passkey),
    ...problems("unauthenticated", "passkey_invalid", "conflict", "cross_site_request"),
  },
});

export const removePasskey = createRoute({
  method: "delete",
  path: "/auth/passkeys/{id}",
  operationId: "removePasskey",
  summary: "Remove one of one's passkeys",
  tags,
  security: SIGNED_IN,
  request: { params: idParams },
  responses: {
    204: { description: "Removed: it signs nobody in any more." },
    ...problems("unauthenticated", "not_found", "proof_required", "cross_site_request"),
  },
});

export const startPasskeyLogin = createRoute({
  method: "post",
  path: "/auth/passkeys/login/options",
  operationId: "startPasskeyLogin",
  summary: "Begin to sign in with a passkey",
  tags,
  security: PUBLIC,
  responses: {
    200: json("For `navigator.credentials.get()`; good for five minutes, once.", AssertionOptions),
    ...problems(),
  },
});

export const loginWithPasskey = createRoute({
  method: "post",
  path: "/auth/passkeys/login",
  operationId: "loginWithPasskey",
  summary: "Sign in with a passkey",
  description: "A passkey asks for a finger, a face or a PIN, so that it counts as two factors.",
  tags,
  security: PUBLIC,
  request: { body: body(LogIn) },
  responses: {
    200: json("Signed in; cookies are set as well.", SignedIn),
    ...problems("passkey_invalid", "account_suspended"),
  },
});
