import { read, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import { adaptationsRoutes } from "./adaptations/routes";
import { briefsRoutes } from "./briefs/routes";
import { changesRoutes } from "./changes/routes";
import * as contract from "./contract";
import { draftsRoutes } from "./drafts/routes";
import { labelsRoutes } from "./labels/routes";
import { listContent } from "./list/service";
import * as service from "./service";
import { versionsRoutes } from "./versions/routes";

export const contentRoutes = createRouter()
  .openapi(contract.createContent, (c) =>
    write(c, contract.ContentItem, 201, (tx, actor) =>
      service.createContent(tx, actor, c.req.valid("json"), c.var.clock.now()),
    ),
  )
  .openapi(contract.listContent, (c) =>
    read(c, contract.ContentItemPage, (tx) => listContent(tx, c.req.valid("query"), c.var.clock.now())),
  )
  .openapi(contract.getContent, (c) =>
    read(c, contract.ContentItemWithBody, (tx) => service.getContent(tx, c.req.valid("param").id)),
  )
  .openapi(contract.updateContent, (c) =>
    write(c, contract.ContentItem, 200, (tx, actor) =>
      service.updateContent(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.archiveContent, (c) =>
    write(c, contract.ContentItem, 200, (tx, actor) => service.archiveContent(tx, actor, c.req.valid("param"))),
  )
  .openapi(contract.restoreContent, (c) =>
    write(c, contract.ContentItem, 200, (tx, actor) => service.restoreContent(tx, actor, c.req.valid("param"))),
  )
  .route("/", versionsRoutes)
  .route("/", changesRoutes)
  .route("/", labelsRoutes)
  .route("/", draftsRoutes)
  .route("/", adaptationsRoutes)
  .route("/", briefsRoutes);
