// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  AddSsoDomain,
  ChangePassword,
  ClerkEvent,
  ConfirmTotp,
  CreateApiKey,
  CreateScimToken,
  ExchangeApiKey,
  ForgotPassword,
  IssuedApiKey,
  IssuedScimToken,
  Login,
  MapScimGroup,
  Passkey,
  PasskeyAssertionOptions,
  PasskeyLogin,
  PasskeyRegistrationOptions,
  PasswordAgain,
  Prove,
  Proved,
  RecoveryCodes,
  Refresh,
  RegisterPasskey,
  ResetPassword,
  RotateApiKey,
  ScimSettings,
  SecurityPolicy,
  ServiceToken,
  SignedIn,
  Signup,
  SsoDomain,
  SsoLoggedOut,
  SsoSettings,
  SsoStarted,
  Ssologin,
  StartPasskey,
  StartSso,
  TotpSecret,
  VerifyEmail,
  WriteSaml,
  WriteSecurityPolicy,
  WriteSso,
} from "../schemas.ts";

export type VerifyEmailInput = {
  body: VerifyEmail;
};

/** Confirm an address with the token of a mail. Refusals: invalid_json, verification_token_invalid, too_large, unsupported_media_type. */
export const verifyEmail = /* @__PURE__ */ operation<VerifyEmailInput, undefined>("verifyEmail", "POST", "/auth/verify-email", { open: true });

/** Ask for another mail to confirm one's address. Refusals: unauthenticated, cross_site_request. */
export const sendVerification = /* @__PURE__ */ operation<Nothing, undefined>("sendVerification", "POST", "/auth/verify-email/send");

export type StartTotpInput = {
  body: PasswordAgain;
};

/** Begin to set up an authenticator app. Nothing changes until a code of the app confirms it. Begun anew, the secret before it is void. Refusals: invalid_json, unauthenticated, invalid_credentials, second_factor_required, cross_site_request, totp_on, too_large, unsupported_media_type. */
export const startTotp = /* @__PURE__ */ operation<StartTotpInput, TotpSecret>("startTotp", "POST", "/auth/totp");

export type ConfirmTotpInput = {
  body: ConfirmTotp;
};

/** Turn the second factor on, by a code of the app. Refusals: invalid_json, unauthenticated, invalid_credentials, totp_invalid, second_factor_required, cross_site_request, totp_off, too_large, unsupported_media_type. */
export const confirmTotp = /* @__PURE__ */ operation<ConfirmTotpInput, RecoveryCodes>("confirmTotp", "POST", "/auth/totp/confirm");

export type DisableTotpInput = {
  body: PasswordAgain;
};

/** Turn the second factor off. Refusals: invalid_json, unauthenticated, invalid_credentials, second_factor_required, cross_site_request, totp_off, too_large, unsupported_media_type. */
export const disableTotp = /* @__PURE__ */ operation<DisableTotpInput, undefined>("disableTotp", "POST", "/auth/totp/disable");

export type RenewRecoveryCodesInput = {
  body: PasswordAgain;
};

/** Get new recovery codes; the old ones are void. Refusals: invalid_json, unauthenticated, invalid_credentials, second_factor_required, cross_site_request, totp_off, too_large, unsupported_media_type. */
export const renewRecoveryCodes = /* @__PURE__ */ operation<RenewRecoveryCodesInput, RecoveryCodes>("renewRecoveryCodes", "POST", "/auth/totp/recovery-codes");

export type RegisterPasskeyInput = {
  body: RegisterPasskey;
};

/** Register a passkey. Refusals: invalid_json, unauthenticated, passkey_invalid, cross_site_request, conflict, too_large, unsupported_media_type. */
export const registerPasskey = /* @__PURE__ */ operation<RegisterPasskeyInput, Passkey>("registerPasskey", "POST", "/auth/passkeys");

export type StartPasskeyInput = {
  body: StartPasskey;
};

