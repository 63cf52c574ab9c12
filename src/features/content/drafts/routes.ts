import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const draftsRoutes = createRouter()
  .openapi(contract.getDraft, (c) => read(c, contract.Draft, (tx) => service.getDraft(tx, c.req.valid("param"))))
  .openapi(contract.saveDraft, (c) =>
    write(c, contract.Draft, 200, (tx, actor) =>
      service.saveDraft(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.removeDraft, (c) => writeNothing(c, (tx) => service.removeDraft(tx, c.req.valid("param"))));
