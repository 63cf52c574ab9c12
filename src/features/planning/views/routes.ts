import { read, write, writeNothing } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const viewsRoutes = createRouter()
  .openapi(contract.listViews, (c) =>
    read(c, contract.SavedViewPage, (tx) => service.listViews(tx, c.req.valid("query"))),
  )
  .openapi(contract.createView, (c) =>
    write(c, contract.SavedView, 201, (tx, actor) => service.createView(tx, actor, c.req.valid("json"))),
  )
  .openapi(contract.updateView, (c) =>
    write(c, contract.SavedView, 200, (tx, actor) =>
      service.updateView(tx, actor, { ...c.req.valid("param"), ...c.req.valid("json") }),
    ),
  )
  .openapi(contract.removeView, (c) =>
    writeNothing(c, (tx, actor) => service.removeView(tx, actor, c.req.valid("param"))),
  );
