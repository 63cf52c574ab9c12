import { read, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const versionsRoutes = createRouter()
  .openapi(contract.listVersions, (c) =>
    read(c, contract.ContentVersionPage, (tx) =>
      service.listVersions(tx, { ...c.req.valid("param"), ...c.req.valid("query") }),
    ),
  )
  .openapi(contract.getVersion, (c) =>
    read(c, contract.ContentVersion, (tx) => service.getVersion(tx, c.req.valid("param"))),
  )
  .openapi(contract.saveVersion, (c) =>
    write(c, contract.SavedVersion, 201, (tx, actor) =>
      service.saveVersion(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.restoreVersion, (c) =>
    write(c, contract.ContentVersion, 201, (tx, actor) =>
      service.restoreVersion(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  );
