import { read, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const briefsRoutes = createRouter()
  .openapi(contract.getBrief, (c) =>
    read(c, contract.ContentBrief, (tx) => service.getBrief(tx, c.req.valid("param").id)),
  )
  .openapi(contract.saveBrief, (c) =>
    write(c, contract.ContentBrief, 200, (tx, actor) =>
      service.saveBrief(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  );
