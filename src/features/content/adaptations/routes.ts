import { readAs, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const adaptationsRoutes = createRouter()
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
