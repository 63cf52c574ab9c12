import { createRoute } from "@hono/zod-openapi";
import { body, json, problems, SIGNED_IN, Timestamp, z } from "@/platform/contract";
import { TotpCode } from "../factors/contract";
import { Assertion } from "../passkeys/contract";

const Prove = z
  .strictObject({
    password: z.string().min(1).max(200).optional(),
    totp: TotpCode.optional(),
    passkey: Assertion.optional(),
  })
  .refine(
    (shown) => Object.values(shown).filter((one) => one !== undefined).length === 1,
    "Show one of password, totp and passkey.",
  )
  .openapi("Prove", { example: { password: "a long walk to the sea" } });
export const Proved = z
  .object({ until: Timestamp.openapi({ description: "Until then, nothing asks for it again." }) })
  .openapi("Proved", { example: { until: "2026-11-22T09:10:00.000Z" } });

export type ProveInput = z.output<typeof Prove>;

export const prove = createRoute({
  method: "post",
  path: "/auth/prove",
  operationId: "prove",
  summary: "Show again that it is you",
  description:
    "What a thief of a session must not do, such as to end one's other sessions, is refused with `proof_required` unless one has signed in or done this in the last ten minutes; `ways` of that problem names what one has: `Password`, `Totp`, `Passkey`. For a passkey, ask for a challenge by `POST /auth/passkeys/login/options`.",
  tags: ["auth"],
  security: SIGNED_IN,
  request: { body: body(Prove) },
  responses: {
    200: json("Shown: repeat what was refused.", Proved),
    ...problems(
      "unauthenticated",
      "invalid_credentials",
      "totp_invalid",
      "totp_off",
      "passkey_invalid",
      "cross_site_request",
    ),
  },
});
