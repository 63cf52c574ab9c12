import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const blueprintRoutes = createRouter()
  .openapi(contract.getBlueprint, (c) => readAs(c, contract.Blueprint, service.getBlueprint, c.req.valid("param").id))
  .openapi(contract.applyBlueprint, (c) =>
    write(
      c,
      contract.AppliedBlueprint,
      200,
      (tx, actor) => service.applyBlueprint(tx, actor, c.req.valid("json")),
      c.req.valid("param").id,
    ),
  );
