import { createRoute } from "@hono/zod-openapi";
import { Id, idParams, json, problems, SIGNED_IN, Timestamp, z } from "@/platform/contract";
import { PeriodQuery } from "../shapes";

const MOST = 50;

export const TopQuery = PeriodQuery.extend({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST)
    .default(10)
    .openapi({ description: "How many items are named at most.", example: 10 }),
});

export const TopContent = z
  .object({
    workspaceId: Id,
    from: Timestamp,
    to: Timestamp,
    timeZone: z.string(),
    items: z
      .array(
        z.object({
          contentItemId: Id,
          title: z.string(),
          reach: z
            .number()
            .nullable()
            .openapi({ description: "Growth of views in the period; null where none were told." }),
          engagement: z.number().nullable().openapi({ description: "Growth of all else that people did." }),
        }),
      )
      .openapi({ description: "Those that grew, the most first." }),
    times: z
      .array(
        z.object({
          weekday: z.int().min(1).max(7).openapi({ description: "1 is Monday; in the workspace's time zone." }),
          hour: z.int().min(0).max(23),
          publications: z
            .int()
            .openapi({ description: "That went out then in the period, and of which something was told." }),
          reach: z.number().nullable().openapi({ description: "Median of their views until now." }),
          engagement: z.number().nullable().openapi({ description: "Median of all else that people did until now." }),
        }),
      )
      .openapi({ description: "By the hour in which publications went out." }),
  })
  .openapi("TopContent", {
    example: {
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      from: "2026-11-22T00:00:00.000Z",
      to: "2026-11-23T00:00:00.000Z",
      timeZone: "UTC",
      items: [
        { contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10", title: "Spring launch", reach: 128, engagement: 12 },
      ],
      times: [{ weekday: 7, hour: 9, publications: 1, reach: 128, engagement: 12 }],
    },
  });

export const getTopContent = createRoute({
  tags: ["analytics"],
  security: SIGNED_IN,
  operationId: "getTopContent",
  method: "get",
  path: "/analytics/workspace/{id}/top",
  summary: "Read which items grew most in a period, and at what times what went out did well",
  request: { params: idParams, query: TopQuery },
  responses: {
    200: json("Items and times", TopContent),
    ...problems("unauthenticated", "forbidden", "not_found"),
  },
});
