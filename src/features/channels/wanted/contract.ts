import { createRoute } from "@hono/zod-openapi";
import { AUTHORIZED, GIVEN } from "@/channels/network-names";
import { inWorkspace, json, memberProblems, SIGNED_IN, Timestamp, z } from "@/platform/contract";

/** A network whose accounts people connect. */
const CONNECTABLE = [...GIVEN, ...AUTHORIZED] as const;
export const ConnectableNetwork = z.enum(CONNECTABLE).openapi("ConnectableNetwork", { example: CONNECTABLE[0] });

export const WantedChannels = z
  .object({ items: z.array(z.object({ network: ConnectableNetwork, label: z.string(), createdAt: Timestamp })) })
  .openapi("WantedChannels", {
    example: { items: [{ network: CONNECTABLE[0], label: "Bluesky", createdAt: "2026-11-22T09:00:00.000Z" }] },
  });

const base = { tags: ["channels"], security: SIGNED_IN };

export const listWantedChannels = createRoute({
  ...base,
  operationId: "listWantedChannels",
  method: "get",
  path: "/distribution/wanted-channels",
  summary: "List the networks that the workspace is to be on and has no account of yet",
  request: { headers: inWorkspace },
  responses: { 200: json("The networks, by name", WantedChannels), ...memberProblems() },
});

export const dismissWantedChannel = createRoute({
  ...base,
  operationId: "dismissWantedChannel",
  method: "delete",
  path: "/distribution/wanted-channels/{network}",
  summary: "Want a network no longer",
  request: {
    headers: inWorkspace,
    params: z.strictObject({ network: z.enum(CONNECTABLE).openapi({ example: CONNECTABLE[0] }) }),
  },
  responses: { 204: { description: "It is wanted no longer" }, ...memberProblems() },
});
