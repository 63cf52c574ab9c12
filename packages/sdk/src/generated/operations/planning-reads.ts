// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Campaign,
  CampaignPage,
  SavedViewPage,
  Tag,
  TagPage,
  Template,
  TemplatePage,
} from "../schemas.ts";

export type ListTagsInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List tags, and how many items have each. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listTags = /* @__PURE__ */ operation<ListTagsInput, TagPage>("listTags", "GET", "/planning/tags", { scoped: true });

export type GetTagInput = {
  id: string;
};

/** Read a tag. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getTag = /* @__PURE__ */ operation<GetTagInput, Tag>("getTag", "GET", "/planning/tags/{id}", { scoped: true });

export type ListCampaignsInput = {
  /** `false` where it is left out. */
  archived?: boolean | undefined;
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List campaigns, and how many items belong to each. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listCampaigns = /* @__PURE__ */ operation<ListCampaignsInput, CampaignPage>("listCampaigns", "GET", "/planning/campaigns", { scoped: true });

export type GetCampaignInput = {
  id: string;
};

/** Read a campaign. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getCampaign = /* @__PURE__ */ operation<GetCampaignInput, Campaign>("getCampaign", "GET", "/planning/campaigns/{id}", { scoped: true });

export type ListTemplatesInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List templates, without their bodies. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listTemplates = /* @__PURE__ */ operation<ListTemplatesInput, TemplatePage>("listTemplates", "GET", "/planning/templates", { scoped: true });

export type GetTemplateInput = {
  id: string;
};

/** Read a template. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getTemplate = /* @__PURE__ */ operation<GetTemplateInput, Template>("getTemplate", "GET", "/planning/templates/{id}", { scoped: true });

export type ListViewsInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List saved views of the items: one's own, and those that are shared. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listViews = /* @__PURE__ */ operation<ListViewsInput, SavedViewPage>("listViews", "GET", "/planning/views", { scoped: true });
