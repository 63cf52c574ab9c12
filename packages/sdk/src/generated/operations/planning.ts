// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Campaign,
  CreateCampaign,
  CreateTag,
  CreateTemplate,
  CreateView,
  MergeTag,
  SavedView,
  Tag,
  Template,
  UpdateCampaign,
  UpdateTag,
  UpdateTemplate,
  UpdateView,
} from "../schemas.ts";

export type CreateTagInput = {
  body: CreateTag;
};

/** Make a tag. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createTag = /* @__PURE__ */ operation<CreateTagInput, Tag>("createTag", "POST", "/planning/tags", { scoped: true, keyed: true });

export type UpdateTagInput = {
  id: string;
  body: UpdateTag;
};

/** Rename or recolour a tag, on every item that has it. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, version_conflict, too_large, unsupported_media_type. */
export const updateTag = /* @__PURE__ */ operation<UpdateTagInput, Tag>("updateTag", "PUT", "/planning/tags/{id}", { scoped: true });

export type RemoveTagInput = {
  id: string;
  /** Whether to take it off the items that have it. `false` where it is left out. */
  force?: boolean | undefined;
};

/** Remove a tag; one that items have is refused unless told to take it off them. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, in_use. */
export const removeTag = /* @__PURE__ */ operation<RemoveTagInput, undefined>("removeTag", "DELETE", "/planning/tags/{id}", { scoped: true });

export type MergeTagInput = {
  id: string;
  body: MergeTag;
};

/** Make one tag of two: its items have the other one from now on. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const mergeTag = /* @__PURE__ */ operation<MergeTagInput, Tag>("mergeTag", "POST", "/planning/tags/{id}/merge", { scoped: true });

export type CreateCampaignInput = {
  body: CreateCampaign;
};

/** Plan a campaign. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createCampaign = /* @__PURE__ */ operation<CreateCampaignInput, Campaign>("createCampaign", "POST", "/planning/campaigns", { scoped: true, keyed: true });

export type UpdateCampaignInput = {
  id: string;
  body: UpdateCampaign;
};

/** Change a campaign's name, goal or dates. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, version_conflict, too_large, unsupported_media_type. */
export const updateCampaign = /* @__PURE__ */ operation<UpdateCampaignInput, Campaign>("updateCampaign", "PUT", "/planning/campaigns/{id}", { scoped: true });

export type RemoveCampaignInput = {
  id: string;
};

/** Remove a campaign that no item belongs to. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, in_use. */
export const removeCampaign = /* @__PURE__ */ operation<RemoveCampaignInput, undefined>("removeCampaign", "DELETE", "/planning/campaigns/{id}", { scoped: true });

export type ArchiveCampaignInput = {
  id: string;
};

/** End a campaign: its items stay in it, and nothing new joins. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, archived. */
export const archiveCampaign = /* @__PURE__ */ operation<ArchiveCampaignInput, Campaign>("archiveCampaign", "POST", "/planning/campaigns/{id}/archive", { scoped: true });

export type RestoreCampaignInput = {
  id: string;
};

/** Bring an archived campaign back. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, conflict. */
export const restoreCampaign = /* @__PURE__ */ operation<RestoreCampaignInput, Campaign>("restoreCampaign", "POST", "/planning/campaigns/{id}/restore", { scoped: true });

export type CreateTemplateInput = {
  body: CreateTemplate;
};

/** Make a template that items can begin with. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const createTemplate = /* @__PURE__ */ operation<CreateTemplateInput, Template>("createTemplate", "POST", "/planning/templates", { scoped: true, keyed: true });

export type UpdateTemplateInput = {
  id: string;
  body: UpdateTemplate;
};

/** Change a template; items that were made of it stay as they are. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, archived, version_conflict, too_large, unsupported_media_type. */
export const updateTemplate = /* @__PURE__ */ operation<UpdateTemplateInput, Template>("updateTemplate", "PUT", "/planning/templates/{id}", { scoped: true });

export type RemoveTemplateInput = {
  id: string;
};

/** Remove a template. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeTemplate = /* @__PURE__ */ operation<RemoveTemplateInput, undefined>("removeTemplate", "DELETE", "/planning/templates/{id}", { scoped: true });

export type CreateViewInput = {
  body: CreateView;
};

/** Keep a filter of the items under a name. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createView = /* @__PURE__ */ operation<CreateViewInput, SavedView>("createView", "POST", "/planning/views", { scoped: true, keyed: true });

export type UpdateViewInput = {
  id: string;
  body: UpdateView;
};

/** Rename a view, share it, or let it show something else. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, version_conflict, too_large, unsupported_media_type. */
export const updateView = /* @__PURE__ */ operation<UpdateViewInput, SavedView>("updateView", "PUT", "/planning/views/{id}", { scoped: true });

export type RemoveViewInput = {
  id: string;
};

/** Remove a view; the items stay as they are. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeView = /* @__PURE__ */ operation<RemoveViewInput, undefined>("removeView", "DELETE", "/planning/views/{id}", { scoped: true });
