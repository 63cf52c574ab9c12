// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Adaptation,
  ContentBrief,
  ContentItem,
  ContentVersion,
  CreateAdaptation,
  CreateContent,
  Draft,
  LabelVersion,
  MergeVersion,
  RestoreVersion,
  SaveBrief,
  SaveDraft,
  SaveVersion,
  SavedVersion,
  UpdateAdaptation,
  UpdateContent,
  VersionLabels,
  VersionMerge,
} from "../schemas.ts";

export type CreateContentInput = {
  body: CreateContent;
};

/** Create a draft, with its first version. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const createContent = /* @__PURE__ */ operation<CreateContentInput, ContentItem>("createContent", "POST", "/content", { scoped: true, keyed: true });

export type UpdateContentInput = {
  id: string;
  body: UpdateContent;
};

/** Change title, metadata or its place in the plan; what goes out makes a new version. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, version_conflict, archived, too_large, unsupported_media_type. */
export const updateContent = /* @__PURE__ */ operation<UpdateContentInput, ContentItem>("updateContent", "PUT", "/content/{id}", { scoped: true });

export type ArchiveContentInput = {
  id: string;
};

/** Take an item off the lists; nothing is lost. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, archived. */
export const archiveContent = /* @__PURE__ */ operation<ArchiveContentInput, ContentItem>("archiveContent", "POST", "/content/{id}/archive", { scoped: true });

export type RestoreContentInput = {
  id: string;
};

/** Bring an archived item back. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, conflict. */
export const restoreContent = /* @__PURE__ */ operation<RestoreContentInput, ContentItem>("restoreContent", "POST", "/content/{id}/restore", { scoped: true });

export type SaveVersionInput = {
  id: string;
  body: SaveVersion;
};

/** Save a new version, based on the one that was read. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, version_conflict, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const saveVersion = /* @__PURE__ */ operation<SaveVersionInput, SavedVersion>("saveVersion", "POST", "/content/{id}/versions", { scoped: true, keyed: true });

export type RestoreVersionInput = {
  id: string;
  /** From 1, without gaps. */
  versionNumber: number;
  body: RestoreVersion;
};

/** Make a new version that says what an old one said. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, version_conflict, archived, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const restoreVersion = /* @__PURE__ */ operation<RestoreVersionInput, ContentVersion>("restoreVersion", "POST", "/content/{id}/versions/{versionNumber}/restore", { scoped: true, keyed: true });

export type MergeVersionInput = {
  id: string;
  body: MergeVersion;
};

/** Merge a text with what was saved meanwhile, without saving. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const mergeVersion = /* @__PURE__ */ operation<MergeVersionInput, VersionMerge>("mergeVersion", "POST", "/content/{id}/versions/merge", { scoped: true });

export type LabelVersionInput = {
  id: string;
  /** From 1, without gaps. */
  versionNumber: number;
  body: LabelVersion;
};

/** Give a version the labels that it is to have. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, label_taken, archived, too_large, unsupported_media_type. */
export const labelVersion = /* @__PURE__ */ operation<LabelVersionInput, VersionLabels>("labelVersion", "PUT", "/content/{id}/versions/{versionNumber}/labels", { scoped: true });

export type SaveDraftInput = {
  id: string;
  body: SaveDraft;
};

/** Keep what you have typed, for yourself; it makes no version. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, draft_conflict, archived, too_large, unsupported_media_type. */
export const saveDraft = /* @__PURE__ */ operation<SaveDraftInput, Draft>("saveDraft", "PUT", "/content/{id}/draft", { scoped: true });

export type RemoveDraftInput = {
  id: string;
};

/** Throw your draft away. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeDraft = /* @__PURE__ */ operation<RemoveDraftInput, undefined>("removeDraft", "DELETE", "/content/{id}/draft", { scoped: true });

export type CreateAdaptationInput = {
  id: string;
  body: CreateAdaptation;
};

/** Rewrite the current version for one channel or network, by hand. With `network` in place of `channelId` it is for a network that nothing here publishes to: it is reviewed like any other, and copied there. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const createAdaptation = /* @__PURE__ */ operation<CreateAdaptationInput, Adaptation>("createAdaptation", "POST", "/content/{id}/adaptations", { scoped: true, keyed: true });

export type UpdateAdaptationInput = {
  id: string;
  adaptationId: string;
  body: UpdateAdaptation;
};

/** Change an adaptation's parts. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, too_large, unsupported_media_type. */
export const updateAdaptation = /* @__PURE__ */ operation<UpdateAdaptationInput, Adaptation>("updateAdaptation", "PUT", "/content/{id}/adaptations/{adaptationId}", { scoped: true });

export type SaveBriefInput = {
  id: string;
  body: SaveBrief;
};

/** Say what an item is to do, as a whole; based on the brief that was read. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, version_conflict, too_large, unsupported_media_type. */
export const saveBrief = /* @__PURE__ */ operation<SaveBriefInput, ContentBrief>("saveBrief", "PUT", "/content/{id}/brief", { scoped: true });
