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
export { createTemplate, getTemplate, listTemplates, startOf } from "./templates/service";
export { createView, listViews } from "./views/service";
