import { read } from "@/http/handlers";
import { createRouter } from "@/http/router";
import * as contract from "./contract";
import * as service from "./service";

export const siteRoutes = ({ publicUrl }: { publicUrl: string }) =>
  createRouter().openapi(contract.listSitePages, (c) =>
    read(c, contract.SitePagePage, (tx) => service.listSitePages(tx, publicUrl, c.req.valid("query"))),
  );
