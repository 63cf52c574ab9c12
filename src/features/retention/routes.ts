import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const retentionRoutes = createRouter()
  .openapi(contract.getRetention, (c) => readAs(c, contract.Retention, service.getRetention))
  .openapi(contract.previewRetention, (c) =>
    readAs(c, contract.RetentionPreview, (tx, actor) => service.previewRetention(tx, actor, c.req.valid("query"))),
  )
  .openapi(contract.setRetention, (c) =>
    write(c, contract.RetentionRule, 200, (tx, actor) => service.setRetention(tx, actor, c.req.valid("json"))),
  )
  .openapi(contract.setRetentionHold, (c) =>
    write(c, contract.Retention, 200, (tx, actor) =>
      service.setRetentionHold(tx, actor, { ...c.req.valid("json"), now: c.var.clock.now() }),
    ),
  );