/** Begin to register a passkey. Refusals: invalid_json, unauthenticated, invalid_credentials, second_factor_required, cross_site_request, too_large, unsupported_media_type. */
export const startPasskey = /* @__PURE__ */ operation<StartPasskeyInput, PasskeyRegistrationOptions>("startPasskey", "POST", "/auth/passkeys/options");

export type RemovePasskeyInput = {
  id: string;
};

/** Remove one of one's passkeys. Refusals: unauthenticated, proof_required, cross_site_request, not_found. */
export const removePasskey = /* @__PURE__ */ operation<RemovePasskeyInput, undefined>("removePasskey", "DELETE", "/auth/passkeys/{id}");

/** Begin to sign in with a passkey. */
export const startPasskeyLogin = /* @__PURE__ */ operation<Nothing, PasskeyAssertionOptions>("startPasskeyLogin", "POST", "/auth/passkeys/login/options", { open: true });

export type LoginWithPasskeyInput = {
  body: PasskeyLogin;
};

/** Sign in with a passkey. A passkey asks for a finger, a face or a PIN, so that it counts as two factors. Refusals: invalid_json, passkey_invalid, account_suspended, too_large, unsupported_media_type. */
export const loginWithPasskey = /* @__PURE__ */ operation<LoginWithPasskeyInput, SignedIn>("loginWithPasskey", "POST", "/auth/passkeys/login", { open: true });

export type ProveInput = {
  body: Prove;
};

/** Show again that it is you. What a thief of a session must not do, such as to end one's other sessions, is refused with `proof_required` unless one has signed in or done this in the last ten minutes; `ways` of that problem names what one has: `Password`, `Totp`, `Passkey`. For a passkey, ask for a challenge by `POST /auth/passkeys/login/options`. Refusals: invalid_json, unauthenticated, invalid_credentials, totp_invalid, passkey_invalid, cross_site_request, totp_off, too_large, unsupported_media_type. */
export const prove = /* @__PURE__ */ operation<ProveInput, Proved>("prove", "POST", "/auth/prove");

export type SsologinInput = {
  body: Ssologin;
};

/** Change a session token of Clerk's for a session. An account is linked by its address, where Clerk and ContentOS both know it to be confirmed. Who has turned a second factor on is asked for it, unless Clerk has seen one. Refusals: invalid_json, unauthenticated, totp_required, totp_invalid, sso_refused, account_suspended, sso_not_configured, too_large, unsupported_media_type. */
export const ssologin = /* @__PURE__ */ operation<SsologinInput, SignedIn>("ssologin", "POST", "/auth/ssologin", { open: true });

export type HearClerkInput = {
  body: ClerkEvent;
};

/** What Clerk tells of its users, signed (svix). `user.deleted` ends the sessions of the person and takes the link away. All else is passed over. Refusals: invalid_json, unauthenticated, sso_not_configured, too_large, unsupported_media_type. */
export const hearClerk = /* @__PURE__ */ operation<HearClerkInput, undefined>("hearClerk", "POST", "/auth/clerk/webhook", { open: true });

export type StartSsoInput = {
  body: StartSso;
};

/** Begin to sign in by the identity provider of one's organisation. Refusals: invalid_json, sso_refused, sso_not_configured, too_large, unsupported_media_type. */
export const startSso = /* @__PURE__ */ operation<StartSsoInput, SsoStarted>("startSso", "POST", "/auth/sso/start", { open: true });

/** Sign out, and learn where to sign out of the provider as well. The session is ended at once. A SAML provider that takes requests to sign out is asked by the browser, which it sends back to the sign-in page. Refusals: unauthenticated, cross_site_request. */
export const logoutSso = /* @__PURE__ */ operation<Nothing, SsoLoggedOut>("logoutSso", "POST", "/auth/logout/sso");

export type WriteSsoInput = {
  id: string;
  body: WriteSso;
};

/** Set the workspace's identity provider; it is asked first. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, sso_refused, cross_site_request, not_found, too_large, unsupported_media_type. */
export const writeSso = /* @__PURE__ */ operation<WriteSsoInput, SsoSettings>("writeSso", "PUT", "/workspaces/{id}/sso");

export type RemoveSsoInput = {
  id: string;
};

