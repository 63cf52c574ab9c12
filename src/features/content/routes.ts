import { read, readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const contentRoutes = createRouter()
  .openapi(contract.createContent, (c) =>
    write(c, contract.ContentItem, 201, (tx, actor) => service.createContent(tx, actor, c.req.valid("json"))),
  )
  .openapi(contract.listContent, (c) =>
    read(c, contract.ContentItemPage, (tx) => service.listContent(tx, c.req.valid("query"))),
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
  .openapi(contract.listVersions, (c) =>
    read(c, contract.ContentVersionPage, (tx) =>
      service.listVersions(tx, { ...c.req.valid("param"), ...c.req.valid("query") }),
    ),
  )
  .openapi(contract.getVersion, (c) =>
    read(c, contract.ContentVersion, (tx) => service.getVersion(tx, c.req.valid("param"))),
  )
  .openapi(contract.saveVersion, (c) =>
    write(c, contract.ContentVersion, 201, (tx, actor) =>
      service.saveVersion(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.listAdaptations, (c) =>
    readAs(c, contract.AdaptationPage, (tx) => service.listAdaptations(tx, c.req.valid("param"))),
  )
  .openapi(contract.createAdaptation, (c) =>
    write(c, contract.Adaptation, 201, (tx, actor) =>
      service.createAdaptation(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.updateAdaptation, (c) =>
    write(c, contract.Adaptation, 200, (tx, actor) =>
      service.updateAdaptation(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  );
