// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  CreditLedger,
  Invoices,
  Subscription,
} from "../schemas.ts";

/** Read the workspace's tier and credits. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getSubscription = /* @__PURE__ */ operation<Nothing, Subscription>("getSubscription", "GET", "/billing/subscription", { scoped: true });

export type ListCreditsInput = {
  /** The ledger as it was then: the first row tells its balance. RFC 3339. */
  until?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the ledger of credits, the newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listCredits = /* @__PURE__ */ operation<ListCreditsInput, CreditLedger>("listCredits", "GET", "/billing/credits", { scoped: true });

/** List the newest invoices of the account, as the one who pays. Refusals: workspace_required, unauthenticated, forbidden, not_found, plan_set_by_operator, payments_unreachable. */
export const listInvoices = /* @__PURE__ */ operation<Nothing, Invoices>("listInvoices", "GET", "/billing/invoices", { scoped: true });