/** Take the workspace's identity provider away. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeSso = /* @__PURE__ */ operation<RemoveSsoInput, undefined>("removeSso", "DELETE", "/workspaces/{id}/sso");

export type WriteSamlInput = {
  id: string;
  body: WriteSaml;
};

/** Set the workspace's identity provider, by SAML 2.0. Assertions have to be signed, by RSA with SHA-256 or more, and answer a request of ours unless `idpInitiated` is set. Other keys or another entity id end the sessions that the provider opened before. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const writeSaml = /* @__PURE__ */ operation<WriteSamlInput, SsoSettings>("writeSaml", "PUT", "/workspaces/{id}/sso/saml");

export type AddSsoDomainInput = {
  id: string;
  body: AddSsoDomain;
};

/** Name a domain whose people sign in by the provider. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, too_large, unsupported_media_type. */
export const addSsoDomain = /* @__PURE__ */ operation<AddSsoDomainInput, SsoDomain>("addSsoDomain", "POST", "/workspaces/{id}/sso/domains");

export type VerifySsoDomainInput = {
  id: string;
  domainId: string;
};

/** Look for a domain's TXT record. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, domain_not_verified, domain_taken. */
export const verifySsoDomain = /* @__PURE__ */ operation<VerifySsoDomainInput, SsoDomain>("verifySsoDomain", "POST", "/workspaces/{id}/sso/domains/{domainId}/verify");

export type RemoveSsoDomainInput = {
  id: string;
  domainId: string;
};

/** Remove a domain. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeSsoDomain = /* @__PURE__ */ operation<RemoveSsoDomainInput, undefined>("removeSsoDomain", "DELETE", "/workspaces/{id}/sso/domains/{domainId}");

export type WriteSecurityPolicyInput = {
  id: string;
  body: WriteSecurityPolicy;
};

/** Say what the workspace asks of those who enter it; it binds from the next request on. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, second_factor_required, cross_site_request, not_found, sso_not_configured, too_large, unsupported_media_type. */
export const writeSecurityPolicy = /* @__PURE__ */ operation<WriteSecurityPolicyInput, SecurityPolicy>("writeSecurityPolicy", "PUT", "/workspaces/{id}/security");

export type CreateScimTokenInput = {
  id: string;
  body: CreateScimToken;
};

/** Make a token for the directory, in place of the one before. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, domain_not_verified, idempotency_key_reused, too_large, unsupported_media_type. */
export const createScimToken = /* @__PURE__ */ operation<CreateScimTokenInput, IssuedScimToken>("createScimToken", "POST", "/workspaces/{id}/scim/tokens", { scoped: true, keyed: true });

export type RevokeScimTokenInput = {
  id: string;
  tokenId: string;
};

/** End a directory's token: its next request is refused. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const revokeScimToken = /* @__PURE__ */ operation<RevokeScimTokenInput, undefined>("revokeScimToken", "DELETE", "/workspaces/{id}/scim/tokens/{tokenId}");

export type MapScimGroupInput = {
  id: string;
  groupId: string;
  body: MapScimGroup;
};

/** Say which role a group of the directory has here; its members have it at once. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const mapScimGroup = /* @__PURE__ */ operation<MapScimGroupInput, ScimSettings>("mapScimGroup", "PUT", "/workspaces/{id}/scim/groups/{groupId}");

export type SignupInput = {
  body: Signup;
};

/** Make an account and sign in. Refusals: invalid_json, email_taken, too_large, unsupported_media_type. */
export const signup = /* @__PURE__ */ operation<SignupInput, SignedIn>("signup", "POST", "/auth/signup", { open: true });

export type LoginInput = {
  body: Login;
};

/** Sign in. Who has turned a second factor on is asked for it: without `totp` or `recoveryCode` the answer is `totp_required`. After five wrong tries from one address each further one waits, up to 15 minutes. Refusals: invalid_json, invalid_credentials, totp_required, totp_invalid, account_suspended, too_large, unsupported_media_type. */
export const login = /* @__PURE__ */ operation<LoginInput, SignedIn>("login", "POST", "/auth/login", { open: true });

