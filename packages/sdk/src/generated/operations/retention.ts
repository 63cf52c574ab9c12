// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  Retention,
  RetentionRule,
  SetRetention,
  SetRetentionHold,
} from "../schemas.ts";

export type SetRetentionInput = {
  body: SetRetention;
};

/** Say for how long something is kept. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const setRetention = /* @__PURE__ */ operation<SetRetentionInput, RetentionRule>("setRetention", "PUT", "/retention", { scoped: true });

export type SetRetentionHoldInput = {
  body: SetRetentionHold;
};

/** Begin or end a legal hold. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const setRetentionHold = /* @__PURE__ */ operation<SetRetentionHoldInput, Retention>("setRetentionHold", "PUT", "/retention/hold", { scoped: true });
