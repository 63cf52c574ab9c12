import { bigint, boolean, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { at, bytea, now } from "./columns";

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
  createdAt: now(),
  updatedAt: now(),
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

/** Written by triggers alone. @public */
export const authEvents = pgTable("auth_events", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  at: now(),
  userId: uuid().notNull(),
  action: text().notNull(),
  detail: jsonb().notNull().default({}),
});
