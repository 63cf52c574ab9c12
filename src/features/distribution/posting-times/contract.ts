import { createRoute } from "@hono/zod-openapi";
import { body, Id, idParams, inWorkspace, json, memberProblems, SIGNED_IN, Timestamp, z } from "@/platform/contract";

const times = z.array(
  z.strictObject({
    weekday: z.int().min(1).max(7).openapi({ description: "1 is Monday, 7 is Sunday." }),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time such as 09:00."),
  }),
);

const example = { times: [{ weekday: 1, time: "09:00" }] };

export const SetPostingTimes = z.strictObject({ times: times.max(50) }).openapi("SetPostingTimes", { example });

export const PostingTimes = z
  .object({
    channelId: Id,
    timeZone: z
      .string()
      .openapi({ description: "The workspace's: nine in the morning stays nine when its clocks change." }),
    times,
    next: z
      .array(
        z.object({
          localTime: z.string(),
          scheduledTime: Timestamp.nullable().openapi({
            description: "Null where the clocks skip this time; then nothing goes out at it.",
          }),
          note: z.string().nullable().openapi({ description: "Where the clocks skip the time, or show it twice." }),
          scheduleId: Id.nullable().openapi({ description: "What is planned for it." }),
        }),
      )
      .openapi({ description: "The next ten." }),
  })
  .openapi("PostingTimes", {
    example: {
      channelId: "9d3c1b2a-0000-4000-8000-000000000001",
      timeZone: "Europe/Berlin",
      ...example,
      next: [
        { localTime: "2026-11-30T09:00", scheduledTime: "2026-11-30T08:00:00.000Z", note: null, scheduleId: null },
      ],
    },
  });

const base = { tags: ["distribution"], security: SIGNED_IN };
const path = "/distribution/channels/{id}/posting-times";

export const getPostingTimes = createRoute({
  ...base,
  operationId: "getPostingTimes",
  method: "get",
  path,
  summary: "Read when a channel is posted on each week, and the next times",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The posting times", PostingTimes), ...memberProblems() },
});

export const setPostingTimes = createRoute({
  ...base,
  operationId: "setPostingTimes",
  method: "put",
  path,
  summary: "Set when a channel is posted on each week; what is planned already keeps its time",
  request: { headers: inWorkspace, params: idParams, body: body(SetPostingTimes) },
  responses: { 200: json("The posting times", PostingTimes), ...memberProblems("invalid_json") },
});
