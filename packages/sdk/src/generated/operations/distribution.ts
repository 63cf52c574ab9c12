// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  CreateSchedule,
  PlannedSchedule,
  PostingTimes,
  Reschedule,
  ResolveUnknown,
  Schedule,
  ScheduleNext,
  SetPostingTimes,
} from "../schemas.ts";

export type CreateScheduleInput = {
  body: CreateSchedule;
};

/** Plan the publication of an approved version on a channel. Refusals: workspace_required, local_time_invalid, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, not_approved, adaptation_not_approved, not_published_here, archived, channel_disconnected, channel_limits, schedule_exists, idempotency_key_reused, too_large, unsupported_media_type. */
export const createSchedule = /* @__PURE__ */ operation<CreateScheduleInput, PlannedSchedule>("createSchedule", "POST", "/distribution/schedule", { scoped: true, keyed: true });

export type ScheduleNextInput = {
  body: ScheduleNext;
};

/** Plan the publication of an approved version at the channel's next free posting time. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, no_posting_time, not_approved, adaptation_not_approved, not_published_here, archived, channel_disconnected, channel_limits, schedule_exists, idempotency_key_reused, too_large, unsupported_media_type. */
export const scheduleNext = /* @__PURE__ */ operation<ScheduleNextInput, PlannedSchedule>("scheduleNext", "POST", "/distribution/schedule/next", { scoped: true, keyed: true });

export type SetPostingTimesInput = {
  id: string;
  body: SetPostingTimes;
};

/** Set when a channel is posted on each week; what is planned already keeps its time. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const setPostingTimes = /* @__PURE__ */ operation<SetPostingTimesInput, PostingTimes>("setPostingTimes", "PUT", "/distribution/channels/{id}/posting-times", { scoped: true });

export type RescheduleInput = {
  id: string;
  body: Reschedule;
};

/** Give a schedule another time, and what is approved now where it was put on hold. Refusals: workspace_required, local_time_invalid, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_open, schedule_exists, not_approved, adaptation_not_approved, not_published_here, archived, channel_disconnected, channel_limits, idempotency_key_reused, too_large, unsupported_media_type. */
export const reschedule = /* @__PURE__ */ operation<RescheduleInput, PlannedSchedule>("reschedule", "POST", "/distribution/{id}/reschedule", { scoped: true, keyed: true });

export type CancelScheduleInput = {
  id: string;
};

/** Call a publication off. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_open, idempotency_key_reused. */
export const cancelSchedule = /* @__PURE__ */ operation<CancelScheduleInput, Schedule>("cancelSchedule", "POST", "/distribution/{id}/cancel", { scoped: true, keyed: true });

export type RetryScheduleInput = {
  id: string;
};

/** Have a failed publication tried again, now. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_open, schedule_exists, not_approved, archived, channel_disconnected, idempotency_key_reused. */
export const retrySchedule = /* @__PURE__ */ operation<RetryScheduleInput, Schedule>("retrySchedule", "POST", "/distribution/{id}/retry", { scoped: true, keyed: true });

export type ResolveScheduleInput = {
  id: string;
  body: ResolveUnknown;
};

/** Say whether a publication is there, where the network can't tell. `Published` records it as there; `Absent` has what is missing sent again. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_unknown, idempotency_key_reused, too_large, unsupported_media_type. */
export const resolveSchedule = /* @__PURE__ */ operation<ResolveScheduleInput, Schedule>("resolveSchedule", "POST", "/distribution/{id}/resolve", { scoped: true, keyed: true });

export type RemovePublicationInput = {
  id: string;
};

/** Take a publication down from its network. Done by a job: `removedAt` of the status tells when it is down. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_open, removal_unsupported, channel_disconnected, idempotency_key_reused. */
export const removePublication = /* @__PURE__ */ operation<RemovePublicationInput, Schedule>("removePublication", "POST", "/distribution/{id}/remove", { scoped: true, keyed: true });
