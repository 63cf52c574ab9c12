import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  creates,
  Id,
  Instant,
  idParams,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export * from "./posting-times/contract";

export const SCHEDULE_STATUSES = [
  "Scheduled",
  "Publishing",
  "Published",
  "Failed",
  "Canceled",
  "OnHold",
  "Unknown",
] as const;
const ScheduleStatus = z.enum(SCHEDULE_STATUSES).openapi("ScheduleStatus");

const example = {
  id: "b4f2c1d0-0000-4000-8000-000000000001",
  contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  versionNumber: 2,
  channelId: "9d3c1b2a-0000-4000-8000-000000000001",
  adaptationId: null,
  contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  scheduledTime: "2026-11-23T08:00:00.000Z",
  timeZone: "Europe/Berlin",
  status: "Scheduled",
  holdReason: null,
  message: null,
  lateMs: null,
  publishedAt: null,
  publishedUrl: null,
  remoteId: null,
  removedAt: null,
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
} as const;

const schedule = z.object({
  id: Id,
  contentItemId: Id,
  versionNumber: z.int(),
  channelId: Id,
  adaptationId: Id.nullable(),
  contentHash: z.string().openapi({ description: "SHA-256 over all that was approved to go out." }),
  scheduledTime: Timestamp,
  timeZone: z.string().nullable().openapi({ description: "In which the time was planned." }),
  status: ScheduleStatus,
  holdReason: z.string().nullable().openapi({ description: "Why it waits for a person." }),
  message: z.string().nullable().openapi({ description: "What the last attempt said." }),
  lateMs: z.number().int().nullable().openapi({ description: "How long after its time the last attempt began." }),
  publishedAt: Timestamp.nullable(),
  publishedUrl: z.string().nullable(),
  remoteId: z.string().nullable(),
  removedAt: Timestamp.nullable(),
  createdBy: Id.nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

export const Schedule = schedule.openapi("Schedule", { example });

const Warning = z
  .object({
    code: z.enum(["access_ends_before"]).openapi({
      description: "`access_ends_before`: the channel has to be connected again by then. Others may be added.",
    }),
    message: z.string(),
    at: Timestamp,
  })
  .openapi("ScheduleWarning");

const exact = { resolution: "exact", note: null, warnings: [] } as const;
export const PlannedSchedule = schedule
  .extend({
    resolution: z
      .enum(["exact", "first_of_two"])
      .openapi({ description: "`first_of_two`: the local time happens twice, and the first was taken." }),
    note: z.string().nullable(),
    warnings: z.array(Warning).openapi({ description: "What stands in its way unless somebody does something." }),
  })
  .openapi("PlannedSchedule", { example: { ...example, ...exact } });

const Attempt = z
  .object({
    number: z.int(),
    kind: z.enum(["Publish", "Reconcile", "Remove", "Resolve"]),
    startedAt: Timestamp,
    endedAt: Timestamp.nullable(),
    outcome: z
      .enum(["Published", "Absent", "Removed", "Refused", "Passing", "Lost", "Unknown"])
      .nullable()
      .openapi({ description: "Null while it runs." }),
    error: z.string().nullable(),
  })
  .openapi("PublicationAttempt");

const Part = z
  .object({
    position: z.int(),
    text: z.string(),
    remoteId: z.string().nullable(),
    remoteUrl: z.string().nullable(),
    publishedAt: Timestamp.nullable(),
    removedAt: Timestamp.nullable(),
  })
  .openapi("PublicationPart");

export const ScheduleState = schedule
  .extend({ attempts: z.array(Attempt), parts: z.array(Part) })
  .openapi("ScheduleState", {
    example: {
      ...example,
      status: "Published",
      lateMs: 180,
      publishedAt: "2026-11-23T08:00:00.412Z",
      publishedUrl: "https://bsky.app/profile/acme.example.com/post/3lbqx2v5k2c2a",
      remoteId: "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3lbqx2v5k2c2a",
      attempts: [
        {
          number: 1,
          kind: "Publish",
          startedAt: "2026-11-23T08:00:00.180Z",
          endedAt: "2026-11-23T08:00:00.412Z",
          outcome: "Published",
          error: null,
        },
      ],
      parts: [
        {
          position: 0,
          text: "Spring is here.",
          remoteId: "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3lbqx2v5k2c2a",
          remoteUrl: "https://bsky.app/profile/acme.example.com/post/3lbqx2v5k2c2a",
          publishedAt: "2026-11-23T08:00:00.412Z",
          removedAt: null,
        },
      ],
    },
  });

const ListedSchedule = schedule
  .extend({ title: z.string().openapi({ description: "The item's, as it is now." }) })
  .openapi("ListedSchedule", { example: { ...example, title: "Spring launch" } });
export const SchedulePage = page(ListedSchedule).openapi("SchedulePage");

const when = {
  scheduledTime: z.string().min(1).max(64).openapi({
    description: "RFC 3339 with an offset, or a local time such as 2026-11-23T09:00; a time gone by means now.",
    example: "2026-11-23T09:00",
  }),
  timeZone: z.string().min(1).max(64).optional().openapi({
    description: "An IANA zone for a local time; the workspace's where left out.",
    example: "Europe/Berlin",
  }),
};

export const CreateSchedule = z
  .strictObject({ contentItemId: Id, channelId: Id, ...when, adaptationId: Id.optional() })
  .openapi("CreateSchedule", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      channelId: "9d3c1b2a-0000-4000-8000-000000000001",
      scheduledTime: "2026-11-23T09:00",
      timeZone: "Europe/Berlin",
    },
  });

