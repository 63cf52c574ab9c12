// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  PostingTimes,
  SchedulePage,
  ScheduleState,
  ScheduleStatus,
} from "../schemas.ts";

export type GetPostingTimesInput = {
  id: string;
};

/** Read when a channel is posted on each week, and the next times. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getPostingTimes = /* @__PURE__ */ operation<GetPostingTimesInput, PostingTimes>("getPostingTimes", "GET", "/distribution/channels/{id}/posting-times", { scoped: true });

export type ListSchedulesInput = {
  /** The first scheduled time of the range. RFC 3339. */
  from?: string | undefined;
  /** Where the range ends; not itself in it. RFC 3339. */
  to?: string | undefined;
  status?: ScheduleStatus | undefined;
  channelId?: string | undefined;
  contentItemId?: string | undefined;
  /** `"scheduledTime"` where it is left out. */
  sort?: "scheduledTime" | "-scheduledTime" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List schedules by time. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listSchedules = /* @__PURE__ */ operation<ListSchedulesInput, SchedulePage>("listSchedules", "GET", "/distribution", { scoped: true });

export type GetScheduleStatusInput = {
  id: string;
};

/** Read how a publication stands, with its attempts and parts. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getScheduleStatus = /* @__PURE__ */ operation<GetScheduleStatusInput, ScheduleState>("getScheduleStatus", "GET", "/distribution/{id}/status", { scoped: true });
