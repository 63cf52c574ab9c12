import { createRoute } from "@hono/zod-openapi";
import { AI_PROBLEMS, AiCredits } from "@/features/ai/contract";
import { body, creates, Id, json, memberProblems, orNull, SIGNED_IN, z } from "@/platform/contract";

export const AskWorkspace = z
  .strictObject({
    question: z.string().trim().min(3).max(500),
    useModel: z.boolean().default(true).openapi({ description: "False answers what was found, and costs no credit." }),
  })
  .openapi("AskWorkspace", { example: { question: "When do we say roses are pruned?" } });

const Passage = z.object({
  id: z.string().openapi({ description: "By which sentences cite it, such as P1." }),
  contentItemId: Id,
  versionNumber: z.int(),
  title: z.string(),
  text: z.string(),
});

export const WorkspaceAnswer = z
  .object({
    sentences: z
      .array(z.object({ text: z.string(), passages: z.array(z.string()) }))
      .openapi({ description: "Each with the ids of the passages that it stands on; none where there is no answer." }),
    passages: z.array(Passage).openapi({ description: "What was found, the best first." }),
    why: orNull(z.enum(["NotFound", "NoModel", "NotAnswered"])).openapi({
      description: "Why there are no sentences; null where there are.",
    }),
    generationId: Id.nullable(),
    model: z.string().nullable(),
    credits: orNull(AiCredits),
  })
  .openapi("WorkspaceAnswer", {
    example: {
      sentences: [{ text: "Roses are pruned in spring.", passages: ["P1"] }],
      passages: [
        {
          id: "P1",
          contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
          versionNumber: 2,
          title: "Spring in the garden",
          text: "Spring is the time to prune roses.",
        },
      ],
      why: null,
      generationId: "7a2d3c4b-0000-4000-8000-000000000001",
      model: "mistralai/mistral-small",
      credits: { used: 2, remaining: 79, low: false },
    },
  });

export const askWorkspace = createRoute({
  tags: ["assistant"],
  security: SIGNED_IN,
  operationId: "askWorkspace",
  method: "post",
  path: "/assistant/ask",
  summary: "Ask what the workspace's items say",
  description:
    "Looked up in the current versions of items that aren't archived. Each sentence cites what was found, and says nothing that isn't there.",
  request: { headers: creates, body: body(AskWorkspace) },
  responses: { 200: json("The answer, and what was found", WorkspaceAnswer), ...memberProblems(...AI_PROBLEMS) },
});
