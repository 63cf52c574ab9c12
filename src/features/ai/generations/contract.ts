import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export const FEEDBACK = ["Used", "Edited", "Dropped"] as const;
export const GENERATION_STATUS = ["Running", "Succeeded", "Failed", "Canceled", "Lost"] as const;

/** What models are asked for; whatever asks them names it here. */
const OPERATIONS = ["headline", "seo", "adapt", "rewrite", "altText", "voice", "ask", "plan", "test", "embed"] as const;

const example = {
  id: "7a2d3c4b-0000-4000-8000-000000000001",
  operation: "headline",
  contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  versionNumber: 2,
  channelId: null,
  personaId: null,
  prompt: "headline@1",
  model: "mistralai/mistral-small",
  endpointHost: "openrouter.ai",
  ownKey: false,
  status: "Succeeded" as const,
  errorCode: null,
  tries: [{ model: "mistralai/mistral-small", host: "openrouter.ai", outcome: "Answered", ms: 1840 }],
  inputTokens: 812,
  outputTokens: 164,
  costUsd: 0.00026,
  credits: 1,
  latencyMs: 1862,
  feedback: null,
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  apiKeyId: null,
  createdAt: "2026-11-22T09:00:00.000Z",
};

export const Generation = z
  .object({
    id: Id,
    operation: z.string(),
    contentItemId: Id.nullable(),
    versionNumber: z.int().nullable(),
    channelId: Id.nullable(),
    personaId: Id.nullable(),
    prompt: z.string(),
    model: z.string().nullable(),
    endpointHost: z
      .string()
      .nullable()
      .openapi({ description: "The host of the endpoint that answered, or was asked last." }),
    ownKey: z.boolean().openapi({ description: "Whether the workspace's own key paid for it." }),
    status: z.enum(GENERATION_STATUS),
    errorCode: z.string().nullable(),
    tries: z.array(z.object({ model: z.string(), host: z.string().optional(), outcome: z.string(), ms: z.int() })),
    inputTokens: z.int(),
    outputTokens: z.int(),
    costUsd: z.number().nullable().openapi({ description: "Null where nobody tells a price." }),
    credits: z.int(),
    latencyMs: z.int().nullable(),
    feedback: z.enum(FEEDBACK).nullable(),
    createdBy: Id,
    apiKeyId: Id.nullable().openapi({
      description: "The API key that asked in the member's name, and spent the credits.",
    }),
    createdAt: Timestamp,
  })
  .openapi("Generation", { example });
export const GenerationPage = page(Generation).openapi("GenerationPage");

export const ListGenerations = z.strictObject({
  contentItemId: Id.optional(),
  operation: z.enum(OPERATIONS).optional(),
  limit: Limit,
  cursor: Cursor,
});

export const GiveFeedback = z
  .strictObject({ feedback: z.enum(FEEDBACK) })
  .openapi("GiveFeedback", { example: { feedback: "Used" } });

const base = { tags: ["ai"], security: SIGNED_IN };

export const listGenerations = createRoute({
  ...base,
  operationId: "listGenerations",
  method: "get",
  path: "/ai/generations",
  summary: "List what models were asked, the newest first",
  request: { headers: inWorkspace, query: ListGenerations },
  responses: { 200: json("A page of generations", GenerationPage), ...memberProblems("invalid_cursor") },
});

export const giveFeedback = createRoute({
  ...base,
  operationId: "giveFeedback",
  method: "post",
  path: "/ai/generations/{id}/feedback",
  summary: "Say what became of a suggestion",
  request: { headers: inWorkspace, params: idParams, body: body(GiveFeedback) },
  responses: { 200: json("The generation", Generation), ...memberProblems("invalid_json") },
});
