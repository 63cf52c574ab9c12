import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  line,
  memberProblems,
  orNull,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export const TRIAL_STATUS = ["Waiting", "Running", "Decided", "Undecided", "Stopped"] as const;

const Variant = z.object({
  number: z.int().openapi({ description: "0 is the headline that is out." }),
  headline: z.string(),
  share: z.number().openapi({ description: "Of visitors that see it now, 0 to 1." }),
  views: z.int().openapi({ description: "How often it was on a visitor's screen." }),
  clicks: z.int(),
  rate: z.number().openapi({ description: "Expected share of views that are followed, 0 to 1." }),
  best: z.number().openapi({ description: "Probability to be the best of them, 0 to 1." }),
  loss: z.number().openapi({ description: "By how much its rate is expected to be below the best one's, 0 to 1." }),
});

export const SiteTrial = z
  .object({
    id: Id,
    contentItemId: Id,
    versionNumber: z.int(),
    status: z.enum(TRIAL_STATUS),
    needsApproval: z.boolean(),
    confidence: z.int().openapi({ description: "In percent." }),
    days: z.int(),
    variants: z.array(Variant),
    winner: z.int().nullable().openapi({ description: "Proposed, and taken over by a person alone." }),
    reason: orNull(z.enum(["Confident", "TimeOver", "PageChanged", "ByPerson"])),
    createdBy: Id,
    createdAt: Timestamp,
    approvedBy: Id.nullable(),
    startedAt: Timestamp.nullable(),
    endsAt: Timestamp.nullable(),
    endedAt: Timestamp.nullable(),
  })
  .openapi("SiteTrial", {
    example: {
      id: "3c2d1b4a-0000-4000-8000-000000000009",
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      versionNumber: 2,
      status: "Running",
      needsApproval: true,
      confidence: 95,
      days: 14,
      variants: [
        {
          number: 0,
          headline: "Spring launch",
          share: 0.2,
          views: 410,
          clicks: 17,
          rate: 0.042,
          best: 0.18,
          loss: 0.011,
        },
        {
          number: 1,
          headline: "What spring brings",
          share: 0.8,
          views: 905,
          clicks: 49,
          rate: 0.054,
          best: 0.82,
          loss: 0.001,
        },
      ],
      winner: null,
      reason: null,
      createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      createdAt: "2026-11-22T09:00:00.000Z",
      approvedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b03",
      startedAt: "2026-11-22T10:00:00.000Z",
      endsAt: "2026-12-06T10:00:00.000Z",
      endedAt: null,
    },
  });
export const SiteTrialPage = page(SiteTrial).openapi("SiteTrialPage");

export const ProposeTrial = z
  .strictObject({
    contentItemId: Id,
    headlines: z.array(line(300)).min(2).max(5).openapi({ description: "To be tried against the one that is out." }),
    confidence: z
      .int()
      .min(80)
      .max(99)
      .default(95)
      .openapi({ description: "In percent, from which on one is the best." }),
    days: z.int().min(1).max(60).default(14).openapi({ description: "After which it ends at the latest." }),
  })
  .openapi("ProposeTrial", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      headlines: ["What spring brings", "Spring, at last"],
    },
  });

export const ListTrials = z.strictObject({ contentItemId: Id.optional(), limit: Limit, cursor: Cursor });

const base = { tags: ["site"], security: SIGNED_IN };

export const listTrials = createRoute({
  ...base,
  operationId: "listTrials",
  method: "get",
  path: "/site/trials",
  summary: "List trials of headlines, the newest first",
  request: { headers: inWorkspace, query: ListTrials },
  responses: { 200: json("A page of trials", SiteTrialPage), ...memberProblems("invalid_cursor") },
});

export const getTrial = createRoute({
  ...base,
  operationId: "getTrial",
  method: "get",
  path: "/site/trials/{id}",
  summary: "Read how the headlines of a trial do",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The trial", SiteTrial), ...memberProblems() },
});

export const proposeTrial = createRoute({
  ...base,
  operationId: "proposeTrial",
  method: "post",
  path: "/site/trials",
  summary: "Put headlines forward to be tried on the site's list",
  description:
    "They are shown to visitors once somebody else has approved them, or at once where the workspace asks for no approval. What they write is kept to the letter.",
  request: { headers: creates, body: body(ProposeTrial) },
  responses: {
    201: json("The trial", SiteTrial),
    ...memberProblems("conflict", "invalid_json", "idempotency_key_reused"),
  },
});

export const approveTrial = createRoute({
  ...base,
  operationId: "approveTrial",
  method: "post",
  path: "/site/trials/{id}/approve",
  summary: "Approve the headlines of a trial, which then begins",
  request: { headers: creates, params: idParams },
  responses: { 200: json("The trial", SiteTrial), ...memberProblems("conflict", "own_work", "idempotency_key_reused") },
});

export const stopTrial = createRoute({
  ...base,
  operationId: "stopTrial",
  method: "post",
  path: "/site/trials/{id}/stop",
  summary: "Stop a trial; the headline that is out is shown to everybody again",
  request: { headers: creates, params: idParams },
  responses: { 200: json("The trial", SiteTrial), ...memberProblems("conflict", "idempotency_key_reused") },
});
