export { checkDomainTask, judgeTrialTask, purgeTask } from "./jobs";
export { createSitePort } from "./port";
export { publicSite } from "./public";
export { addressesToPurge, purgeSite } from "./purging";
export { siteRoutes } from "./routes";
