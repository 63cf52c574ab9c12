import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const transferRoutes = (_deps: object) =>
  createRouter()
    .openapi(contract.startImport, (c) =>
      write(c, contract.ContentImport, 202, (tx, actor) => service.startImport(tx, actor, c.req.valid("json"))),
    )
    .openapi(contract.listImports, (c) =>
      readAs(c, contract.ContentImportPage, (tx, actor) => service.listImports(tx, actor, c.req.valid("query"))),
    )
    .openapi(contract.getImport, (c) =>
      readAs(c, contract.ContentImport, (tx, actor) => service.getImport(tx, actor, c.req.valid("param").id)),
    )
    .openapi(contract.listImportEntries, (c) =>
      readAs(c, contract.ImportedEntryPage, (tx, actor) =>
        service.listImportEntries(tx, actor, { ...c.req.valid("param"), ...c.req.valid("query") }),
      ),
    )
    .openapi(contract.cancelImport, (c) =>
      write(c, contract.ContentImport, 200, (tx, actor) => service.cancelImport(tx, actor, c.req.valid("param"))),
    );
