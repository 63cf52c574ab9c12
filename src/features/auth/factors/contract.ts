import { createRoute } from "@hono/zod-openapi";
import { body, json, problems, SIGNED_IN, Timestamp, z } from "@/platform/contract";
import { SENTENCES } from "@/platform/issue-rules";

/** Six digits, with or without a space between them. */
export const TotpCode = z
  .string()
  .max(20)
  .transform((code) => code.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, SENTENCES.six_digits))
  .openapi({ type: "string", example: "492039", description: "The code that the authenticator app shows." });
export const RecoveryCode = z
  .string()
  .min(8)
  .max(40)
  .openapi({ example: "h4qm-8ztk-2wpn-c6rd", description: "One of the recovery codes, in place of `totp`." });
/** Asked again for what a thief of a session must not do; who has none leaves it out. */
export const PasswordAgain = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .openapi({ example: "a long walk to the sea", description: "May be left out by who has no password." });

export const SecondFactor = z
  .object({ enabled: z.boolean(), since: z.union([Timestamp, z.null()]), recoveryCodesLeft: z.int() })
  .openapi("SecondFactor", { example: { enabled: true, since: "2026-11-22T09:00:00.000Z", recoveryCodesLeft: 10 } });
export const TotpSecret = z.object({ secret: z.string(), uri: z.string() }).openapi("TotpSecret", {
  example: {
    secret: "JBSWY3DPEHPK3PXP",
    uri: "otpauth://totp/ContentOS:kim%40example.com?issuer=ContentOS&secret=JBSWY3DPEHPK3PXP",
  },
});
export const RecoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()) })
  .openapi("RecoveryCodes", { example: { recoveryCodes: ["h4qm-8ztk-2wpn-c6rd"] } });

const Ask = z.strictObject({ password: PasswordAgain }).openapi("PasswordAgain", {
  example: { password: "a long walk to the sea" },
});
const Confirm = z.strictObject({ totp: TotpCode }).openapi("ConfirmTotp", { example: { totp: "492039" } });

const tags = ["auth"];
const guarded = ["unauthenticated", "invalid_credentials", "second_factor_required", "cross_site_request"] as const;

export const getSecondFactor = createRoute({
  method: "get",
  path: "/auth/totp",
  operationId: "getSecondFactor",
  summary: "Whether one's second factor is on",
  tags,
  security: SIGNED_IN,
  responses: { 200: json("How it stands.", SecondFactor), ...problems("unauthenticated") },
});

export const startTotp = createRoute({
  method: "post",
  path: "/auth/totp",
  operationId: "startTotp",
  summary: "Begin to set up an authenticator app",
  description: "Nothing changes until a code of the app confirms it. Begun anew, the secret before it is void.",
  tags,
  security: SIGNED_IN,
  request: { body: body(Ask) },
  responses: { 200: json("What the app scans.", TotpSecret), ...problems(...guarded, "totp_on") },
});

export const confirmTotp = createRoute({
  method: "post",
  path: "/auth/totp/confirm",
  operationId: "confirmTotp",
  summary: "Turn the second factor on, by a code of the app",
  tags,
  security: SIGNED_IN,
  request: { body: body(Confirm) },
  responses: {
    200: json("On; all other sessions have ended. The recovery codes are shown this once.", RecoveryCodes),
    ...problems(...guarded, "totp_invalid", "totp_off"),
  },
});

export const disableTotp = createRoute({
  method: "post",
  path: "/auth/totp/disable",
  operationId: "disableTotp",
  summary: "Turn the second factor off",
  tags,
  security: SIGNED_IN,
  request: { body: body(Ask) },
  responses: { 204: { description: "Off; its recovery codes are void." }, ...problems(...guarded, "totp_off") },
});

export const renewRecoveryCodes = createRoute({
  method: "post",
  path: "/auth/totp/recovery-codes",
  operationId: "renewRecoveryCodes",
  summary: "Get new recovery codes; the old ones are void",
  tags,
  security: SIGNED_IN,
  request: { body: body(Ask) },
  responses: { 200: json("Shown this once.", RecoveryCodes), ...problems(...guarded, "totp_off") },
});
