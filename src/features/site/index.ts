export { createSitePort } from "./port";
export { publicSite } from "./public";
export { siteRoutes } from "./routes";
