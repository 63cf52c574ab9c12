import { createRoute } from "@hono/zod-openapi";
import { body, creates, Id, json, memberProblems, SIGNED_IN, z } from "@/platform/contract";

export const TECHNIQUES = [
  "HowTo",
  "Question",
  "Benefit",
  "Number",
  "Contrast",
  "News",
  "Curiosity",
  "Direct",
] as const;

/** What of a text a model is shown, in UTF-16 code units. */
export const MAX_SOURCE_CHARS = 40_000;

export const SuggestHeadlines = z
  .strictObject({
    contentItemId: Id.optional(),
    text: z.string().trim().min(20).max(MAX_SOURCE_CHARS).optional(),
    personaId: Id.optional(),
    count: z.int().min(1).max(10).default(5),
    maxLength: z.int().min(20).max(300).default(90).openapi({ description: "In characters, as people count them." }),
  })
  .refine(({ contentItemId, text }) => (contentItemId === undefined) !== (text === undefined), {
    path: ["contentItemId"],
    message: "Give either contentItemId or text.",
  })
  .openapi("SuggestHeadlines", { example: { contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10", count: 5 } });

export const AiCredits = z.object({
  used: z.int().openapi({ description: "By this call." }),
  remaining: z.int(),
  low: z.boolean().openapi({ description: "Whether four fifths of the month's credits are gone." }),
});

export const Headlines = z
  .object({
    generationId: Id,
    suggestions: z.array(z.object({ text: z.string(), reason: z.string(), technique: z.enum(TECHNIQUES) })),
    model: z.string(),
    credits: AiCredits,
  })
  .openapi("Headlines", {
    example: {
      generationId: "7a2d3c4b-0000-4000-8000-000000000001",
      suggestions: [
        { text: "What spring brings to your garden", reason: "It says what the reader gets.", technique: "Benefit" },
      ],
      model: "mistralai/mistral-small",
      credits: { used: 1, remaining: 87, low: false },
    },
  });

export const AI_PROBLEMS = [
  "ai_not_configured",
  "ai_no_allowed_model",
  "ai_canceled",
  "ai_failed",
  "ai_key_refused",
  "ai_limit",
  "credits_exhausted",
  "conflict",
  "idempotency_key_reused",
  "invalid_json",
] as const;

/** What an answer in pieces is, for who asks with `Accept: text/event-stream`. */
export const STREAMED =
  "With `Accept: text/event-stream` the answer comes in pieces: `partial` messages with what there is, then `done` with the whole answer, or `failed` with a problem document. Closing the connection cancels the call.";

export const suggestHeadlines = createRoute({
  tags: ["ai"],
  security: SIGNED_IN,
  operationId: "suggestHeadlines",
  method: "post",
  path: "/ai/headline",
  summary: "Suggest headlines, the best one first",
  description: `None is longer than \`maxLength\`, repeats another or claims a number, name, quote or link that the text doesn't have. ${STREAMED}`,
  request: { headers: creates, body: body(SuggestHeadlines) },
  responses: { 200: json("The suggestions", Headlines), ...memberProblems(...AI_PROBLEMS) },
});
