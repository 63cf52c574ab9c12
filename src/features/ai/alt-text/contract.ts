import { createRoute } from "@hono/zod-openapi";
import { body, creates, Id, json, memberProblems, SIGNED_IN, z } from "@/platform/contract";
import { ContentMetadata } from "@/platform/writing";
import { AI_PROBLEMS, AiCredits } from "../headline/contract";

export const SuggestAltText = z
  .strictObject({
    assetId: Id,
    language: ContentMetadata.shape.language.openapi({ description: "The workspace's, unless said." }),
  })
  .openapi("SuggestAltText", { example: { assetId: "0d1c2b3a-0000-4000-8000-000000000005" } });

export const SuggestedAltText = z
  .object({ generationId: Id, altText: z.string(), model: z.string(), credits: AiCredits })
  .openapi("SuggestedAltText", {
    example: {
      generationId: "7a2d3c4b-0000-4000-8000-000000000001",
      altText: "A gardener in a straw hat cuts a red rose above its fifth leaf.",
      model: "mistralai/pixtral-12b",
      credits: { used: 2, remaining: 84, low: false },
    },
  });

export const suggestAltText = createRoute({
  tags: ["ai"],
  security: SIGNED_IN,
  operationId: "suggestAltText",
  method: "post",
  path: "/ai/alt-text",
  summary: "Suggest what an image of the library says to who can't see it",
  description:
    "A model that sees is sent the image, at most 1,280 px wide and without what a camera wrote into it. Nothing is changed: whoever asked takes the words over by `updateAsset`.",
  request: { headers: creates, body: body(SuggestAltText) },
  responses: { 200: json("The suggestion", SuggestedAltText), ...memberProblems(...AI_PROBLEMS) },
});
