import { createRoute } from "@hono/zod-openapi";
import {
  BaseUpdatedAt,
  body,
  Id,
  inWorkspace,
  json,
  line,
  memberProblems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { SENTENCES } from "@/platform/issue-rules";

const Regions = z.array(z.string().regex(/^[a-z0-9-]{1,32}$/, SENTENCES.region)).max(20);
const limit = (max: number) => z.int().positive().max(max).nullable();
const limits = {
  maxRequestsPerMinute: limit(10_000),
  maxConcurrent: limit(1_000),
  maxTokensPerDay: limit(2_000_000_000),
  maxCreditsPerDay: limit(2_000_000_000),
};

/** As `AI_MODELS` has them. */
const ModelEntry = z
  .string()
  .regex(
    /^[^\s;,]{1,200}(;(region=[a-z0-9-]{1,32}|retention=(none|some)|(in|out)=\d{1,6}(\.\d{1,6})?))*$/,
    "A model's name, and after it what is known of it, such as mistralai/mistral-small;region=eu;retention=none.",
  );

const TRY_OUTCOMES = [
  "Answered",
  "Invalid",
  "Unavailable",
  "Busy",
  "TimedOut",
  "Refused",
  "KeyRefused",
  "Canceled",
] as const;
const Which = z.enum(["First", "Fallback"]);
const Endpoint = z.url({ protocol: /^https?$/ }).max(500);

export const AiSettings = z
  .object({
    configured: z.boolean().openapi({ description: "Whether a model can be asked." }),
    usable: z.boolean().openapi({ description: "Whether what the workspace allows leaves a model." }),
    missing: z.string().nullable().openapi({ description: "What to set where it can't." }),
    baseUrl: z.string().nullable().openapi({ description: "The workspace's own endpoint; null for the deployment's." }),
    keyHint: z
      .string()
      .nullable()
      .openapi({ description: "The end of the workspace's own key; null where it has none." }),
    models: z.array(z.string()).openapi({ description: "The workspace's own; empty for the deployment's." }),
    fallbackBaseUrl: z.string().nullable(),
    fallbackKeyHint: z.string().nullable().openapi({
      description: "The end of the key of the workspace's own second endpoint; null where it has none.",
    }),
    fallbackModels: z.array(z.string()),
    endpoints: z
      .array(
        z.object({
          which: Which,
          own: z.boolean().openapi({ description: "Whether the workspace's own key pays." }),
          host: z.string(),
          models: z.array(z.string()).openapi({ description: "Those that the workspace allows." }),
        }),
      )
      .openapi({ description: "In the order in which they are asked: the next where the one before fails." }),
    deploymentModels: z.array(z.string()),
    regions: Regions,
    zeroRetention: z.boolean(),
    findByMeaning: z.boolean().openapi({
      description:
        "Whether texts are sent to a model that tells what they mean, so that questions find them in other words.",
    }),
    meaningModel: z.string().nullable().openapi({ description: "That model; null where the deployment has none." }),
    brandVoice: z.string(),
    ...limits,
    defaults: z.object({ maxRequestsPerMinute: z.int(), maxConcurrent: z.int(), maxTokensPerDay: z.int() }),
    credits: z.object({ included: z.int(), used: z.int(), remaining: z.int(), low: z.boolean() }),
    updatedBy: Id.nullable(),
    updatedAt: Timestamp.nullable(),
  })
  .openapi("AiSettings", {
    example: {
      configured: true,
      usable: true,
      missing: null,
      baseUrl: null,
      keyHint: null,
      models: [],
      fallbackBaseUrl: null,
      fallbackKeyHint: null,
      fallbackModels: [],
      endpoints: [{ which: "First", own: false, host: "openrouter.ai", models: ["mistralai/mistral-small"] }],
      deploymentModels: ["mistralai/mistral-small;region=eu;retention=none"],
      regions: ["eu"],
      zeroRetention: true,
      findByMeaning: false,
      meaningModel: null,
      brandVoice: "Plain and friendly.",
      maxRequestsPerMinute: null,
      maxConcurrent: null,
      maxTokensPerDay: null,
      maxCreditsPerDay: 500,
      defaults: { maxRequestsPerMinute: 60, maxConcurrent: 10, maxTokensPerDay: 2000000 },
      credits: { included: 100, used: 12, remaining: 88, low: false },
      updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });

export const UpdateAiSettings = z
  .strictObject({
    baseUrl: Endpoint.nullable().optional(),
    apiKey: line(500)
      .nullable()
      .optional()
      .openapi({ description: "Kept encrypted and shown to nobody; null takes it out." }),
    models: z.array(ModelEntry).max(10).optional(),
    fallbackBaseUrl: Endpoint.nullable().optional(),
    fallbackApiKey: line(500).nullable().optional().openapi({
      description: "Of a second endpoint, which is asked where the first fails; null takes it out.",
    }),
    fallbackModels: z.array(ModelEntry).max(10).optional(),
    regions: Regions.optional(),
    zeroRetention: z.boolean().optional(),
    findByMeaning: z.boolean().optional(),
    brandVoice: z.string().trim().max(4_000).optional(),
    maxRequestsPerMinute: limits.maxRequestsPerMinute.optional(),
    maxConcurrent: limits.maxConcurrent.optional(),
    maxTokensPerDay: limits.maxTokensPerDay.optional(),
    maxCreditsPerDay: limits.maxCreditsPerDay.optional(),
    baseUpdatedAt: BaseUpdatedAt,
  })
  .openapi("UpdateAiSettings", { example: { zeroRetention: true, regions: ["eu"], maxCreditsPerDay: 500 } });

const base = { tags: ["ai"], security: SIGNED_IN };

export const getAiSettings = createRoute({
  ...base,
  operationId: "getAiSettings",
  method: "get",
  path: "/ai/settings",
  summary: "Read whether AI can be used, by which models and limits",
  request: { headers: inWorkspace },
  responses: { 200: json("The settings", AiSettings), ...memberProblems() },
});

export const updateAiSettings = createRoute({
  ...base,
  operationId: "updateAiSettings",
  method: "put",
  path: "/ai/settings",
  summary: "Change the workspace's own key, models, limits and voice",
  request: { headers: inWorkspace, body: body(UpdateAiSettings) },
  responses: {
    200: json("The settings", AiSettings),
    ...memberProblems("invalid_json", "version_conflict", "key_not_allowed"),
  },
});

export const TestAiEndpoint = z
  .strictObject({ which: Which })
  .openapi("TestAiEndpoint", { example: { which: "Fallback" } });

export const AiEndpointTest = z
  .object({
    works: z.boolean(),
    host: z.string(),
    model: z.string().nullable(),
    outcome: z.enum(TRY_OUTCOMES),
    ms: z.int(),
    credits: z.object({ used: z.int(), remaining: z.int(), low: z.boolean() }),
  })
  .openapi("AiEndpointTest", {
    example: {
      works: true,
      host: "openrouter.ai",
      model: "mistralai/mistral-small",
      outcome: "Answered",
      ms: 840,
      credits: { used: 1, remaining: 99, low: false },
    },
  });

export const testAiEndpoint = createRoute({
  ...base,
  operationId: "testAiEndpoint",
  method: "post",
  path: "/ai/settings/test",
  summary: "Ask one endpoint a short question, to see whether it answers",
  request: { headers: inWorkspace, body: body(TestAiEndpoint) },
  responses: {
    200: json("What came of it", AiEndpointTest),
    ...memberProblems(
      "invalid_json",
      "key_not_allowed",
      "ai_not_configured",
      "ai_no_allowed_model",
      "ai_limit",
      "credits_exhausted",
      "ai_canceled",
    ),
  },
});
