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
  line,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { EVENT_TYPES } from "@/platform/event-types";
import { SENTENCES } from "@/platform/issue-rules";

/** How many endpoints a workspace has at most. */
export const MOST_ENDPOINTS = 50;
/** How long the secret before a rotation goes on signing, in hours. */
const MOST_OVERLAP_HOURS = 168;

const Url = z
  .url({ protocol: /^https?$/, error: SENTENCES.https })
  .max(2000)
  .openapi({
    description: "https, or http where the deployment allows that host.",
    example: "https://partner.example/hooks",
  });
const EventTypes = z.array(z.enum(EVENT_TYPES)).min(1).max(EVENT_TYPES.length);
const STATUSES = ["Enabled", "Paused"] as const;
const DELIVERY_STATUSES = ["Pending", "Delivered", "Failed", "Skipped"] as const;

const endpoint = z.object({
  id: Id,
  url: z.string(),
  description: z.string().nullable(),
  eventTypes: z.array(z.string()).nullable().openapi({ description: "Null for every event, those to come as well." }),
  status: z.enum(STATUSES),
  pauseReason: z.enum(["Manual", "Gone", "Failing"]).nullable().openapi({
    description:
      "Gone: the receiver answered 410. Failing: it took nothing for three days, or not once in a hundred tries.",
  }),
  pausedAt: Timestamp.nullable(),
  failures: z.int().openapi({ description: "Tries that failed since the last delivery." }),
  failingSince: Timestamp.nullable(),
  deliveredAt: Timestamp.nullable().openapi({ description: "When something was taken last." }),
  previousUntil: Timestamp.nullable().openapi({
    description: "Until then, the secret before the rotation signs as well.",
  }),
  createdBy: Id,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});

const example = {
  id: "6e1f2a3b-0000-4000-8000-000000000001",
  url: "https://partner.example/hooks",
  description: "Tells the shop what was published",
  eventTypes: ["distribution.published"],
  status: "Enabled",
  pauseReason: null,
  pausedAt: null,
  failures: 0,
  failingSince: null,
  deliveredAt: "2026-11-27T09:00:00.000Z",
  previousUntil: null,
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
} as const;

export const WebhookEndpoint = endpoint.openapi("WebhookEndpoint", { example });
export const WebhookEndpointPage = page(WebhookEndpoint).openapi("WebhookEndpointPage");
export const IssuedWebhookEndpoint = endpoint
  .extend({
    secret: z.string().optional().openapi({
      description: "Verifies the signatures. It is stored sealed and told once: a repeated request goes without.",
    }),
  })
  .openapi("IssuedWebhookEndpoint", { example: { ...example, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } });

const delivery = z.object({
  id: Id.openapi({ description: "The message's: `webhook-id` is `msg_` and this, the same for every try." }),
  endpointId: Id,
  eventId: z.string().nullable().openapi({ description: "The event's, the same for every endpoint; null for a ping." }),
  type: z.string(),
  status: z.enum(DELIVERY_STATUSES).openapi({
    description: "Skipped: the endpoint was paused when it happened. Failed: all tries did. Both can be replayed.",
  }),
  tries: z.int().openapi({ description: "Since it was made, or replayed." }),
  occurredAt: Timestamp,
  createdAt: Timestamp,
  nextAt: Timestamp.nullable().openapi({ description: "When it is tried next." }),
  endedAt: Timestamp.nullable(),
});
const sent = {
  id: "7f2a3b4c-0000-4000-8000-000000000001",
  endpointId: example.id,
  eventId: "evt_4711",
  type: "distribution.published",
  status: "Pending",
  tries: 1,
  occurredAt: "2026-11-27T09:00:00.000Z",
  createdAt: "2026-11-27T09:00:00.100Z",
  nextAt: "2026-11-27T09:00:05.000Z",
  endedAt: null,
} as const;

