// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  ForwardingDestination,
  ForwardingDestinations,
} from "../schemas.ts";

/** List where the audit log is sent on to, and how far each has come. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const listForwardingDestinations = /* @__PURE__ */ operation<Nothing, ForwardingDestinations>("listForwardingDestinations", "GET", "/forwarding/destinations", { scoped: true });

export type GetForwardingDestinationInput = {
  id: string;
};

/** Read a destination and how far it has come. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getForwardingDestination = /* @__PURE__ */ operation<GetForwardingDestinationInput, ForwardingDestination>("getForwardingDestination", "GET", "/forwarding/destinations/{id}", { scoped: true });
