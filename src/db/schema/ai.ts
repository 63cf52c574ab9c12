import { sql } from "drizzle-orm";
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { at, author, bytea, id, now, workspaceId } from "./columns";

export const aiGenerations = pgTable(
  "ai_generations",
  {
    workspaceId: workspaceId(),
    id: id(),
    operation: text().notNull(),
    contentItemId: uuid(),
    versionNumber: integer(),
    channelId: uuid(),
    personaId: uuid(),
    prompt: text().notNull(),
    model: text(),
    ownKey: boolean().notNull().default(false),
    status: text({ enum: ["Running", "Succeeded", "Failed", "Canceled"] })
      .notNull()
      .default("Running"),
    errorCode: text(),
    tries: jsonb().$type<{ model: string; host?: string; outcome: string; ms: number }[]>().notNull().default([]),
    inputTokens: integer().notNull().default(0),
    outputTokens: integer().notNull().default(0),
    costMicros: bigint({ mode: "number" }),
    credits: integer().notNull().default(0),
    reservationId: uuid(),
    latencyMs: integer(),
    endpointHost: text(),
    result: jsonb().$type<unknown>(),
    feedback: text({ enum: ["Used", "Edited", "Dropped"] }),
    feedbackAt: at(),
    feedbackBy: uuid(),
    createdBy: author(),
    apiKeyId: uuid().default(sql`app.key_id()`),
    createdAt: now(),
    endedAt: at(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.id] })],
);

export const aiSettings = pgTable(
  "ai_settings",
  {
    workspaceId: workspaceId(),
    baseUrl: text(),
    sealedKey: bytea(),
    keyHint: text(),
    models: text().array().notNull().default([]),
    fallbackBaseUrl: text(),
    fallbackSealedKey: bytea(),
    fallbackKeyHint: text(),
    fallbackModels: text().array().notNull().default([]),
    regions: text().array().notNull().default([]),
    zeroRetention: boolean().notNull().default(false),
    findByMeaning: boolean().notNull().default(false),
    brandVoice: text().notNull().default(""),
    maxRequestsPerMinute: integer(),
    maxConcurrent: integer(),
    maxTokensPerDay: integer(),
    maxCreditsPerDay: integer(),
    updatedBy: author(),
    updatedAt: now(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId] })],
);
