import { createRoute } from "@hono/zod-openapi";
import { AI_PROBLEMS, AiCredits } from "@/features/ai/contract";
import { body, creates, Id, json, memberProblems, orNull, SIGNED_IN, Timestamp, z } from "@/platform/contract";

export const ProposePlan = z
  .strictObject({
    week: z.iso.date().optional().openapi({ description: "A day of the week; the coming week, unless said." }),
    count: z.int().min(1).max(7).default(5),
    personaId: Id.optional(),
    useModel: z.boolean().default(true).openapi({ description: "False proposes times alone, and costs no credit." }),
  })
  .openapi("ProposePlan", { example: { week: "2026-11-30", count: 3 } });

const Idea = z.object({
  title: z.string(),
  goal: z.string(),
  keyword: z.string(),
  basedOn: z.array(Id).openapi({ description: "Items that did best, out of which it grows." }),
});

const Slot = z.object({
  dueAt: Timestamp,
  why: z.enum(["BestTime", "Gap"]).openapi({
    description:
      "BestTime: what went out at this hour did well. Gap: nothing is known of the hour, and nothing is due on the day.",
  }),
  campaign: orNull(z.object({ id: Id, name: z.string() })),
  idea: orNull(Idea),
});

export const ProposedPlan = z
  .object({
    from: Timestamp,
    to: Timestamp,
    timeZone: z.string(),
    slots: z.array(Slot).openapi({ description: "In the order of time. None is made: a person takes it, or doesn't." }),
    best: z.array(z.object({ contentItemId: Id, title: z.string() })).openapi({ description: "Of the last 90 days." }),
    generationId: Id.nullable(),
    model: z.string().nullable(),
    credits: orNull(AiCredits),
  })
  .openapi("ProposedPlan", {
    example: {
      from: "2026-11-29T23:00:00.000Z",
      to: "2026-12-06T23:00:00.000Z",
      timeZone: "Europe/Vienna",
      slots: [
        {
          dueAt: "2026-12-01T08:00:00.000Z",
          why: "BestTime",
          campaign: null,
          idea: {
            title: "Which roses need no pruning",
            goal: "Readers know which ones to leave alone.",
            keyword: "roses without pruning",
            basedOn: ["2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10"],
          },
        },
      ],
      best: [{ contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10", title: "Spring in the garden" }],
      generationId: "7a2d3c4b-0000-4000-8000-000000000001",
      model: "mistralai/mistral-small",
      credits: { used: 2, remaining: 77, low: false },
    },
  });

export const proposePlan = createRoute({
  tags: ["assistant"],
  security: SIGNED_IN,
  operationId: "proposePlan",
  method: "post",
  path: "/assistant/plan",
  summary: "Propose what to write in a week, and when",
  description:
    "Times are told by rule: hours at which what went out did well, on days on which nothing is due. A model adds ideas that grow out of what did best; where none is set up, the times are proposed alone.",
  request: { headers: creates, body: body(ProposePlan) },
  responses: { 200: json("The proposals", ProposedPlan), ...memberProblems(...AI_PROBLEMS) },
});
