import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Counting,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  line,
  memberProblems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

const itemId = "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10";
const personId = "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02";

const eventExample = {
  type: "content.version_saved",
  subjectId: itemId,
  payload: { versionNumber: 2, previousVersionNumber: 1 },
  actorId: personId,
  at: "2026-11-22T09:00:00.000Z",
  cursor: "48213-1207-1795338000000",
} as const;

/** What happened; docs/events.md has each type with its payload. */
export const Event = z
  .object({
    type: z.string(),
    subjectId: Id,
    payload: z.record(z.string(), z.any()),
    /** Null for a job. */
    actorId: Id.nullable(),
    at: Timestamp,
    cursor: z.string(),
  })
  .openapi("Event", { example: eventExample });

export const EventPage = z
  .object({ items: z.array(Event), cursor: z.string() })
  .openapi("EventPage", { example: { items: [eventExample], cursor: eventExample.cursor } });

const After = z
  .string()
  .max(100)
  .optional()
  .openapi({ description: "The `cursor` of the newest event that is known. Without one, from now on." });

const Filter = {
  subjectId: Id.optional().openapi({ description: "Events of one item, or of one channel." }),
  types: z
    .string()
    .max(2_000)
    .regex(/^[a-z]+(\.[a-z_]+)?(,[a-z]+(\.[a-z_]+)?)*$/, "Types with commas between them.")
    .transform((text) => [...new Set(text.split(","))])
    .optional()
    .openapi({
      description: "Types with commas between them, such as `content.version_saved,approval.approved`; all by default.",
      example: undefined,
    }),
};

const ListEvents = z.strictObject({ after: After, ...Filter, limit: Limit });

/** In seconds. */
const LONGEST_AGO = 120;

const StreamEvents = z.strictObject({
  after: After,
  since: z.coerce.number().int().min(1).max(LONGEST_AGO).optional().openapi({
    description:
      "Where there is no cursor, so many seconds back, by the times at which transactions began. `ready` says whether it was heard.",
  }),
  ...Filter,
  workspaceId: z.string().max(100).optional().openapi({
    description: "As `X-Workspace-Id`, for browsers' EventSource, which can't send headers. The header goes first.",
  }),
});

const streaming = inWorkspace.extend({
  "last-event-id": z
    .string()
    .max(100)
    .optional()
    .openapi({
      param: { name: "last-event-id", in: "header" },
      description: "As `after`, and goes first: browsers send it by themselves when they connect again.",
    }),
});

const STREAM = `event: ready
data: {"cursor":"48213-1206-1795337990000"}
id: 48213-1206-1795337990000

event: ${eventExample.type}
data: ${JSON.stringify(eventExample)}
id: ${eventExample.cursor}

`;

/** In UTF-16 code units, as browsers count. */
const Offset = z.int().min(0).max(1_000_000);
const Selection = z
  .strictObject({ start: Offset, end: Offset })
  .refine(({ start, end }) => start <= end, "A selection ends where it starts, or after.");
const State = z.enum(["Viewing", "Editing"]).openapi("PresenceState");

const presenceExample = {
  userId: personId,
  name: "Kim Example",
  clientId: "tab-3f9a2c71",
  state: "Editing",
  versionNumber: 2,
  field: "body",
  selection: { start: 12, end: 40 },
  since: "2026-11-22T09:00:00.000Z",
} as const;

export const Presence = z
  .object({
    userId: Id,
    name: z.string(),
    clientId: z.string(),
    state: State,
    versionNumber: z.int().nullable(),
    field: z.string().nullable(),
    selection: z.object({ start: z.int(), end: z.int() }).nullable(),
    since: Timestamp,
  })
  .openapi("Presence", { example: presenceExample });

export const PresenceList = z.object({ items: z.array(Presence) }).openapi("PresenceList", {
  example: { items: [presenceExample] },
});

const ClientId = z.string().regex(/^[\w-]{1,64}$/, "Letters, digits, hyphens and underscores.");

export const SetPresence = z
  .strictObject({
    clientId: ClientId,
    state: State,
    versionNumber: Counting.optional(),
    field: line(100).optional(),
    selection: Selection.optional(),
  })
  .openapi("SetPresence", { example: { clientId: "tab-3f9a2c71", state: "Editing", versionNumber: 2, field: "body" } });

const EndPresence = z.strictObject({
  clientId: ClientId.optional().openapi({ description: "The tab that is left; all of one's own without it." }),
});

const base = { tags: ["events"], security: SIGNED_IN };

export const listEvents = createRoute({
  ...base,
  operationId: "listEvents",
  method: "get",
  path: "/events",
  summary: "Read what happened after a cursor; without one, where now is",
  request: { headers: inWorkspace, query: ListEvents },
  responses: {
    200: json("The events in their order, and where to go on", EventPage),
    ...memberProblems("invalid_cursor", "cursor_expired"),
  },
});

export const streamEvents = createRoute({
  ...base,
  operationId: "streamEvents",
  method: "get",
  path: "/events/stream",
  summary: "Follow what happens, as server-sent events",
  request: { headers: streaming, query: StreamEvents },
  responses: {
    200: {
      description: "Messages until either side ends it; docs/events.md tells them",
      content: { "text/event-stream": { schema: z.string().openapi({ example: STREAM }) } },
    },
    ...memberProblems("invalid_cursor", "cursor_expired", "stream_unavailable"),
  },
});

export const setPresence = createRoute({
  ...base,
  operationId: "setPresence",
  method: "put",
  path: "/content/{id}/presence",
  summary: "Say that one has an item open; to be said again within 30 seconds",
  request: { headers: inWorkspace, params: idParams, body: body(SetPresence) },
  responses: { 200: json("Who has it open", PresenceList), ...memberProblems() },
});

export const listPresence = createRoute({
  ...base,
  operationId: "listPresence",
  method: "get",
  path: "/content/{id}/presence",
  summary: "See who has an item open",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("Who has it open", PresenceList), ...memberProblems() },
});

export const endPresence = createRoute({
  ...base,
  operationId: "endPresence",
  method: "delete",
  path: "/content/{id}/presence",
  summary: "Say that one has left an item",
  request: { headers: inWorkspace, params: idParams, query: EndPresence },
  responses: { 204: { description: "Left" }, ...memberProblems() },
});
