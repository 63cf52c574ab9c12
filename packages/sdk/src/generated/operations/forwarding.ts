// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  CreateForwardingDestination,
  ForwardingDestination,
  UpdateForwardingDestination,
} from "../schemas.ts";

export type CreateForwardingDestinationInput = {
  body: CreateForwardingDestination;
};

/** Have the audit log sent on to a bucket or a receiver. At least once and in the order of the chain. Each line has `workspaceId`, `sequence`, `kind`, `sealedAt`, `previous`, `hash` and `row`: the hash is the SHA-256 of `previous`, `sequence`, `kind`, `sealedAt` and `row` as canonical JSON (RFC 8785). Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_many, idempotency_key_reused, too_large, unsupported_media_type. */
export const createForwardingDestination = /* @__PURE__ */ operation<CreateForwardingDestinationInput, ForwardingDestination>("createForwardingDestination", "POST", "/forwarding/destinations", { scoped: true, keyed: true });

export type UpdateForwardingDestinationInput = {
  id: string;
  body: UpdateForwardingDestination;
};

/** Change a destination, pause it or resume it. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const updateForwardingDestination = /* @__PURE__ */ operation<UpdateForwardingDestinationInput, ForwardingDestination>("updateForwardingDestination", "PUT", "/forwarding/destinations/{id}", { scoped: true });

export type RemoveForwardingDestinationInput = {
  id: string;
};

/** Send nothing there any more. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeForwardingDestination = /* @__PURE__ */ operation<RemoveForwardingDestinationInput, undefined>("removeForwardingDestination", "DELETE", "/forwarding/destinations/{id}", { scoped: true });

export type TestForwardingDestinationInput = {
  id: string;
};

/** Send a test, also to a destination that is paused. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused. */
export const testForwardingDestination = /* @__PURE__ */ operation<TestForwardingDestinationInput, ForwardingDestination>("testForwardingDestination", "POST", "/forwarding/destinations/{id}/test", { scoped: true, keyed: true });
