import { createRoute } from "@hono/zod-openapi";
import { AUTHORIZED } from "@/channels/network-names";
import { body, inWorkspace, json, memberProblems, SIGNED_IN, Timestamp, z } from "@/platform/contract";
import { ConnectedChannel } from "../contract";

const Network = z.enum(AUTHORIZED).openapi("AuthorizedNetwork", { example: AUTHORIZED[0] });

export const AuthorizedNetworks = z
  .object({ items: z.array(z.object({ network: Network, label: z.string() })) })
  .openapi("AuthorizedNetworks", { example: { items: [{ network: "linkedin", label: "LinkedIn" }] } });

const BeginAuthorization = z
  .strictObject({ network: Network })
  .openapi("BeginAuthorization", { example: { network: "linkedin" } });

export const BegunAuthorization = z
  .object({
    authorizeUrl: z.string().openapi({ description: "The network's own page: send the person there." }),
    expiresAt: Timestamp.openapi({ description: "Until then what comes back from there is taken." }),
  })
  .openapi("BegunAuthorization", {
    example: {
      authorizeUrl: "https://www.linkedin.com/oauth/v2/authorization?response_type=code&client_id=…",
      expiresAt: "2026-11-22T09:10:00.000Z",
    },
  });

const CompleteAuthorization = z
  .strictObject({ state: z.string().min(1).max(500), code: z.string().min(1).max(4_000) })
  .openapi("CompleteAuthorization", {
    example: { state: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001.Zm9v", code: "AQTQmah11lalyH65" },
  });

const base = { tags: ["channels"], security: SIGNED_IN };

export const listAuthorizedNetworks = createRoute({
  ...base,
  operationId: "listAuthorizedNetworks",
  method: "get",
  path: "/distribution/authorized-networks",
  summary: "List the networks that are connected on a page of their own, as far as this deployment has an app there",
  request: { headers: inWorkspace },
  responses: { 200: json("The networks", AuthorizedNetworks), ...memberProblems() },
});

export const beginAuthorization = createRoute({
  ...base,
  operationId: "beginAuthorization",
  method: "post",
  path: "/distribution/channels/authorizations",
  summary: "Begin to connect an account on a network that asks on a page of its own",
  description: "It sends the person back to `/channels/callback`; good once, for ten minutes, for whoever began it.",
  request: { headers: inWorkspace, body: body(BeginAuthorization) },
  responses: {
    200: json("Where to send the person", BegunAuthorization),
    ...memberProblems("channel_refused", "invalid_json"),
  },
});

export const completeAuthorization = createRoute({
  ...base,
  operationId: "completeAuthorization",
  method: "post",
  path: "/distribution/channels/authorizations/complete",
  summary: "Connect the account that the person agreed to, by what the network sent back",
  request: { headers: inWorkspace, body: body(CompleteAuthorization) },
  responses: {
    200: json("The channel", ConnectedChannel),
    ...memberProblems("channel_refused", "channel_unreachable", "conflict", "invalid_json"),
  },
});
