import { read } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const searchRoutes = createRouter().openapi(contract.search, (c) =>
  read(c, contract.SearchPage, (tx) => service.search(tx, c.req.valid("query"))),
);