export const ScheduleNext = z
  .strictObject({ contentItemId: Id, channelId: Id, adaptationId: Id.optional() })
  .openapi("ScheduleNext", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      channelId: "9d3c1b2a-0000-4000-8000-000000000001",
    },
  });

export const Reschedule = z
  .strictObject({
    ...when,
    repin: z.boolean().default(false).openapi({
      description: "Whether it shall carry what is approved now, where what it was pinned to no longer is.",
    }),
  })
  .openapi("Reschedule", { example: { scheduledTime: "2026-11-24T09:00+01:00" } });

export const ResolveUnknown = z
  .discriminatedUnion("outcome", [
    z.strictObject({
      outcome: z.literal("Published"),
      url: z
        .url({ protocol: /^https?$/ })
        .max(2_000)
        .optional(),
    }),
    z.strictObject({ outcome: z.literal("Absent") }),
  ])
  .openapi("ResolveUnknown", { example: { outcome: "Absent" } });

export const SCHEDULE_SORTS = ["scheduledTime", "-scheduledTime"] as const;

export const ListSchedules = z.strictObject({
  from: Instant.optional().openapi({ description: "The first scheduled time of the range." }),
  to: Instant.optional().openapi({ description: "Where the range ends; not itself in it." }),
  status: ScheduleStatus.optional(),
  channelId: Id.optional(),
  contentItemId: Id.optional(),
  sort: z.enum(SCHEDULE_SORTS).default("scheduledTime"),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["distribution"], security: SIGNED_IN };

export const createSchedule = createRoute({
  ...base,
  operationId: "createSchedule",
  method: "post",
  path: "/distribution/schedule",
  summary: "Plan the publication of an approved version on a channel",
  request: { headers: creates, body: body(CreateSchedule) },
  responses: {
    201: json("The schedule", PlannedSchedule),
    ...memberProblems(
      "local_time_invalid",
      "not_approved",
      "adaptation_not_approved",
      "not_published_here",
      "archived",
      "channel_disconnected",
      "channel_limits",
      "schedule_exists",
      "idempotency_key_reused",
    ),
  },
});

export const scheduleNext = createRoute({
  ...base,
  operationId: "scheduleNext",
  method: "post",
  path: "/distribution/schedule/next",
  summary: "Plan the publication of an approved version at the channel's next free posting time",
  request: { headers: creates, body: body(ScheduleNext) },
  responses: {
    201: json("The schedule", PlannedSchedule),
    ...memberProblems(
      "no_posting_time",
      "not_approved",
      "adaptation_not_approved",
      "not_published_here",
      "archived",
      "channel_disconnected",
      "channel_limits",
      "schedule_exists",
      "idempotency_key_reused",
    ),
  },
});

export const listSchedules = createRoute({
  ...base,
  operationId: "listSchedules",
  method: "get",
  path: "/distribution",
  summary: "List schedules by time",
  request: { headers: inWorkspace, query: ListSchedules },
  responses: { 200: json("A page of schedules", SchedulePage), ...memberProblems("invalid_cursor") },
});

export const getScheduleStatus = createRoute({
  ...base,
  operationId: "getScheduleStatus",
  method: "get",
  path: "/distribution/{id}/status",
  summary: "Read how a publication stands, with its attempts and parts",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The schedule", ScheduleState), ...memberProblems() },
});

export const reschedule = createRoute({
  ...base,
  operationId: "reschedule",
  method: "post",
  path: "/distribution/{id}/reschedule",
  summary: "Give a schedule another time, and what is approved now where it was put on hold",
  request: { headers: creates, params: idParams, body: body(Reschedule) },
  responses: {
    200: json("The schedule", PlannedSchedule),
    ...memberProblems(
      "local_time_invalid",
      "schedule_not_open",
      "schedule_exists",
      "not_approved",
      "adaptation_not_approved",
      "not_published_here",
      "archived",
      "channel_disconnected",
      "channel_limits",
      "idempotency_key_reused",
    ),
  },
});

export const cancelSchedule = createRoute({
  ...base,
  operationId: "cancelSchedule",
  method: "post",
  path: "/distribution/{id}/cancel",
  summary: "Call a publication off",
  request: { headers: creates, params: idParams },
  responses: {
    200: json("The schedule", Schedule),
    ...memberProblems("schedule_not_open", "idempotency_key_reused"),
  },
});

export const retrySchedule = createRoute({
  ...base,
  operationId: "retrySchedule",
  method: "post",
  path: "/distribution/{id}/retry",
  summary: "Have a failed publication tried again, now",
  request: { headers: creates, params: idParams },
  responses: {
    200: json("The schedule", Schedule),
    ...memberProblems(
      "schedule_not_open",
      "schedule_exists",
      "not_approved",
      "archived",
      "channel_disconnected",
      "idempotency_key_reused",
    ),
  },
});

export const resolveSchedule = createRoute({
  ...base,
  operationId: "resolveSchedule",
  method: "post",
  path: "/distribution/{id}/resolve",
  summary: "Say whether a publication is there, where the network can't tell",
  description: "`Published` records it as there; `Absent` has what is missing sent again.",
  request: { headers: creates, params: idParams, body: body(ResolveUnknown) },
  responses: {
    200: json("The schedule", Schedule),
    ...memberProblems("schedule_not_unknown", "idempotency_key_reused"),
  },
});

export const removePublication = createRoute({
  ...base,
  operationId: "removePublication",
  method: "post",
  path: "/distribution/{id}/remove",
  summary: "Take a publication down from its network",
  description: "Done by a job: `removedAt` of the status tells when it is down.",
  request: { headers: creates, params: idParams },
  responses: {
    200: json("The schedule", Schedule),
    ...memberProblems("schedule_not_open", "removal_unsupported", "channel_disconnected", "idempotency_key_reused"),
  },
});
