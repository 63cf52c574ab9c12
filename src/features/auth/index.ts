export { createAuthenticator } from "./authenticator";
export { clientOf } from "./client-of";
export type { SignDocument } from "./documents";
export { keyIdentityOf, looksLikeApiKey } from "./keys/token";
export { answerJwks, authRoutes } from "./routes";
export { scimServer } from "./scim/server";
export { createIdentity, type IdentityService } from "./service";
export { samlReceiver } from "./sso/saml/receiver";
