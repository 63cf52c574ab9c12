export { requireKnown } from "./briefs/service";
export {
  archiveCampaign,
  campaignNamed,
  createCampaign,
  getCampaign,
  listCampaigns,
  requireCampaign,
} from "./campaigns/service";
export { createTag, knownTags, listTags, requireTags, tagsNamed } from "./tags/service";
export { startOf } from "./templates/service";
