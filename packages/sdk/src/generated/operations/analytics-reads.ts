// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  ContentAnalytics,
  LineagePage,
  TopContent,
  WorkspaceAnalytics,
} from "../schemas.ts";

export type GetContentAnalyticsInput = {
  id: string;
  /** A date, from its first moment in the workspace's time zone, or RFC 3339 with an offset. 30 days before the end where left out. */
  from?: string | undefined;
  /** A date, with all of it, or RFC 3339 with an offset, itself not in it. Today where left out. */
  to?: string | undefined;
};

/** Read an item's metrics: each value with its source, its time and how well it is known. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getContentAnalytics = /* @__PURE__ */ operation<GetContentAnalyticsInput, ContentAnalytics>("getContentAnalytics", "GET", "/analytics/content/{id}", { scoped: true });

export type GetWorkspaceAnalyticsInput = {
  id: string;
  /** A date, from its first moment in the workspace's time zone, or RFC 3339 with an offset. 30 days before the end where left out. */
  from?: string | undefined;
  /** A date, with all of it, or RFC 3339 with an offset, itself not in it. Today where left out. */
  to?: string | undefined;
};

/** Read a workspace's KPIs of a period, with the one before. Refusals: unauthenticated, forbidden, not_found. */
export const getWorkspaceAnalytics = /* @__PURE__ */ operation<GetWorkspaceAnalyticsInput, WorkspaceAnalytics>("getWorkspaceAnalytics", "GET", "/analytics/workspace/{id}");

export type GetTopContentInput = {
  id: string;
  /** A date, from its first moment in the workspace's time zone, or RFC 3339 with an offset. 30 days before the end where left out. */
  from?: string | undefined;
  /** A date, with all of it, or RFC 3339 with an offset, itself not in it. Today where left out. */
  to?: string | undefined;
  /** How many items are named at most. `10` where it is left out. */
  limit?: number | undefined;
};

/** Read which items grew most in a period, and at what times what went out did well. Refusals: unauthenticated, forbidden, not_found. */
export const getTopContent = /* @__PURE__ */ operation<GetTopContentInput, TopContent>("getTopContent", "GET", "/analytics/workspace/{id}/top");

export type GetLineageInput = {
  contentItemId?: string | undefined;
  personaId?: string | undefined;
  campaignId?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** Follow items from the persona to the result: brief, versions, adaptations, publications and their metrics. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const getLineage = /* @__PURE__ */ operation<GetLineageInput, LineagePage>("getLineage", "GET", "/analytics/lineage", { scoped: true });
