import { readAs, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { createAllowList } from "@/platform/outbound-address";
import type { Keyring } from "@/platform/secrets";
import * as contract from "./contract";
import * as service from "./service";

type Deps = {
  keyring: Keyring;
  /** Hosts that may be reached although they are private, or by http. */
  outboundAllow: readonly string[];
};

export const forwardingRoutes = ({ keyring, outboundAllow }: Deps) => {
  const sealing = { keyring, isAllowed: createAllowList(outboundAllow) };
  return createRouter()
    .openapi(contract.listForwardingDestinations, (c) =>
      readAs(c, contract.ForwardingDestinations, service.listForwardingDestinations),
    )
    .openapi(contract.createForwardingDestination, (c) =>
      write(c, contract.ForwardingDestination, 201, (tx, actor) =>
        service.createForwardingDestination(tx, actor, {
          input: c.req.valid("json"),
          now: c.var.clock.now(),
          ...sealing,
        }),
      ),
    )
    .openapi(contract.getForwardingDestination, (c) =>
      readAs(c, contract.ForwardingDestination, (tx, actor) =>
        service.getForwardingDestination(tx, actor, c.req.valid("param")),
      ),
    )
    .openapi(contract.updateForwardingDestination, (c) =>
      write(c, contract.ForwardingDestination, 200, (tx, actor) =>
        service.updateForwardingDestination(tx, actor, {
          ...c.req.valid("param"),
          change: c.req.valid("json"),
          now: c.var.clock.now(),
          ...sealing,
        }),
      ),
    )
    .openapi(contract.removeForwardingDestination, (c) =>
      writeNothing(c, (tx, actor) =>
        service.removeForwardingDestination(tx, actor, { ...c.req.valid("param"), now: c.var.clock.now() }),
      ),
    )
    .openapi(contract.testForwardingDestination, (c) =>
      write(c, contract.ForwardingDestination, 202, (tx, actor) =>
        service.testForwardingDestination(tx, actor, { ...c.req.valid("param"), now: c.var.clock.now() }),
      ),
    );
};
