import { sql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, bytea, id, now, workspaceId } from "./columns";

const key = () => uuid().primaryKey().defaultRandom();

export const users = pgTable("users", {
  id: key(),
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  name: text().notNull(),
  image: text(),
  suspendedAt: at(),
  createdAt: now(),
  updatedAt: now(),
});

/** How a session was opened. */
export type SessionMethod = "Password" | "Passkey" | "Clerk" | "Sso" | "Operator";

export const authAccounts = pgTable("auth_accounts", {
  id: key(),
  userId: uuid().notNull(),
  providerId: text().notNull(),
  accountId: text().notNull(),
  password: text(),
  accessToken: text(),
  refreshToken: text(),
  idToken: text(),
  accessTokenExpiresAt: at(),
  refreshTokenExpiresAt: at(),
  scope: text(),
  createdAt: now(),
  updatedAt: now(),
});

export const authSessions = pgTable("auth_sessions", {
  id: key(),
  userId: uuid().notNull(),
  token: text().notNull().unique(),
  expiresAt: at().notNull(),
  ipAddress: text(),
  userAgent: text(),
  host: text(),
  boundTo: uuid(),
  method: text().$type<SessionMethod>().notNull().default("Password"),
  secondFactor: boolean().notNull().default(false),
  ssoConnectionId: uuid(),
  createdAt: now(),
  updatedAt: now(),
  longestPauseSeconds: integer().notNull().default(0),
  provedAt: at(),
});

export const authVerifications = pgTable("auth_verifications", {
  id: key(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: at().notNull(),
  createdAt: now(),
  updatedAt: now(),
});

export const authRefreshTokens = pgTable("auth_refresh_tokens", {
  id: key(),
  sessionId: uuid().notNull(),
  tokenHash: text().notNull().unique(),
  createdAt: now(),
  expiresAt: at().notNull(),
  usedAt: at(),
});

export const authSigningKeys = pgTable("auth_signing_keys", {
  kid: text().primaryKey(),
  publicJwk: jsonb().$type<Record<string, unknown>>().notNull(),
  sealedPrivateJwk: bytea().notNull(),
  createdAt: now(),
  retiredAt: at(),
});

/** The one tenant table of the room, which only the app's log-in reaches. */
export const authApiKeys = pgTable(
  "auth_api_keys",
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text().notNull(),
    role: text({ enum: ["Admin", "Editor", "Writer", "Viewer"] }).notNull(),
    scopes: text().array(),
    hint: text().notNull(),
    tokenHash: text().notNull().unique(),
    previousHash: text().unique(),
    previousUntil: at(),
    proof: text().notNull().unique().default(sql`app.random_proof()`),
    actsFor: author(),
    createdBy: author(),
    createdAt: now(),
    rotatedAt: at(),
    expiresAt: at(),
    lastUsedAt: at(),
    revokedAt: at(),
    revokedBy: uuid(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const authTotp = pgTable("auth_totp", {
  userId: uuid().primaryKey(),
  sealedSecret: bytea().notNull(),
  confirmedAt: at(),
  lastStep: bigint({ mode: "number" }).notNull().default(0),
  createdAt: now(),
});

export const authRecoveryCodes = pgTable("auth_recovery_codes", {
  id: key(),
  userId: uuid().notNull(),
  codeHash: text().notNull(),
  usedAt: at(),
});

export const authPasskeys = pgTable("auth_passkeys", {
  id: key(),
  userId: uuid().notNull(),
  name: text().notNull(),
  credentialId: text().notNull().unique(),
  publicKey: bytea().notNull(),
  counter: bigint({ mode: "number" }).notNull().default(0),
  transports: text().array().notNull().default([]),
  synced: boolean().notNull(),
  createdAt: now(),
  lastUsedAt: at(),
});

export const authAttempts = pgTable("auth_attempts", {
  key: text().primaryKey(),
  failures: integer().notNull(),
  lastAt: at().notNull(),
  freeAt: at().notNull(),
});

/** Taken, and not to be taken again. */
export const authSamlAssertions = pgTable("auth_saml_assertions", {
  key: text().primaryKey(),
  expiresAt: at().notNull(),
});

export const authSamlKeys = pgTable("auth_saml_keys", {
  id: key(),
  certificate: text().notNull(),
  sealedPrivateKey: bytea().notNull(),
  createdAt: now(),
  signsFrom: at().notNull(),
  endsAt: at(),
});

export const authSamlSessions = pgTable("auth_saml_sessions", {
  sessionId: uuid().primaryKey(),
  connectionId: uuid().notNull(),
  subjectKey: text().notNull(),
  indexKey: text(),
  sealedSubject: bytea().notNull(),
});

export const authPolicies = pgTable(
  "auth_policies",
  {
    workspaceId: workspaceId(),
    requireSecondFactor: boolean().notNull().default(false),
    requireSso: boolean().notNull().default(false),
    sessionHours: integer(),
    idleMinutes: integer(),
    keyDays: integer(),
    tokenSeconds: integer(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);

export const authSsoConnections = pgTable(
  "auth_sso_connections",
  {
    workspaceId: workspaceId(),
    id: id(),
    protocol: text({ enum: ["Oidc", "Saml"] })
      .notNull()
      .default("Oidc"),
    issuer: text().notNull(),
    clientId: text(),
    sealedSecret: bytea(),
    ssoUrl: text(),
    sloUrl: text(),
    certificates: text().array().notNull().default([]),
    idpInitiated: boolean().notNull().default(false),
    defaultRole: text({ enum: ["Editor", "Writer", "Viewer"] }).notNull(),
    createdBy: author(),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const authSsoDomains = pgTable(
  "auth_sso_domains",
  {
    workspaceId: workspaceId(),
    id: id(),
    domain: text().notNull(),
    token: text().notNull(),
    verifiedAt: at(),
    createdBy: author(),
    createdAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const authScimTokens = pgTable(
  "auth_scim_tokens",
  {
    workspaceId: workspaceId(),
    id: id(),
    hint: text().notNull(),
    tokenHash: text().notNull().unique(),
    createdBy: author(),
    createdAt: now(),
    expiresAt: at(),
    lastUsedAt: at(),
    revokedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const authScimUsers = pgTable(
  "auth_scim_users",
  {
    workspaceId: uuid().notNull(),
    userId: uuid().notNull(),
    externalId: text(),
    profile: jsonb().notNull().default({}),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.userId] })],
);

export const authScimGroups = pgTable(
  "auth_scim_groups",
  {
    workspaceId: uuid().notNull(),
    id: id(),
    displayName: text().notNull(),
    externalId: text(),
    role: text({ enum: ["Editor", "Writer", "Viewer"] }),
    createdAt: now(),
    updatedAt: now(),
    removedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const authScimGroupMembers = pgTable(
  "auth_scim_group_members",
  { workspaceId: uuid().notNull(), groupId: uuid().notNull(), userId: uuid().notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.groupId, t.userId] })],
);

/** Written by triggers alone. */
export const authEvents = pgTable("auth_events", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  at: now(),
  userId: uuid().notNull(),
  action: text().notNull(),
  detail: jsonb().notNull().default({}),
});
