// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  EventPage,
  PresenceList,
} from "../schemas.ts";

export type ListEventsInput = {
  /** The `cursor` of the newest event that is known. Without one, from now on. */
  after?: string | undefined;
  /** Events of one item, or of one channel. */
  subjectId?: string | undefined;
  /** Types with commas between them, such as `content.version_saved,approval.approved`; all by default. */
  types?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
};

/** Read what happened after a cursor; without one, where now is. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found, cursor_expired. */
export const listEvents = /* @__PURE__ */ operation<ListEventsInput, EventPage>("listEvents", "GET", "/events", { scoped: true });

export type StreamEventsInput = {
  /** The `cursor` of the newest event that is known. Without one, from now on. */
  after?: string | undefined;
  /** Where there is no cursor, so many seconds back, by the times at which transactions began. `ready` says whether it was heard. */
  since?: number | undefined;
  /** Events of one item, or of one channel. */
  subjectId?: string | undefined;
  /** Types with commas between them, such as `content.version_saved,approval.approved`; all by default. */
  types?: string | undefined;
  /** As `X-Workspace-Id`, for browsers' EventSource, which can't send headers. The header goes first. */
  workspaceId?: string | undefined;
  /** As `after`, and goes first: browsers send it by themselves when they connect again. */
  lastEventId?: string | undefined;
};

/** Follow what happens, as server-sent events. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found, stream_unavailable, cursor_expired. */
export const streamEvents = /* @__PURE__ */ operation<StreamEventsInput, Response>("streamEvents", "GET", "/events/stream", { scoped: true, headers: { lastEventId: "last-event-id" }, answers: "response" });

export type ListPresenceInput = {
  id: string;
};

/** See who has an item open. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const listPresence = /* @__PURE__ */ operation<ListPresenceInput, PresenceList>("listPresence", "GET", "/content/{id}/presence", { scoped: true });
