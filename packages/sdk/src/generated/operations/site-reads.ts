// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  CurrentHost,
  DomainPage,
  KnownDomain,
  SitePagePage,
  SiteTrial,
  SiteTrialPage,
} from "../schemas.ts";

export type ListSitePagesInput = {
  contentItemId?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the live pages of the workspace's site, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listSitePages = /* @__PURE__ */ operation<ListSitePagesInput, SitePagePage>("listSitePages", "GET", "/site/pages", { scoped: true });

/** List the site's own domains with the records to set. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const listDomains = /* @__PURE__ */ operation<Nothing, DomainPage>("listDomains", "GET", "/site/domains", { scoped: true });

export type AskDomainInput = {
  /** The host that a certificate is wanted for. */
  domain: string;
};

/** Tell a proxy whether a host may have a certificate. Refusals: not_found. */
export const askDomain = /* @__PURE__ */ operation<AskDomainInput, KnownDomain>("askDomain", "GET", "/site/domains/ask", { open: true });

/** Read whose site the host is that is asked; null at the deployment's own. */
export const getCurrentHost = /* @__PURE__ */ operation<Nothing, CurrentHost>("getCurrentHost", "GET", "/site/host", { open: true });

export type ListTrialsInput = {
  contentItemId?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List trials of headlines, the newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listTrials = /* @__PURE__ */ operation<ListTrialsInput, SiteTrialPage>("listTrials", "GET", "/site/trials", { scoped: true });

export type GetTrialInput = {
  id: string;
};

/** Read how the headlines of a trial do. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getTrial = /* @__PURE__ */ operation<GetTrialInput, SiteTrial>("getTrial", "GET", "/site/trials/{id}", { scoped: true });
