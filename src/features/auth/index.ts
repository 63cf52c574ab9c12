export { createAuthenticator } from "./authenticator";
export { answerJwks, authRoutes } from "./routes";
export { createIdentity, type IdentityService } from "./service";
