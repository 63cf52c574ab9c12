import { createRoute } from "@hono/zod-openapi";
import { NETWORKS } from "@/features/channels/contract";
import { ContentStatus } from "@/features/content/contract";
import { SCHEDULE_STATUSES } from "@/features/distribution/contract";
import { Brief } from "@/features/planning/contract";
import {
  Cursor,
  Id,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { Metric } from "../shapes";

const Publication = z
  .object({
    scheduleId: Id,
    channelId: Id,
    channelName: z.string(),
    network: z.enum(NETWORKS),
    status: z.enum(SCHEDULE_STATUSES),
    scheduledTime: Timestamp,
    publishedAt: Timestamp.nullable(),
    publishedUrl: z.string().nullable(),
    removedAt: Timestamp.nullable(),
    metrics: z.array(Metric).openapi({
      description: "Of the post or page as a whole, at its newest publication; none at those before.",
    }),
  })
  .openapi("LineagePublication");

const Adaptation = z
  .object({
    id: Id,
    channelId: Id.nullable(),
    network: z
      .string()
      .nullable()
      .openapi({ description: "The network that it is copied to; null where it has a channel." }),
    contentHash: z.string(),
    createdAt: Timestamp,
    publications: z.array(Publication),
  })
  .openapi("LineageAdaptation");

const Version = z
  .object({
    versionNumber: z.int(),
    isCurrent: z.boolean(),
    title: z.string(),
    contentHash: z.string(),
    updatedBy: Id,
    updatedAt: Timestamp,
    adaptations: z.array(Adaptation),
    publications: z
      .array(Publication)
      .openapi({ description: "Those that went out, or are to, without an adaptation." }),
  })
  .openapi("LineageVersion");

const Named = z.object({ id: Id, name: z.string(), removed: z.boolean() });

export const Lineage = z
  .object({
    contentItemId: Id,
    title: z.string(),
    status: ContentStatus,
    createdAt: Timestamp,
    dueAt: Timestamp.nullable(),
    publishedAt: Timestamp.nullable(),
    archivedAt: Timestamp.nullable(),
    persona: Named.nullable(),
    campaign: Named.nullable(),
    brief: z
      .object({ version: z.int(), goal: z.string(), keyword: z.string(), channelMix: Brief.shape.channelMix })
      .nullable(),
    versionCount: z.int(),
    versions: z.array(Version).openapi({
      description: "The current one, and those that were adapted or scheduled; the newest first.",
    }),
  })
  .openapi("Lineage", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      title: "Spring launch",
      status: "Published",
      createdAt: "2026-11-20T09:00:00.000Z",
      dueAt: "2026-11-22T16:00:00.000Z",
      publishedAt: "2026-11-22T08:00:00.412Z",
      archivedAt: null,
      persona: { id: "6a1c2b3a-0000-4000-8000-000000000003", name: "Regular of the café", removed: false },
      campaign: { id: "8c1c2b3a-0000-4000-8000-000000000007", name: "Spring menu", removed: false },
      brief: {
        version: 2,
        goal: "Fill the tables on weekdays.",
        keyword: "spring menu",
        channelMix: [{ network: "site", count: 1 }],
      },
      versionCount: 3,
      versions: [
        {
          versionNumber: 3,
          isCurrent: true,
          title: "Spring launch",
          contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
          updatedAt: "2026-11-21T09:00:00.000Z",
          adaptations: [],
          publications: [
            {
              scheduleId: "b4f2c1d0-0000-4000-8000-000000000001",
              channelId: "9d3c1b2a-0000-4000-8000-000000000001",
              channelName: "Site",
              network: "site",
              status: "Published",
              scheduledTime: "2026-11-22T08:00:00.000Z",
              publishedAt: "2026-11-22T08:00:00.412Z",
              publishedUrl: "https://contentos.example/s/cafe/spring-launch",
              removedAt: null,
              metrics: [
                {
                  metricType: "views",
                  value: 128,
                  state: "Measured",
                  source: "site",
                  channelId: "9d3c1b2a-0000-4000-8000-000000000001",
                  scheduleId: "b4f2c1d0-0000-4000-8000-000000000001",
                  fetchedAt: "2026-11-22T09:00:00.000Z",
                  error: null,
                },
              ],
            },
          ],
        },
      ],
    },
  });
export const LineagePage = page(Lineage).openapi("LineagePage");

/** One of the three, which the service asks for: nobody is told what is missing who may not ask at all. */
export const GetLineage = z.strictObject({
  contentItemId: Id.optional(),
  personaId: Id.optional(),
  campaignId: Id.optional(),
  limit: Limit,
  cursor: Cursor,
});

export const getLineage = createRoute({
  tags: ["analytics"],
  security: SIGNED_IN,
  operationId: "getLineage",
  method: "get",
  path: "/analytics/lineage",
  summary: "Follow items from the persona to the result: brief, versions, adaptations, publications and their metrics",
  request: { headers: inWorkspace, query: GetLineage },
  responses: { 200: json("A page of items, the newest first", LineagePage), ...memberProblems("invalid_cursor") },
});
