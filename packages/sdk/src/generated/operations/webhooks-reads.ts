// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  WebhookDeliveryPage,
  WebhookDeliveryWithAttempts,
  WebhookEndpoint,
  WebhookEndpointPage,
} from "../schemas.ts";

export type ListWebhookEndpointsInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List where events are sent, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listWebhookEndpoints = /* @__PURE__ */ operation<ListWebhookEndpointsInput, WebhookEndpointPage>("listWebhookEndpoints", "GET", "/webhooks/endpoints", { scoped: true });

export type GetWebhookEndpointInput = {
  id: string;
};

/** Read an endpoint. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getWebhookEndpoint = /* @__PURE__ */ operation<GetWebhookEndpointInput, WebhookEndpoint>("getWebhookEndpoint", "GET", "/webhooks/endpoints/{id}", { scoped: true });

export type ListWebhookDeliveriesInput = {
  endpointId?: string | undefined;
  status?: "Pending" | "Delivered" | "Failed" | "Skipped" | undefined;
  type?: "approval.approved" | "approval.rejected" | "approval.step_opened" | "approval.submitted" | "approval.superseded" | "assets.changed" | "assets.refused" | "assets.removed" | "assets.uploaded" | "billing.credits_exhausted" | "billing.credits_low" | "billing.payment_failed" | "billing.plan_changed" | "channels.connected" | "channels.disconnected" | "channels.expiring" | "channels.revoked" | "comments.edited" | "comments.mentioned" | "comments.removed" | "comments.reopened" | "comments.replied" | "comments.resolved" | "comments.thread_opened" | "content.adaptation_saved" | "content.archived" | "content.assigned" | "content.brief_saved" | "content.created" | "content.planned" | "content.restored" | "content.version_labelled" | "content.version_saved" | "distribution.canceled" | "distribution.failed" | "distribution.held" | "distribution.published" | "distribution.removal_failed" | "distribution.removed" | "distribution.rescheduled" | "distribution.scheduled" | "distribution.unknown" | "forwarding.destination_paused" | "notifications.told" | "planning.campaign_archived" | "planning.campaign_changed" | "planning.campaign_created" | "planning.campaign_removed" | "planning.campaign_restored" | "planning.tag_changed" | "planning.tag_created" | "planning.tag_merged" | "planning.tag_removed" | "review.approved" | "review.changes_requested" | "review.held" | "review.link_created" | "review.link_revoked" | "review.opened" | "site.domain_added" | "site.domain_lost" | "site.domain_removed" | "site.domain_verified" | "site.primary_domain_changed" | "site.trial_ended" | "transfer.export_finished" | "transfer.import_canceled" | "transfer.import_failed" | "transfer.import_finished" | "transfer.import_started" | "webhooks.endpoint_paused" | "workspaces.branding_changed" | "workspaces.founded" | "workspaces.language_changed" | "workspaces.member_changed" | "workspaces.member_joined" | "workspaces.site_changed" | "workspaces.support_begun" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List deliveries of the last 30 days, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listWebhookDeliveries = /* @__PURE__ */ operation<ListWebhookDeliveriesInput, WebhookDeliveryPage>("listWebhookDeliveries", "GET", "/webhooks/deliveries", { scoped: true });

export type GetWebhookDeliveryInput = {
  id: string;
};

/** Read a delivery with what was sent and each try. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getWebhookDelivery = /* @__PURE__ */ operation<GetWebhookDeliveryInput, WebhookDeliveryWithAttempts>("getWebhookDelivery", "GET", "/webhooks/deliveries/{id}", { scoped: true });
