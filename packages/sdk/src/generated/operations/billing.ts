// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  BillingPortal,
  BuyCredits,
  Checkout,
  ChoosePlan,
  ChosenPlan,
  SetPooling,
  Subscription,
} from "../schemas.ts";

export type ChoosePlanInput = {
  body: ChoosePlan;
};

/** Choose a plan, as the one who pays. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, plan_set_by_operator, payment_failed, too_large, unsupported_media_type, payments_unreachable. */
export const choosePlan = /* @__PURE__ */ operation<ChoosePlanInput, ChosenPlan>("choosePlan", "POST", "/billing/upgrade", { scoped: true });

export type BuyCreditsInput = {
  body: BuyCredits;
};

/** Buy credits for the workspace, as the one who pays. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, plan_set_by_operator, idempotency_key_reused, too_large, unsupported_media_type, payments_unreachable. */
export const buyCredits = /* @__PURE__ */ operation<BuyCreditsInput, Checkout>("buyCredits", "POST", "/billing/top-ups", { scoped: true, keyed: true });

/** Open Stripe's pages for ways to pay, tax ids and cancellation. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, plan_set_by_operator, payment_required, payments_unreachable. */
export const openPortal = /* @__PURE__ */ operation<Nothing, BillingPortal>("openPortal", "POST", "/billing/portal", { scoped: true });

export type SetPoolingInput = {
  body: SetPooling;
};

/** Have the account's workspaces share their credits, or not, from the next month on. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const setPooling = /* @__PURE__ */ operation<SetPoolingInput, Subscription>("setPooling", "PUT", "/billing/pooling", { scoped: true });

/** Pay for the workspace, as its owner, in place of who paid until now. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, plan_limit, conflict. */
export const takeOverBilling = /* @__PURE__ */ operation<Nothing, Subscription>("takeOverBilling", "POST", "/billing/payer", { scoped: true });
