// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  AuthorizedNetworks,
  Channel,
  ChannelPage,
  WantedChannels,
} from "../schemas.ts";

/** List the networks that are connected on a page of their own, as far as this deployment has an app there. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const listAuthorizedNetworks = /* @__PURE__ */ operation<Nothing, AuthorizedNetworks>("listAuthorizedNetworks", "GET", "/distribution/authorized-networks", { scoped: true });

export type ListChannelsInput = {
  network?: "site" | "webhook" | "bluesky" | "ghost" | "linkedin" | "mastodon" | "wordpress" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the workspace's channels. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listChannels = /* @__PURE__ */ operation<ListChannelsInput, ChannelPage>("listChannels", "GET", "/distribution/channels", { scoped: true });

export type GetChannelInput = {
  id: string;
};

/** Read a channel. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getChannel = /* @__PURE__ */ operation<GetChannelInput, Channel>("getChannel", "GET", "/distribution/channels/{id}", { scoped: true });

/** List the networks that the workspace is to be on and has no account of yet. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const listWantedChannels = /* @__PURE__ */ operation<Nothing, WantedChannels>("listWantedChannels", "GET", "/distribution/wanted-channels", { scoped: true });
