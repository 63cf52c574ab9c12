import { createRoute } from "@hono/zod-openapi";
import { body, PUBLIC, problems, SIGNED_IN, z } from "@/platform/contract";

const VerifyEmail = z
  .strictObject({ token: z.string().min(1).max(200) })
  .openapi("VerifyEmail", { example: { token: "kJ8s0QeWv2Zt5Yb1" } });

const tags = ["auth"];

export const verifyEmail = createRoute({
  method: "post",
  path: "/auth/verify-email",
  operationId: "verifyEmail",
  summary: "Confirm an address with the token of a mail",
  tags,
  security: PUBLIC,
  request: { body: body(VerifyEmail) },
  responses: { 204: { description: "Confirmed." }, ...problems("verification_token_invalid") },
});

export const sendVerification = createRoute({
  method: "post",
  path: "/auth/verify-email/send",
  operationId: "sendVerification",
  summary: "Ask for another mail to confirm one's address",
  tags,
  security: SIGNED_IN,
  responses: {
    202: { description: "A mail is on its way, unless the address is confirmed already." },
    ...problems("unauthenticated", "cross_site_request"),
  },
});
