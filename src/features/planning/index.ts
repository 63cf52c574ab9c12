export { requireKnown } from "./briefs/service";
export { archiveCampaign, createCampaign, getCampaign, listCampaigns, requireCampaign } from "./campaigns/service";
export { createTag, listTags, requireTags, tagsNamed } from "./tags/service";
export { startOf } from "./templates/service";
