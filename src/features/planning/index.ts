export { requireKnown } from "./briefs/service";
export { requireCampaign } from "./campaigns/service";
export { requireTags, tagsNamed } from "./tags/service";
export { startOf } from "./templates/service";
