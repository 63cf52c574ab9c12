export { createAuthenticator } from "./authenticator";
export type { SignDocument } from "./documents";
export { answerJwks, authRoutes } from "./routes";
export { createIdentity, type IdentityService } from "./service";
