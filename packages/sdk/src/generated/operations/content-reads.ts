// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  AdaptationPage,
  ContentBrief,
  ContentItemPage,
  ContentItemWithBody,
  ContentStatus,
  ContentVersion,
  ContentVersionPage,
  Draft,
  VersionDiff,
} from "../schemas.ts";

export type ListContentInput = {
  status?: ContentStatus | undefined;
  /** Words of the title, each of which may go on: `spr lau` finds Spring launch. */
  q?: string | undefined;
  author?: string | undefined;
  /** The id of a member, `me`, or `none`. */
  assignee?: "me" | "none" | string | undefined;
  /** Items that have this tag; of several, repeated or with commas between, all of them. */
  tag?: string[] | undefined;
  campaign?: string | undefined;
  persona?: string | undefined;
  /** Made at this time or later. RFC 3339. */
  createdFrom?: string | undefined;
  /** Made before this time. RFC 3339. */
  createdTo?: string | undefined;
  /** Due at this time or later. RFC 3339. */
  dueFrom?: string | undefined;
  /** Due before this time. RFC 3339. */
  dueTo?: string | undefined;
  /** `true`: those whose due date has passed and that aren't Published. `false` where it is left out. */
  overdue?: boolean | undefined;
  /** `false` where it is left out. */
  archived?: boolean | undefined;
  /** What has no due date comes last, in either direction. `"-createdAt"` where it is left out. */
  sort?: "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | "dueAt" | "-dueAt" | "title" | "-title" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List content items. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listContent = /* @__PURE__ */ operation<ListContentInput, ContentItemPage>("listContent", "GET", "/content", { scoped: true });

export type GetContentInput = {
  id: string;
};

/** Read an item with its current version. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getContent = /* @__PURE__ */ operation<GetContentInput, ContentItemWithBody>("getContent", "GET", "/content/{id}", { scoped: true });

export type ListVersionsInput = {
  id: string;
  /** The version with this label, in any case. */
  label?: string | undefined;
  /** Only versions with a label. `false` where it is left out. */
  labelled?: boolean | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List an item's versions, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listVersions = /* @__PURE__ */ operation<ListVersionsInput, ContentVersionPage>("listVersions", "GET", "/content/{id}/versions", { scoped: true });

export type GetVersionInput = {
  id: string;
  /** From 1, without gaps. */
  versionNumber: number;
};

/** Read one version. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getVersion = /* @__PURE__ */ operation<GetVersionInput, ContentVersion>("getVersion", "GET", "/content/{id}/versions/{versionNumber}", { scoped: true });

export type DiffVersionInput = {
  id: string;
  /** From 1, without gaps. */
  versionNumber: number;
  /** The version before, where left out. */
  against?: number | undefined;
};

/** Compare a version with the one before, or with another, word by word. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const diffVersion = /* @__PURE__ */ operation<DiffVersionInput, VersionDiff>("diffVersion", "GET", "/content/{id}/versions/{versionNumber}/diff", { scoped: true });

export type GetDraftInput = {
  id: string;
};

/** Read what you have typed and not saved. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getDraft = /* @__PURE__ */ operation<GetDraftInput, Draft>("getDraft", "GET", "/content/{id}/draft", { scoped: true });

export type ListAdaptationsInput = {
  id: string;
};

/** List an item's adaptations. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const listAdaptations = /* @__PURE__ */ operation<ListAdaptationsInput, AdaptationPage>("listAdaptations", "GET", "/content/{id}/adaptations", { scoped: true });

export type GetBriefInput = {
  id: string;
};

/** Read what an item is to do. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getBrief = /* @__PURE__ */ operation<GetBriefInput, ContentBrief>("getBrief", "GET", "/content/{id}/brief", { scoped: true });
