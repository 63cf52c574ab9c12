// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  MarkNotificationsRead,
  NotificationPreferences,
  NotificationSettings,
  SetNotificationPreferences,
  SetNotificationSettings,
  UnreadNotifications,
} from "../schemas.ts";

export type MarkNotificationsReadInput = {
  body: MarkNotificationsRead;
};

/** Mark notifications as read, some or all. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const markNotificationsRead = /* @__PURE__ */ operation<MarkNotificationsReadInput, UnreadNotifications>("markNotificationsRead", "POST", "/notifications/read", { scoped: true });

export type SetNotificationPreferencesInput = {
  body: SetNotificationPreferences;
};

/** Choose how one is told in a workspace; ends an unsubscription. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const setNotificationPreferences = /* @__PURE__ */ operation<SetNotificationPreferencesInput, NotificationPreferences>("setNotificationPreferences", "PUT", "/notifications/preferences", { scoped: true });

/** Have mails sent to one's address again, after one came back. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const resumeNotificationMail = /* @__PURE__ */ operation<Nothing, NotificationPreferences>("resumeNotificationMail", "POST", "/notifications/preferences/resume", { scoped: true });

export type SetNotificationSettingsInput = {
  body: SetNotificationSettings;
};

/** Set a workspace's reminders and what it tells Slack. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const setNotificationSettings = /* @__PURE__ */ operation<SetNotificationSettingsInput, NotificationSettings>("setNotificationSettings", "PUT", "/notifications/settings", { scoped: true });
