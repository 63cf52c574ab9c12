import { createRoute } from "@hono/zod-openapi";
import { body, creates, Id, json, memberProblems, SIGNED_IN, z } from "@/platform/contract";
import { AI_PROBLEMS, AiCredits } from "../headline/contract";

export const DescribeVoice = z
  .strictObject({
    contentItemIds: z
      .array(Id)
      .min(1)
      .max(8)
      .openapi({ description: "Whose current versions sound as the brand does." }),
  })
  .openapi("DescribeVoice", { example: { contentItemIds: ["2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10"] } });

export const DescribedVoice = z
  .object({
    generationId: Id,
    voice: z.string().openapi({ description: "To be edited and kept as `brandVoice` of the AI settings." }),
    samples: z.array(z.object({ contentItemId: Id, versionNumber: z.int(), title: z.string() })),
    model: z.string(),
    credits: AiCredits,
  })
  .openapi("DescribedVoice", {
    example: {
      generationId: "7a2d3c4b-0000-4000-8000-000000000001",
      voice: "Short sentences. Speaks to the reader as you. Says why before how.",
      samples: [{ contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10", versionNumber: 2, title: "Spring launch" }],
      model: "mistralai/mistral-small",
      credits: { used: 3, remaining: 81, low: false },
    },
  });

export const describeVoice = createRoute({
  tags: ["ai"],
  security: SIGNED_IN,
  operationId: "describeVoice",
  method: "post",
  path: "/ai/voice",
  summary: "Describe how the brand speaks, from items that sound like it",
  description:
    "Nothing is changed: an Admin edits the description and keeps it as `brandVoice`, with which every later question to a model is asked. It says how something is said, and none of what the samples say.",
  request: { headers: creates, body: body(DescribeVoice) },
  responses: { 200: json("The description", DescribedVoice), ...memberProblems(...AI_PROBLEMS) },
});
