import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  Id,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  orNull,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { SENTENCES } from "@/platform/issue-rules";
import { EMAIL, KIND_NAMES, SLACK_TOPICS, TOPICS } from "./kinds";

const SlackTopic = z.enum(SLACK_TOPICS).openapi("SlackTopic");
const Kind = z.enum(KIND_NAMES as [string, ...string[]]).openapi("NotificationKind", {
  description: "What happened. Others may be added.",
});

const itemId = "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10";
const notificationExample = {
  id: "6d1c2b3a-0000-4000-8000-000000000061",
  kind: "ReviewWaiting",
  topic: "Reviews",
  contentItemId: itemId,
  title: "Spring launch",
  actorName: "Kim Example",
  channelName: null,
  role: null,
  headline: null,
  confidence: null,
  endsAt: null,
  place: `content/${itemId}`,
  createdAt: "2026-11-22T09:00:00.000Z",
  readAt: null,
} as const;

export const Notification = z
  .object({
    id: Id,
    kind: Kind,
    topic: z.string().openapi({ description: "One of the topics, or `Mail`, which is about one's own mails." }),
    contentItemId: Id.nullable(),
    title: z.string().nullable().openapi({ description: "Of the content item, as it is now." }),
    actorName: z.string().nullable().openapi({ description: "Who did it; null for a job." }),
    channelName: z.string().nullable(),
    role: z.string().nullable(),
    headline: z.string().nullable().openapi({ description: "The one that won a trial." }),
    confidence: z.int().nullable().openapi({ description: "How sure that is, in percent." }),
    endsAt: Timestamp.nullable().openapi({ description: "Of a channel's access." }),
    place: z.string().openapi({ description: "The page to look at, within the workspace's." }),
    createdAt: Timestamp,
    readAt: Timestamp.nullable(),
  })
  .openapi("Notification", { example: notificationExample });
export const NotificationPage = page(Notification).openapi("NotificationPage");

const ListNotifications = z.strictObject({
  unread: z
    .enum(["true", "false"])
    .optional()
    .openapi({ description: "Only those that are unread, or only the read." }),
  limit: Limit,
  cursor: Cursor,
});

export const Unread = z
  .object({ unread: z.int().openapi({ description: "Counted up to 100." }) })
  .openapi("UnreadNotifications", { example: { unread: 3 } });

export const MarkRead = z
  .strictObject({
    ids: z.array(Id).min(1).max(100).optional(),
    all: z.literal(true).optional().openapi({ description: "All that one has in this workspace." }),
  })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), "Name either ids or all.")
  .openapi("MarkNotificationsRead", { example: { all: true } });

const ChoiceOf = z.strictObject({ inApp: z.boolean(), email: z.enum(EMAIL) }).openapi("NotificationChoice");
const ChoicesOf = z
  .strictObject(
    Object.fromEntries(TOPICS.map((topic) => [topic, ChoiceOf])) as Record<(typeof TOPICS)[number], typeof ChoiceOf>,
  )
  .openapi("NotificationChoices");
const MinuteOfDay = z.int().min(0).max(1439).nullable();
const Language = z.enum(["en", "de"]).nullable();

const preferencesExample = {
  choices: Object.fromEntries(TOPICS.map((topic) => [topic, { inApp: true, email: "Now" }])),
  language: "en",
  timeZone: "Europe/Berlin",
  quietFrom: 1320,
  quietUntil: 420,
  digestHour: 8,
  digestWeekday: 1,
} as const;

const preferences = {
  choices: ChoicesOf,
  language: Language.openapi({ description: "Of mails; null for the workspace's." }),
  timeZone: z.string().max(100).nullable().openapi({ description: "An IANA name; null for the workspace's." }),
  quietFrom: MinuteOfDay.openapi({ description: "In minutes of the day. Mails wait meanwhile; digests do not." }),
  quietUntil: MinuteOfDay.openapi({ description: "An end before the beginning is that of the next day." }),
  digestHour: z.int().min(0).max(23),
  digestWeekday: z.int().min(1).max(7).openapi({ description: "Of weekly digests; 1 is Monday." }),
};
export const Preferences = z
  .object({
    ...preferences,
    unsubscribedAt: Timestamp.nullable().openapi({ description: "No mail of this workspace comes since then." }),
    mailStoppedAt: Timestamp.nullable().openapi({
      description: "No mail at all is sent to this address: one came back.",
    }),
  })
  .openapi("NotificationPreferences", {
    example: { ...preferencesExample, unsubscribedAt: null, mailStoppedAt: null },
  });
export const SetPreferences = z
  .strictObject(preferences)
  .refine(({ quietFrom, quietUntil }) => (quietFrom === null) === (quietUntil === null), {
    path: ["quietUntil"],
    message: SENTENCES.quiet_hours,
  })
  .openapi("SetNotificationPreferences", { example: preferencesExample });

const Hours = z.int().min(1).max(720).nullable();
const settingsExample = {
  remindAfterHours: 24,
  escalateAfterHours: 72,
  slackTopics: ["Reviews", "Publishing"],
} as const;
export const Settings = z
  .object({
    remindAfterHours: Hours.openapi({ description: "After so long, those who may decide a step are reminded." }),
    escalateAfterHours: Hours.openapi({ description: "After so long, the Admins are told that it waits." }),
    slackTopics: z.array(SlackTopic),
    slackHost: z
      .string()
      .nullable()
      .openapi({ description: "Where the incoming webhook is; null where there is none." }),
    emailConfigured: z.boolean().openapi({ description: "Whether this deployment sends mails at all." }),
    updatedAt: Timestamp.nullable(),
  })
  .openapi("NotificationSettings", {
    example: { ...settingsExample, slackHost: "hooks.slack.com", emailConfigured: true, updatedAt: null },
  });