export type RefreshInput = {
  body?: Refresh | undefined;
};

/** Change a refresh token for a new pair. The token comes in the body, or in the cookie that `login` set. It is good once: using it again ends its session, since one of the two users has stolen it. Refusals: invalid_json, unauthenticated, refresh_token_reused, cross_site_request, too_large, unsupported_media_type. */
export const refresh = /* @__PURE__ */ operation<RefreshInput, SignedIn>("refresh", "POST", "/auth/refresh", { open: true });

/** End this session. Refusals: unauthenticated, cross_site_request. */
export const logout = /* @__PURE__ */ operation<Nothing, undefined>("logout", "POST", "/auth/logout");

export type ForgotPasswordInput = {
  body: ForgotPassword;
};

/** Ask for a link to set a new password. Refusals: invalid_json, too_large, unsupported_media_type. */
export const forgotPassword = /* @__PURE__ */ operation<ForgotPasswordInput, undefined>("forgotPassword", "POST", "/auth/password/forgot", { open: true });

export type ResetPasswordInput = {
  body: ResetPassword;
};

/** Set a new password with the token of a link. Refusals: invalid_json, reset_token_invalid, too_large, unsupported_media_type. */
export const resetPassword = /* @__PURE__ */ operation<ResetPasswordInput, undefined>("resetPassword", "POST", "/auth/password/reset", { open: true });

export type ChangePasswordInput = {
  body: ChangePassword;
};

/** Change one's password. Refusals: invalid_json, unauthenticated, invalid_credentials, cross_site_request, conflict, too_large, unsupported_media_type. */
export const changePassword = /* @__PURE__ */ operation<ChangePasswordInput, undefined>("changePassword", "POST", "/auth/password/change");

/** Sign out everywhere else. Refusals: unauthenticated, proof_required, cross_site_request. */
export const endOtherSessions = /* @__PURE__ */ operation<Nothing, undefined>("endOtherSessions", "DELETE", "/auth/sessions");

export type EndSessionInput = {
  id: string;
};

/** End one of one's sessions. Refusals: unauthenticated, proof_required, cross_site_request, not_found. */
export const endSession = /* @__PURE__ */ operation<EndSessionInput, undefined>("endSession", "DELETE", "/auth/sessions/{id}");

export type CreateApiKeyInput = {
  body: CreateApiKey;
};

/** Make an API key. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, key_not_allowed, cross_site_request, not_found, idempotency_key_reused, too_large, unsupported_media_type. */
export const createApiKey = /* @__PURE__ */ operation<CreateApiKeyInput, IssuedApiKey>("createApiKey", "POST", "/auth/keys", { scoped: true, keyed: true });

export type RotateApiKeyInput = {
  id: string;
  body: RotateApiKey;
};

/** Replace a key by a new one, and answer for it from now on. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, key_not_allowed, cross_site_request, not_found, key_revoked, idempotency_key_reused, too_large, unsupported_media_type. */
export const rotateApiKey = /* @__PURE__ */ operation<RotateApiKeyInput, IssuedApiKey>("rotateApiKey", "POST", "/auth/keys/{id}/rotate", { scoped: true, keyed: true });

export type RevokeApiKeyInput = {
  id: string;
};

/** Revoke a key for good: its next request is refused. Refusals: workspace_required, unauthenticated, forbidden, key_not_allowed, cross_site_request, not_found, key_revoked. */
export const revokeApiKey = /* @__PURE__ */ operation<RevokeApiKeyInput, undefined>("revokeApiKey", "DELETE", "/auth/keys/{id}", { scoped: true });

export type ExchangeApiKeyInput = {
  body: ExchangeApiKey;
};

/** Change an API key for a short token with audience and scope. Asked with the key itself as bearer token. For services that should not hold the key. Refusals: invalid_json, unauthenticated, key_scope, key_required, cross_site_request, too_large, unsupported_media_type. */
export const exchangeApiKey = /* @__PURE__ */ operation<ExchangeApiKeyInput, ServiceToken>("exchangeApiKey", "POST", "/auth/token");
