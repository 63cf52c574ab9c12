import { createRoute } from "@hono/zod-openapi";
import { body, json, orNull, PUBLIC, problems, Timestamp, z } from "@/platform/contract";

const KeptChoice = z.object({
  optedOut: z.boolean(),
  madeBy: z.enum(["Person", "Signal"]).openapi({ description: "`Signal`: by Global Privacy Control." }),
  madeAt: Timestamp,
});

export const PrivacyChoice = z
  .object({
    optedOut: z.boolean().openapi({ description: "Whether any of what follows says so: the strictest holds." }),
    signal: z.boolean().openapi({ description: "Whether the browser sends `Sec-GPC: 1`." }),
    cookie: z.boolean().openapi({ description: "Whether this browser keeps it." }),
    account: orNull(KeptChoice).openapi({ description: "What is kept with the account of who has signed in." }),
  })
  .openapi("PrivacyChoice", {
    example: {
      optedOut: true,
      signal: false,
      cookie: true,
      account: { optedOut: true, madeBy: "Person", madeAt: "2026-11-22T09:00:00.000Z" },
    },
  });

const base = { tags: ["privacy"], security: PUBLIC };

export const getPrivacyChoice = createRoute({
  ...base,
  operationId: "getPrivacyChoice",
  method: "get",
  path: "/privacy/choice",
  summary: "Tell whether one has opted out of sale and sharing",
  description: "For everybody, signed in or not. What is kept with an account is brought to the browser as a cookie.",
  responses: { 200: json("What holds here", PrivacyChoice), ...problems() },
});

export const SetPrivacyChoice = z
  .strictObject({ optedOut: z.boolean() })
  .openapi("SetPrivacyChoice", { example: { optedOut: true } });

export const setPrivacyChoice = createRoute({
  ...base,
  operationId: "setPrivacyChoice",
  method: "put",
  path: "/privacy/choice",
  summary: "Opt out of sale and sharing, or take that back",
  description:
    "Kept as a cookie, and with the account of who has signed in. A signal of the browser holds beside it, whatever is said here.",
  request: { body: body(SetPrivacyChoice) },
  responses: {
    200: json("What holds here", PrivacyChoice),
    ...problems("cross_site_request", "invalid_json", "too_large"),
  },
});

/** Of whoever reads. */
export const InLanguage = z.strictObject({
  language: z.enum(["en", "de"]).default("en").openapi({ example: "en" }),
});

const PrivacyNotice = z.object({ version: z.string(), title: z.string(), html: z.string() }).openapi("PrivacyNotice", {
  example: { version: "3f2a9c01d4e5", title: "Your privacy choices", html: "<p>What is collected …</p>" },
});
export const PrivacyNoticeAnswer = PrivacyNotice;

export const getPrivacyNotice = createRoute({
  ...base,
  operationId: "getPrivacyNotice",
  method: "get",
  path: "/privacy/notice",
  summary: "Read the notice at collection: what is collected, what for, and for how long",
  request: { query: InLanguage },
  responses: { 200: json("The operator's text, or ours", PrivacyNotice), ...problems() },
});
