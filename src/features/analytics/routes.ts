import type { Channels } from "@/channels/registry";
import { read, readAs } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import { getLineage } from "./lineage/service";
import * as service from "./service";
import { getTopContent } from "./top/service";

export const analyticsRoutes = (deps: { channels: Channels }) =>
  createRouter()
    .openapi(contract.getContentAnalytics, (c) =>
      readAs(c, contract.ContentAnalytics, (tx) =>
        service.getContentAnalytics(
          tx,
          { ...c.req.valid("param"), ...c.req.valid("query"), now: c.var.clock.now() },
          deps,
        ),
      ),
    )
    .openapi(contract.getWorkspaceAnalytics, (c) =>
      readAs(
        c,
        contract.WorkspaceAnalytics,
        (tx) => service.getWorkspaceAnalytics(tx, { ...c.req.valid("query"), now: c.var.clock.now() }),
        c.req.valid("param").id,
      ),
    )
    .openapi(contract.getTopContent, (c) =>
      readAs(
        c,
        contract.TopContent,
        (tx) => getTopContent(tx, { ...c.req.valid("query"), now: c.var.clock.now() }),
        c.req.valid("param").id,
      ),
    )
    .openapi(contract.getLineage, (c) =>
      read(c, contract.LineagePage, (tx) => getLineage(tx, c.req.valid("query"), { ...deps, now: c.var.clock.now() })),
    );
