import { readAs, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { createAllowList } from "@/platform/outbound-address";
import type { Keyring } from "@/platform/secrets";
import { newWebhookSecret } from "@/platform/standard-webhooks";
import * as contract from "./contract";
import * as service from "./service";

export type WebhooksDeps = {
  keyring: Keyring;
  /** Hosts that may be reached although they are private, or by http. */
  outboundAllow: readonly string[];
};

const withoutSecret = <T extends { secret?: unknown }>({ secret, ...kept }: T) => kept;

export const webhooksRoutes = ({ keyring, outboundAllow }: WebhooksDeps) => {
  const isAllowed = createAllowList(outboundAllow);
  return createRouter()
    .openapi(contract.listWebhookEndpoints, (c) =>
      readAs(c, contract.WebhookEndpointPage, (tx, actor) =>
        service.listWebhookEndpoints(tx, actor, c.req.valid("query")),
      ),
    )
    .openapi(contract.createWebhookEndpoint, (c) => {
      const made = { keyring, secret: newWebhookSecret(), isAllowed };
      return write(
        c,
        contract.IssuedWebhookEndpoint,
        201,
        (tx, actor) => service.createWebhookEndpoint(tx, actor, { ...c.req.valid("json"), ...made }),
        undefined,
        withoutSecret,
      );
    })
    .openapi(contract.getWebhookEndpoint, (c) =>
      readAs(c, contract.WebhookEndpoint, (tx, actor) => service.getWebhookEndpoint(tx, actor, c.req.valid("param"))),
    )
    .openapi(contract.updateWebhookEndpoint, (c) =>
      write(c, contract.WebhookEndpoint, 200, (tx, actor) =>
        service.updateWebhookEndpoint(tx, actor, {
          ...c.req.valid("param"),
          ...c.req.valid("json"),
          isAllowed,
          now: c.var.clock.now(),
        }),
      ),
    )
    .openapi(contract.removeWebhookEndpoint, (c) =>
      writeNothing(c, (tx, actor) =>
        service.removeWebhookEndpoint(tx, actor, { ...c.req.valid("param"), now: c.var.clock.now() }),
      ),
    )
    .openapi(contract.rotateWebhookSecret, (c) => {
      const made = { keyring, secret: newWebhookSecret(), now: c.var.clock.now() };
      return write(
        c,
        contract.IssuedWebhookEndpoint,
        200,
        (tx, actor) =>
          service.rotateWebhookSecret(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json"), ...made }),
        undefined,
        withoutSecret,
      );
    })
    .openapi(contract.pingWebhookEndpoint, (c) =>
      write(c, contract.WebhookDelivery, 202, (tx, actor) =>
        service.pingWebhookEndpoint(tx, actor, { ...c.req.valid("param"), now: c.var.clock.now() }),
      ),
    )
    .openapi(contract.replayWebhooks, (c) =>
      write(c, contract.Replayed, 202, (tx, actor) =>
        service.replayWebhooks(tx, actor, {
          ...c.req.valid("param"),
          ...c.req.valid("json"),
          now: c.var.clock.now(),
        }),
      ),
    )
    .openapi(contract.listWebhookDeliveries, (c) =>
      readAs(c, contract.WebhookDeliveryPage, (tx, actor) =>
        service.listWebhookDeliveries(tx, actor, c.req.valid("query")),
      ),
    )
    .openapi(contract.getWebhookDelivery, (c) =>
      readAs(c, contract.WebhookDeliveryWithAttempts, (tx, actor) =>
        service.getWebhookDelivery(tx, actor, c.req.valid("param")),
      ),
    )
    .openapi(contract.replayWebhookDelivery, (c) =>
      write(c, contract.WebhookDelivery, 202, (tx, actor) =>
        service.replayWebhookDelivery(tx, actor, { ...c.req.valid("param"), now: c.var.clock.now() }),
      ),
    );
};
