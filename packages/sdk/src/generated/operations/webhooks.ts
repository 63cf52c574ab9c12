// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  CreateWebhookEndpoint,
  IssuedWebhookEndpoint,
  ReplayWebhooks,
  ReplayedWebhooks,
  RotateWebhookSecret,
  UpdateWebhookEndpoint,
  WebhookDelivery,
  WebhookEndpoint,
} from "../schemas.ts";

export type CreateWebhookEndpointInput = {
  body: CreateWebhookEndpoint;
};

/** Have events sent to an address from now on. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_many, idempotency_key_reused, too_large, unsupported_media_type. */
export const createWebhookEndpoint = /* @__PURE__ */ operation<CreateWebhookEndpointInput, IssuedWebhookEndpoint>("createWebhookEndpoint", "POST", "/webhooks/endpoints", { scoped: true, keyed: true });

export type UpdateWebhookEndpointInput = {
  id: string;
  body: UpdateWebhookEndpoint;
};

/** Change an endpoint, pause it or resume it. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const updateWebhookEndpoint = /* @__PURE__ */ operation<UpdateWebhookEndpointInput, WebhookEndpoint>("updateWebhookEndpoint", "PUT", "/webhooks/endpoints/{id}", { scoped: true });

export type RemoveWebhookEndpointInput = {
  id: string;
};

/** Send nothing there any more. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeWebhookEndpoint = /* @__PURE__ */ operation<RemoveWebhookEndpointInput, undefined>("removeWebhookEndpoint", "DELETE", "/webhooks/endpoints/{id}", { scoped: true });

export type RotateWebhookSecretInput = {
  id: string;
  body: RotateWebhookSecret;
};

/** Give an endpoint a new secret. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused, too_large, unsupported_media_type. */
export const rotateWebhookSecret = /* @__PURE__ */ operation<RotateWebhookSecretInput, IssuedWebhookEndpoint>("rotateWebhookSecret", "POST", "/webhooks/endpoints/{id}/rotate", { scoped: true, keyed: true });

export type PingWebhookEndpointInput = {
  id: string;
};

/** Send a test message, also to an endpoint that is paused. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused. */
export const pingWebhookEndpoint = /* @__PURE__ */ operation<PingWebhookEndpointInput, WebhookDelivery>("pingWebhookEndpoint", "POST", "/webhooks/endpoints/{id}/ping", { scoped: true, keyed: true });

export type ReplayWebhooksInput = {
  id: string;
  body: ReplayWebhooks;
};

/** Send again what happened between two times. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, endpoint_paused, idempotency_key_reused, too_large, unsupported_media_type. */
export const replayWebhooks = /* @__PURE__ */ operation<ReplayWebhooksInput, ReplayedWebhooks>("replayWebhooks", "POST", "/webhooks/endpoints/{id}/replay", { scoped: true, keyed: true });

export type ReplayWebhookDeliveryInput = {
  id: string;
};

/** Send a message again, under the same id. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, endpoint_paused, delivery_pending, idempotency_key_reused. */
export const replayWebhookDelivery = /* @__PURE__ */ operation<ReplayWebhookDeliveryInput, WebhookDelivery>("replayWebhookDelivery", "POST", "/webhooks/deliveries/{id}/replay", { scoped: true, keyed: true });