export const SetSettings = z
  .strictObject({
    remindAfterHours: Hours,
    escalateAfterHours: Hours,
    slackTopics: z.array(SlackTopic).max(SLACK_TOPICS.length),
    slackWebhookUrl: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .nullable()
      .optional()
      .openapi({
        description: "Of an incoming webhook; null disconnects it. It is kept encrypted, and never told again.",
        example: "https://hooks.slack.com/services/T000/B000/XXXX",
      }),
  })
  .openapi("SetNotificationSettings", { example: settingsExample });

export const DELIVERY_STATUSES = ["Queued", "Sending", "Sent", "Failed", "Bounced", "Skipped"] as const;
export const DELIVERY_WAYS = ["Email", "Digest", "Slack"] as const;
export const Delivery = z
  .object({
    id: Id,
    way: z.enum(DELIVERY_WAYS),
    kind: orNull(Kind).openapi({ description: "Null for a digest." }),
    userName: z.string().nullable(),
    address: z.string().nullable(),
    status: z.enum(DELIVERY_STATUSES),
    attempts: z.int(),
    message: z.string().nullable().openapi({ description: "What the other side said last, or why nothing was sent." }),
    dueAt: Timestamp,
    createdAt: Timestamp,
    sentAt: Timestamp.nullable(),
  })
  .openapi("NotificationDelivery", {
    example: {
      id: "6d1c2b3a-0000-4000-8000-000000000062",
      way: "Email",
      kind: "ReviewWaiting",
      userName: "Kim Example",
      address: "kim@example.com",
      status: "Sent",
      attempts: 1,
      message: null,
      dueAt: "2026-11-22T09:00:00.000Z",
      createdAt: "2026-11-22T09:00:00.000Z",
      sentAt: "2026-11-22T09:00:02.000Z",
    },
  });
export const DeliveryPage = page(Delivery).openapi("NotificationDeliveryPage");
const ListDeliveries = z.strictObject({
  status: z.enum(DELIVERY_STATUSES).optional(),
  way: z.enum(DELIVERY_WAYS).optional(),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["notifications"], security: SIGNED_IN };

export const listNotifications = createRoute({
  ...base,
  operationId: "listNotifications",
  method: "get",
  path: "/notifications",
  summary: "Read what one was told in a workspace, the newest first",
  request: { headers: inWorkspace, query: ListNotifications },
  responses: { 200: json("One's own notifications", NotificationPage), ...memberProblems("invalid_cursor") },
});

export const countUnread = createRoute({
  ...base,
  operationId: "countUnread",
  method: "get",
  path: "/notifications/unread",
  summary: "Count what one has not read",
  request: { headers: inWorkspace },
  responses: { 200: json("How many are unread", Unread), ...memberProblems() },
});

export const markNotificationsRead = createRoute({
  ...base,
  operationId: "markNotificationsRead",
  method: "post",
  path: "/notifications/read",
  summary: "Mark notifications as read, some or all",
  request: { headers: inWorkspace, body: body(MarkRead) },
  responses: { 200: json("How many are still unread", Unread), ...memberProblems() },
});

export const getNotificationPreferences = createRoute({
  ...base,
  operationId: "getNotificationPreferences",
  method: "get",
  path: "/notifications/preferences",
  summary: "Read how one is told in a workspace",
  request: { headers: inWorkspace },
  responses: { 200: json("One's preferences", Preferences), ...memberProblems() },
});

export const setNotificationPreferences = createRoute({
  ...base,
  operationId: "setNotificationPreferences",
  method: "put",
  path: "/notifications/preferences",
  summary: "Choose how one is told in a workspace; ends an unsubscription",
  request: { headers: inWorkspace, body: body(SetPreferences) },
  responses: { 200: json("One's preferences", Preferences), ...memberProblems() },
});

export const resumeNotificationMail = createRoute({
  ...base,
  operationId: "resumeNotificationMail",
  method: "post",
  path: "/notifications/preferences/resume",
  summary: "Have mails sent to one's address again, after one came back",
  request: { headers: inWorkspace },
  responses: { 200: json("One's preferences", Preferences), ...memberProblems() },
});

export const getNotificationSettings = createRoute({
  ...base,
  operationId: "getNotificationSettings",
  method: "get",
  path: "/notifications/settings",
  summary: "Read a workspace's reminders and what it tells Slack",
  request: { headers: inWorkspace },
  responses: { 200: json("The workspace's settings", Settings), ...memberProblems() },
});

export const setNotificationSettings = createRoute({
  ...base,
  operationId: "setNotificationSettings",
  method: "put",
  path: "/notifications/settings",
  summary: "Set a workspace's reminders and what it tells Slack",
  request: { headers: inWorkspace, body: body(SetSettings) },
  responses: { 200: json("The workspace's settings", Settings), ...memberProblems() },
});

export const listDeliveries = createRoute({
  ...base,
  operationId: "listDeliveries",
  method: "get",
  path: "/notifications/deliveries",
  summary: "Read what was mailed or told to Slack, and what became of it",
  request: { headers: inWorkspace, query: ListDeliveries },
  responses: { 200: json("The newest first", DeliveryPage), ...memberProblems("invalid_cursor") },
});
