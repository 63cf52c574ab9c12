import { write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const labelsRoutes = createRouter().openapi(contract.labelVersion, (c) =>
  write(c, contract.VersionLabels, 200, (tx, actor) =>
    service.labelVersion(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
  ),
);
