import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const templatesRoutes = createRouter()
  .openapi(contract.listTemplates, (c) =>
    read(c, contract.TemplatePage, (tx) => service.listTemplates(tx, c.req.valid("query"))),
  )
  .openapi(contract.createTemplate, (c) =>
    write(c, contract.Template, 201, (tx, actor) => service.createTemplate(tx, actor, c.req.valid("json"))),
  )
  .openapi(contract.getTemplate, (c) =>
    read(c, contract.Template, (tx) => service.getTemplate(tx, c.req.valid("param").id)),
  )
  .openapi(contract.updateTemplate, (c) =>
    write(c, contract.Template, 200, (tx, actor) =>
      service.updateTemplate(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.removeTemplate, (c) =>
    writeNothing(c, (tx, actor) => service.removeTemplate(tx, actor, c.req.valid("param"))),
  );
