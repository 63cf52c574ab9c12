import { createRouter } from "@/http/router";
import { campaignsRoutes } from "./campaigns/routes";
import { tagsRoutes } from "./tags/routes";
import { templatesRoutes } from "./templates/routes";

export const planningRoutes = createRouter()
  .route("/", tagsRoutes)
  .route("/", campaignsRoutes)
  .route("/", templatesRoutes);
