import type { IdentityService } from "@/features/auth";
import { createRouter } from "@/http/router";
import { clientRoutes } from "./client/routes";
import { linksRoutes } from "./links/routes";
import { receiptsRoutes } from "./receipts/routes";

/** `identity` signs receipts; `publicUrl` is where links lead. */
export const reviewRoutes = (deps: { identity: IdentityService; publicUrl: string }) =>
  createRouter().route("/", linksRoutes(deps)).route("/", clientRoutes(deps)).route("/", receiptsRoutes(deps));
