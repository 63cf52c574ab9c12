// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  NotificationDeliveryPage,
  NotificationPage,
  NotificationPreferences,
  NotificationSettings,
  UnreadNotifications,
} from "../schemas.ts";

export type ListNotificationsInput = {
  /** Only those that are unread, or only the read. */
  unread?: boolean | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** Read what one was told in a workspace, the newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listNotifications = /* @__PURE__ */ operation<ListNotificationsInput, NotificationPage>("listNotifications", "GET", "/notifications", { scoped: true });

/** Count what one has not read. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const countUnread = /* @__PURE__ */ operation<Nothing, UnreadNotifications>("countUnread", "GET", "/notifications/unread", { scoped: true });

/** Read how one is told in a workspace. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getNotificationPreferences = /* @__PURE__ */ operation<Nothing, NotificationPreferences>("getNotificationPreferences", "GET", "/notifications/preferences", { scoped: true });

/** Read a workspace's reminders and what it tells Slack. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getNotificationSettings = /* @__PURE__ */ operation<Nothing, NotificationSettings>("getNotificationSettings", "GET", "/notifications/settings", { scoped: true });

export type ListDeliveriesInput = {
  status?: "Queued" | "Sending" | "Sent" | "Failed" | "Bounced" | "Skipped" | undefined;
  way?: "Email" | "Digest" | "Slack" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** Read what was mailed or told to Slack, and what became of it. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listDeliveries = /* @__PURE__ */ operation<ListDeliveriesInput, NotificationDeliveryPage>("listDeliveries", "GET", "/notifications/deliveries", { scoped: true });
