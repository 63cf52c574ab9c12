import { read, write } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const changesRoutes = createRouter()
  .openapi(contract.diffVersion, (c) =>
    read(c, contract.VersionDiff, (tx) =>
      service.diffVersion(tx, { ...c.req.valid("param"), ...c.req.valid("query") }),
    ),
  )
  .openapi(contract.mergeVersion, (c) =>
    write(c, contract.VersionMerge, 200, (tx, actor) =>
      service.mergeVersion(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  );
