import { read } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import { type DomainsDeps, domainsRoutes } from "./domains/routes";
import * as service from "./service";
import { trialsRoutes } from "./trials/routes";

export const siteRoutes = (deps: DomainsDeps) =>
  createRouter()
    .openapi(contract.listSitePages, (c) =>
      read(c, contract.SitePagePage, (tx) => service.listSitePages(tx, deps.publicUrl, c.req.valid("query"))),
    )
    .route("/", domainsRoutes(deps))
    .route("/", trialsRoutes());
