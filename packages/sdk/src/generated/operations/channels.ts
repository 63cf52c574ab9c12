// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  BeginAuthorization,
  BegunAuthorization,
  Channel,
  CompleteAuthorization,
  ConnectChannel,
  ConnectedChannel,
  UpdateChannel,
} from "../schemas.ts";

export type BeginAuthorizationInput = {
  body: BeginAuthorization;
};

/** Begin to connect an account on a network that asks on a page of its own. It sends the person back to `/channels/callback`; good once, for ten minutes, for whoever began it. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type, channel_refused. */
export const beginAuthorization = /* @__PURE__ */ operation<BeginAuthorizationInput, BegunAuthorization>("beginAuthorization", "POST", "/distribution/channels/authorizations", { scoped: true });

export type CompleteAuthorizationInput = {
  body: CompleteAuthorization;
};

/** Connect the account that the person agreed to, by what the network sent back. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, too_large, unsupported_media_type, channel_refused, channel_unreachable. */
export const completeAuthorization = /* @__PURE__ */ operation<CompleteAuthorizationInput, ConnectedChannel>("completeAuthorization", "POST", "/distribution/channels/authorizations/complete", { scoped: true });

export type ConnectChannelInput = {
  body: ConnectChannel;
};

/** Connect an account on a network; an account that is known is connected anew. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused, conflict, too_large, unsupported_media_type, channel_refused, channel_unreachable. */
export const connectChannel = /* @__PURE__ */ operation<ConnectChannelInput, ConnectedChannel>("connectChannel", "POST", "/distribution/channels", { scoped: true, keyed: true });

export type UpdateChannelInput = {
  id: string;
  body: UpdateChannel;
};

/** Rename a channel. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const updateChannel = /* @__PURE__ */ operation<UpdateChannelInput, Channel>("updateChannel", "PUT", "/distribution/channels/{id}", { scoped: true });

export type DisconnectChannelInput = {
  id: string;
};

/** Disconnect a channel and forget its credentials. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, channel_built_in. */
export const disconnectChannel = /* @__PURE__ */ operation<DisconnectChannelInput, undefined>("disconnectChannel", "DELETE", "/distribution/channels/{id}", { scoped: true });

export type CheckChannelInput = {
  id: string;
};

/** Try a channel now; the answer says how it is. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const checkChannel = /* @__PURE__ */ operation<CheckChannelInput, Channel>("checkChannel", "POST", "/distribution/channels/{id}/check", { scoped: true });

export type DismissWantedChannelInput = {
  network: "bluesky" | "mastodon" | "wordpress" | "ghost" | "webhook" | "linkedin";
};

/** Want a network no longer. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const dismissWantedChannel = /* @__PURE__ */ operation<DismissWantedChannelInput, undefined>("dismissWantedChannel", "DELETE", "/distribution/wanted-channels/{network}", { scoped: true });
