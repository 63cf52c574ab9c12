import { createRoute } from "@hono/zod-openapi";
import { CHANNEL_INPUTS, CHANNEL_RULES, type Network } from "@/channels/rules";
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
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export * from "./wanted/contract";

/** Connected: works. Failing: did not work the last time. Revoked: a person must connect it again. */
export const CHANNEL_STATUSES = ["Connected", "Failing", "Revoked", "Disconnected"] as const;
export type ChannelStatus = (typeof CHANNEL_STATUSES)[number];

export const NETWORKS = Object.keys(CHANNEL_RULES) as [Network, ...Network[]];

/** `null` where the network has no such limit. */
const Limits = z.object({
  form: z.enum(["article", "thread"]),
  maxParts: z.int(),
  maxGraphemes: z.int().nullable(),
  maxBytes: z.int().nullable(),
  maxImages: z.int(),
});

export const Channel = z
  .object({
    id: Id,
    workspaceId: Id,
    network: z.enum(NETWORKS),
    label: z.string(),
    name: z.string(),
    status: z.enum(CHANNEL_STATUSES),
    remoteAccount: z.string(),
    builtIn: z.boolean(),
    healthMessage: z.string().nullable(),
    checkedAt: Timestamp.nullable(),
    accessEndsAt: Timestamp.nullable().openapi({
      description: "When access ends for good, so that a person has to connect it again; null where it does not.",
    }),
    limits: Limits,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Channel", {
    example: {
      id: "0e1c2b3a-0000-4000-8000-000000000004",
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      network: "bluesky",
      label: "Bluesky",
      name: "brand.bsky.social",
      status: "Connected",
      remoteAccount: "did:plc:ewvi7nxzyoun6zhxrhs64oiz",
      builtIn: false,
      healthMessage: null,
      checkedAt: "2026-11-22T09:00:00.000Z",
      accessEndsAt: null,
      limits: { form: "thread", maxParts: 25, maxGraphemes: 300, maxBytes: 3000, maxImages: 4 },
      createdAt: "2026-11-22T09:00:00.000Z",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });
export type Channel = z.output<typeof Channel>;
export const ChannelPage = page(Channel).openapi("ChannelPage");

export const ConnectedChannel = Channel.extend({
  reveal: z
    .record(z.string(), z.string())
    .optional()
    .openapi({ description: "What was made here and is needed elsewhere, by its label. It is never shown again." }),
}).openapi("ConnectedChannel");

const inputs = Object.entries(CHANNEL_INPUTS).map(([network, input]) =>
  z.strictObject({ network: z.literal(network), ...input.shape }),
);

/** Each network asks for what it needs, and for nothing else. */
export const ConnectChannel = z
  .discriminatedUnion("network", inputs as [(typeof inputs)[number], ...typeof inputs], {
    error: `One of ${Object.keys(CHANNEL_INPUTS).join(", ")}.`,
  })
  .openapi("ConnectChannel", { example: { network: "webhook", url: "https://example.com/hooks/contentos" } });

export const UpdateChannel = z
  .strictObject({ name: line(120) })
  .openapi("UpdateChannel", { example: { name: "Brand, Austria" } });

export const ListChannels = z.strictObject({ network: z.enum(NETWORKS).optional(), limit: Limit, cursor: Cursor });

const base = { tags: ["channels"], security: SIGNED_IN };

export const listChannels = createRoute({
  ...base,
  operationId: "listChannels",
  method: "get",
  path: "/distribution/channels",
  summary: "List the workspace's channels",
  request: { headers: inWorkspace, query: ListChannels },
  responses: { 200: json("A page of channels", ChannelPage), ...memberProblems("invalid_cursor") },
});

export const connectChannel = createRoute({
  ...base,
  operationId: "connectChannel",
  method: "post",
  path: "/distribution/channels",
  summary: "Connect an account on a network; an account that is known is connected anew",
  request: { headers: creates, body: body(ConnectChannel) },
  responses: {
    201: json("The channel, after its credentials were tried", ConnectedChannel),
    ...memberProblems(
      "channel_refused",
      "channel_unreachable",
      "idempotency_key_reused",
      "conflict",
      "invalid_json",
      "too_large",
    ),
  },
});

export const getChannel = createRoute({
  ...base,
  operationId: "getChannel",
  method: "get",
  path: "/distribution/channels/{id}",
  summary: "Read a channel",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The channel", Channel), ...memberProblems() },
});

export const checkChannel = createRoute({
  ...base,
  operationId: "checkChannel",
  method: "post",
  path: "/distribution/channels/{id}/check",
  summary: "Try a channel now; the answer says how it is",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The channel as it is now", Channel), ...memberProblems() },
});

export const updateChannel = createRoute({
  ...base,
  operationId: "updateChannel",
  method: "put",
  path: "/distribution/channels/{id}",
  summary: "Rename a channel",
  request: { headers: inWorkspace, params: idParams, body: body(UpdateChannel) },
  responses: { 200: json("The channel", Channel), ...memberProblems("invalid_json") },
});

export const disconnectChannel = createRoute({
  ...base,
  operationId: "disconnectChannel",
  method: "delete",
  path: "/distribution/channels/{id}",
  summary: "Disconnect a channel and forget its credentials",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Disconnected" }, ...memberProblems("channel_built_in") },
});
