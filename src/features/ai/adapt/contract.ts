import { createRoute } from "@hono/zod-openapi";
import { AdaptableNetwork, isOneTarget, ONE_TARGET } from "@/features/content/contract";
import { body, creates, Id, json, memberProblems, orNull, SIGNED_IN, z } from "@/platform/contract";
import { AI_PROBLEMS, AiCredits, STREAMED } from "../headline/contract";

export const AdaptContent = z
  .strictObject({
    contentItemId: Id,
    channelId: Id.optional(),
    network: AdaptableNetwork.optional(),
    personaId: Id.optional(),
    useModel: z
      .boolean()
      .default(true)
      .openapi({ description: "False splits and trims by rule, as it is done where no model can be asked." }),
  })
  .refine(isOneTarget, { message: ONE_TARGET, path: ["channelId"] })
  .openapi("AdaptContent", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      channelId: "9d3c1b2a-0000-4000-8000-000000000001",
    },
  });

export const ADAPT_CHECKS = ["limits", "links", "mentions", "numbers", "names", "model"] as const;

const AdaptCheck = z.object({
  id: z.enum(ADAPT_CHECKS),
  status: z.enum(["Pass", "Warn", "Fail"]),
  message: z.string(),
  evidence: z.array(z.string()),
});

export const Adapted = z
  .object({
    adaptationId: Id,
    versionNumber: z.int().openapi({ description: "Of the version that it was made of." }),
    parts: z.array(z.object({ text: z.string() })),
    checks: z.array(AdaptCheck),
    model: z.string().nullable().openapi({ description: "Null where rules made it." }),
    generationId: Id.nullable(),
    credits: orNull(AiCredits),
  })
  .openapi("AdaptedContent", {
    example: {
      adaptationId: "6e2d3c4b-0000-4000-8000-000000000001",
      versionNumber: 2,
      parts: [{ text: "Spring is here." }],
      checks: [{ id: "limits", status: "Pass", message: "It is within the channel's limits.", evidence: [] }],
      model: "mistralai/mistral-small",
      generationId: "7a2d3c4b-0000-4000-8000-000000000001",
      credits: { used: 2, remaining: 85, low: false },
    },
  });

export const adaptContent = createRoute({
  tags: ["ai"],
  security: SIGNED_IN,
  operationId: "adaptContent",
  method: "post",
  path: "/ai/adapt",
  summary: "Rewrite the current version for a channel or a network",
  description: `For a connected channel (\`channelId\`), or for a network without one (\`network\`), to be copied there. It is kept as an adaptation of the item, pinned to the version that it was made of. It is within the channel's limits, and says no number, name, link or mention that the source doesn't have. Without a model that can be asked, rules split and trim the text, and \`model\` is null. ${STREAMED}`,
  request: { headers: creates, body: body(AdaptContent) },
  responses: {
    200: json("The adaptation", Adapted),
    ...memberProblems("archived", "channel_disconnected", "channel_limits", ...AI_PROBLEMS),
  },
});
