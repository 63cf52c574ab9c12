// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  AddDomain,
  Domain,
  ProposeTrial,
  SiteTrial,
} from "../schemas.ts";

export type AddDomainInput = {
  body: AddDomain;
};

/** Claim a domain, and learn which records prove it. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, domain_taken, domain_limit, idempotency_key_reused, too_large, unsupported_media_type. */
export const addDomain = /* @__PURE__ */ operation<AddDomainInput, Domain>("addDomain", "POST", "/site/domains", { scoped: true, keyed: true });

export type VerifyDomainInput = {
  id: string;
};

/** Look for the domain's record now. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, domain_taken. */
export const verifyDomain = /* @__PURE__ */ operation<VerifyDomainInput, Domain>("verifyDomain", "POST", "/site/domains/{id}/verify", { scoped: true });

export type MakeDomainPrimaryInput = {
  id: string;
};

/** Make a verified domain the site's address. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, domain_unverified. */
export const makeDomainPrimary = /* @__PURE__ */ operation<MakeDomainPrimaryInput, Domain>("makeDomainPrimary", "POST", "/site/domains/{id}/primary", { scoped: true });

export type RemoveDomainInput = {
  id: string;
};

/** Remove a domain; the site is then found at its other addresses. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeDomain = /* @__PURE__ */ operation<RemoveDomainInput, undefined>("removeDomain", "DELETE", "/site/domains/{id}", { scoped: true });

export type ProposeTrialInput = {
  body: ProposeTrial;
};

/** Put headlines forward to be tried on the site's list. They are shown to visitors once somebody else has approved them, or at once where the workspace asks for no approval. What they write is kept to the letter. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const proposeTrial = /* @__PURE__ */ operation<ProposeTrialInput, SiteTrial>("proposeTrial", "POST", "/site/trials", { scoped: true, keyed: true });

export type ApproveTrialInput = {
  id: string;
};

/** Approve the headlines of a trial, which then begins. Refusals: workspace_required, unauthenticated, forbidden, own_work, cross_site_request, not_found, conflict, idempotency_key_reused. */
export const approveTrial = /* @__PURE__ */ operation<ApproveTrialInput, SiteTrial>("approveTrial", "POST", "/site/trials/{id}/approve", { scoped: true, keyed: true });

export type StopTrialInput = {
  id: string;
};

/** Stop a trial; the headline that is out is shown to everybody again. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused. */
export const stopTrial = /* @__PURE__ */ operation<StopTrialInput, SiteTrial>("stopTrial", "POST", "/site/trials/{id}/stop", { scoped: true, keyed: true });
