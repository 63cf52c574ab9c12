import { createRouter } from "@/http/router";
import { campaignsRoutes } from "./campaigns/routes";
import { tagsRoutes } from "./tags/routes";
import { templatesRoutes } from "./templates/routes";
import { viewsRoutes } from "./views/routes";

export const planningRoutes = createRouter()
  .route("/", tagsRoutes)
  .route("/", campaignsRoutes)
  .route("/", templatesRoutes)
  .route("/", viewsRoutes);
