// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  ApiKeyPage,
  Jwks,
  Me,
  Passkeys,
  ScimSettings,
  SecondFactor,
  SecurityPolicy,
  Sessions,
  SsoSettings,
} from "../schemas.ts";

/** Whether one's second factor is on. Refusals: unauthenticated. */
export const getSecondFactor = /* @__PURE__ */ operation<Nothing, SecondFactor>("getSecondFactor", "GET", "/auth/totp");

/** One's passkeys. Refusals: unauthenticated. */
export const listPasskeys = /* @__PURE__ */ operation<Nothing, Passkeys>("listPasskeys", "GET", "/auth/passkeys");

export type FinishSsoInput = {
  /** As it was sent along. */
  state?: string | undefined;
  /** What is changed for who it is. */
  code?: string | undefined;
  /** Who answers. */
  iss?: string | undefined;
  /** Why nobody was signed in. */
  error?: string | undefined;
};

/** Where the identity provider sends the browser back to. */
export const finishSso = /* @__PURE__ */ operation<FinishSsoInput, undefined>("finishSso", "GET", "/auth/sso/callback", { open: true });

export type FinishSamlInput = {
  /** Good once, for a minute. */
  code?: string | undefined;
};

/** Where a browser is sent on to once a SAML provider's answer was taken. */
export const finishSaml = /* @__PURE__ */ operation<FinishSamlInput, undefined>("finishSaml", "GET", "/auth/sso/done", { open: true });

export type GetSsoInput = {
  id: string;
};

/** The workspace's single sign-on. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getSso = /* @__PURE__ */ operation<GetSsoInput, SsoSettings>("getSso", "GET", "/workspaces/{id}/sso");

export type GetSecurityPolicyInput = {
  id: string;
};

/** What the workspace asks of those who enter it. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getSecurityPolicy = /* @__PURE__ */ operation<GetSecurityPolicyInput, SecurityPolicy>("getSecurityPolicy", "GET", "/workspaces/{id}/security");

export type GetScimInput = {
  id: string;
};

/** How the workspace's directory provisions it (SCIM 2.0). Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getScim = /* @__PURE__ */ operation<GetScimInput, ScimSettings>("getScim", "GET", "/workspaces/{id}/scim");

/** Who am I. Refusals: unauthenticated. */
export const getMe = /* @__PURE__ */ operation<Nothing, Me>("getMe", "GET", "/auth/me");

/** Where one is signed in: the latest hundred. Refusals: unauthenticated. */
export const listSessions = /* @__PURE__ */ operation<Nothing, Sessions>("listSessions", "GET", "/auth/sessions");

/** The public keys that verify access tokens. Also at `/.well-known/jwks.json`. Ask again when a token names a key that is not here. */
export const getJwks = /* @__PURE__ */ operation<Nothing, Jwks>("getJwks", "GET", "/auth/jwks.json", { open: true });

export type ListApiKeysInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the API keys of the workspace, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, key_not_allowed, not_found. */
export const listApiKeys = /* @__PURE__ */ operation<ListApiKeysInput, ApiKeyPage>("listApiKeys", "GET", "/auth/keys", { scoped: true });
