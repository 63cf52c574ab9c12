// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  PresenceList,
  SetPresence,
} from "../schemas.ts";

export type SetPresenceInput = {
  id: string;
  body: SetPresence;
};

/** Say that one has an item open; to be said again within 30 seconds. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const setPresence = /* @__PURE__ */ operation<SetPresenceInput, PresenceList>("setPresence", "PUT", "/content/{id}/presence", { scoped: true });

export type EndPresenceInput = {
  id: string;
  /** The tab that is left; all of one's own without it. */
  clientId?: string | undefined;
};

/** Say that one has left an item. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const endPresence = /* @__PURE__ */ operation<EndPresenceInput, undefined>("endPresence", "DELETE", "/content/{id}/presence", { scoped: true });