export const WebhookDelivery = delivery.openapi("WebhookDelivery", { example: sent });
export const WebhookDeliveryPage = page(WebhookDelivery).openapi("WebhookDeliveryPage");
export const WebhookDeliveryWithAttempts = delivery
  .extend({
    body: z.record(z.string(), z.any()).openapi({ description: "What is sent: `{type, timestamp, data}`." }),
    attempts: z.array(
      z.object({
        number: z.int(),
        startedAt: Timestamp,
        endedAt: Timestamp.nullable(),
        outcome: z.enum(["Delivered", "Refused", "Unreachable", "Lost"]).nullable().openapi({
          description: "Lost: it was sent, and no answer was noted. Null while it is under way.",
        }),
        statusCode: z.int().nullable(),
        response: z.string().nullable().openapi({ description: "Its beginning." }),
        error: z.string().nullable(),
      }),
    ),
  })
  .openapi("WebhookDeliveryWithAttempts", {
    example: {
      ...sent,
      body: {
        type: "distribution.published",
        timestamp: "2026-11-27T09:00:00.000Z",
        data: { eventId: "evt_4711", subjectId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10" },
      },
      attempts: [
        {
          number: 1,
          startedAt: "2026-11-27T09:00:00.200Z",
          endedAt: "2026-11-27T09:00:00.300Z",
          outcome: "Refused",
          statusCode: 503,
          response: "Later, please",
          error: null,
        },
      ],
    },
  });

export const CreateWebhookEndpoint = z
  .strictObject({
    url: Url,
    description: line(200).optional(),
    eventTypes: EventTypes.optional().openapi({ description: "Every event where it is left out." }),
  })
  .openapi("CreateWebhookEndpoint", {
    example: { url: "https://partner.example/hooks", eventTypes: ["distribution.published"] },
  });

export const UpdateWebhookEndpoint = z
  .strictObject({
    url: Url.optional(),
    description: line(200).nullable().optional(),
    eventTypes: EventTypes.nullable().optional().openapi({ description: "Null for every event." }),
    enabled: z.boolean().optional().openapi({
      description: "False pauses it. True resumes: what waited goes out, what was skipped meanwhile can be replayed.",
    }),
  })
  .openapi("UpdateWebhookEndpoint", { example: { enabled: true } });

export const RotateWebhookSecret = z
  .strictObject({
    overlapHours: z.int().min(0).max(MOST_OVERLAP_HOURS).default(24).openapi({
      description: "How long each message has the signatures of both secrets.",
    }),
  })
  .openapi("RotateWebhookSecret", { example: { overlapHours: 24 } });

export const ReplayWebhooks = z
  .strictObject({
    from: Instant,
    to: Instant,
    statuses: z
      .array(z.enum(["Delivered", "Failed", "Skipped"]))
      .min(1)
      .default(["Failed", "Skipped"]),
  })
  .openapi("ReplayWebhooks", {
    example: { from: "2026-11-27T00:00:00Z", to: "2026-11-28T00:00:00Z", statuses: ["Failed", "Skipped"] },
  });
export const Replayed = z
  .object({ replayed: z.int().openapi({ description: "How many are sent anew; 1,000 at most in one request." }) })
  .openapi("ReplayedWebhooks", { example: { replayed: 12 } });

export const ListWebhookEndpoints = z.strictObject({ limit: Limit, cursor: Cursor });
export const ListWebhookDeliveries = z.strictObject({
  endpointId: Id.optional(),
  status: z.enum(DELIVERY_STATUSES).optional(),
  type: z.enum(EVENT_TYPES).optional(),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["webhooks"], security: SIGNED_IN };

export const listWebhookEndpoints = createRoute({
  ...base,
  operationId: "listWebhookEndpoints",
  method: "get",
  path: "/webhooks/endpoints",
  summary: "List where events are sent, newest first",
  request: { headers: inWorkspace, query: ListWebhookEndpoints },
  responses: { 200: json("A page of endpoints", WebhookEndpointPage), ...memberProblems("invalid_cursor") },
});

export const createWebhookEndpoint = createRoute({
  ...base,
  operationId: "createWebhookEndpoint",
  method: "post",
  path: "/webhooks/endpoints",
  summary: "Have events sent to an address from now on",
  request: { headers: creates, body: body(CreateWebhookEndpoint) },
  responses: {
    201: json("The endpoint, with its secret this once", IssuedWebhookEndpoint),
    ...memberProblems("too_many", "idempotency_key_reused"),
  },
});

export const getWebhookEndpoint = createRoute({
  ...base,
  operationId: "getWebhookEndpoint",
  method: "get",
  path: "/webhooks/endpoints/{id}",
  summary: "Read an endpoint",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The endpoint", WebhookEndpoint), ...memberProblems() },
});

export const updateWebhookEndpoint = createRoute({
  ...base,
  operationId: "updateWebhookEndpoint",
  method: "put",
  path: "/webhooks/endpoints/{id}",
  summary: "Change an endpoint, pause it or resume it",
  request: { headers: inWorkspace, params: idParams, body: body(UpdateWebhookEndpoint) },
  responses: { 200: json("The endpoint", WebhookEndpoint), ...memberProblems() },
});

export const removeWebhookEndpoint = createRoute({
  ...base,
  operationId: "removeWebhookEndpoint",
  method: "delete",
  path: "/webhooks/endpoints/{id}",
  summary: "Send nothing there any more",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Removed, and its secret with it" }, ...memberProblems() },
});

export const rotateWebhookSecret = createRoute({
  ...base,
  operationId: "rotateWebhookSecret",
  method: "post",
  path: "/webhooks/endpoints/{id}/rotate",
  summary: "Give an endpoint a new secret",
  request: { headers: creates, params: idParams, body: body(RotateWebhookSecret) },
  responses: {
    200: json("The endpoint, with its new secret this once", IssuedWebhookEndpoint),
    ...memberProblems("idempotency_key_reused"),
  },
});

export const pingWebhookEndpoint = createRoute({
  ...base,
  operationId: "pingWebhookEndpoint",
  method: "post",
  path: "/webhooks/endpoints/{id}/ping",
  summary: "Send a test message, also to an endpoint that is paused",
  request: { headers: creates, params: idParams },
  responses: {
    202: json("The delivery: read it again to see what came of it", WebhookDelivery),
    ...memberProblems("idempotency_key_reused"),
  },
});

export const replayWebhooks = createRoute({
  ...base,
  operationId: "replayWebhooks",
  method: "post",
  path: "/webhooks/endpoints/{id}/replay",
  summary: "Send again what happened between two times",
  request: { headers: creates, params: idParams, body: body(ReplayWebhooks) },
  responses: { 202: json("How many", Replayed), ...memberProblems("endpoint_paused", "idempotency_key_reused") },
});

export const listWebhookDeliveries = createRoute({
  ...base,
  operationId: "listWebhookDeliveries",
  method: "get",
  path: "/webhooks/deliveries",
  summary: "List deliveries of the last 30 days, newest first",
  request: { headers: inWorkspace, query: ListWebhookDeliveries },
  responses: { 200: json("A page of deliveries", WebhookDeliveryPage), ...memberProblems("invalid_cursor") },
});

export const getWebhookDelivery = createRoute({
  ...base,
  operationId: "getWebhookDelivery",
  method: "get",
  path: "/webhooks/deliveries/{id}",
  summary: "Read a delivery with what was sent and each try",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The delivery", WebhookDeliveryWithAttempts), ...memberProblems() },
});

export const replayWebhookDelivery = createRoute({
  ...base,
  operationId: "replayWebhookDelivery",
  method: "post",
  path: "/webhooks/deliveries/{id}/replay",
  summary: "Send a message again, under the same id",
  request: { headers: creates, params: idParams },
  responses: {
    202: json("The delivery", WebhookDelivery),
    ...memberProblems("endpoint_paused", "delivery_pending", "idempotency_key_reused"),
  },
});
