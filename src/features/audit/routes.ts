import { readAs } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const auditRoutes = createRouter().openapi(contract.listAuditEvents, (c) =>
  readAs(c, contract.AuditEventPage, (tx, actor) => service.listAuditEvents(tx, actor, c.req.valid("query"))),
);
