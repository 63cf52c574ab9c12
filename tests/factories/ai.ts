import type { Member } from "#tests/factories";
import type { TestDatabase } from "#tests/harness/database";
import type { AppDeps } from "@/api/app";
import { createCircuits, endpointOf } from "@/features/ai";
import { type Clock, systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

/** The deployment's endpoint, as an operator configures one. */
export const aiAt = (
  baseUrl: string,
  models = ["small"],
  apiKey = "sk-deployment",
  fallback?: { baseUrl: string; models: string[]; afterMs?: number; clock?: Clock },
): AppDeps["ai"] => ({
  endpoint: endpointOf({ baseUrl, apiKey, models }),
  fallback: fallback ? endpointOf({ ...fallback, apiKey: "sk-fallback" }) : null,
  fallbackAfterMs: fallback?.afterMs ?? 15_000,
  embedding: null,
  circuits: createCircuits(fallback?.clock ?? systemClock),
  operatorFetch: createOutboundFetch({
    allow: [baseUrl, ...(fallback ? [fallback.baseUrl] : [])].map((url) => new URL(url).host),
  }),
});

/** A call to a model that answered, and a row in the ledger. */
export async function seedGeneration(t: TestDatabase, { workspaceId, userId }: Member, contentItemId: string) {
  await t.asOwner(
    `insert into ai_generations (workspace_id, operation, content_item_id, version_number, prompt, model, status, created_by)
     values ($1, 'headline', $2, 1, 'headline@1', 'small', 'Succeeded', $3)`,
    [workspaceId, contentItemId, userId],
  );
  await t.asOwner("select app.top_up_credits($1, 10, null)", [workspaceId]);
}

/** A text with facts of every kind, so that what is claimed can be looked up. */
export const GARDEN = {
  title: "Spring in the garden",
  body: [
    "Spring is the time to prune roses, says gardener Mina Keller of the Botanical Garden in Leipzig.",
    "Between 9 and 12 degrees is best, and 3 cuts are enough for a young plant. Read [the guide](https://example.com/roses) first.",
    "Ask @minakeller for more. Old wood goes first, then what rubs against other branches, and water follows in the evening.",
  ].join("\n\n"),
};

type Suggested = { text: string; technique?: string; reason?: string };

/** A model's answer, as JSON. */
export const headlines = (...suggestions: (Suggested | string)[]) =>
  JSON.stringify({
    suggestions: suggestions.map((one) => ({
      technique: "Benefit",
      reason: "It says what the reader gets.",
      ...(typeof one === "string" ? { text: one } : one),
    })),
  });

/** Five that differ and say nothing but the garden's text. */
export const FIVE = [
  "When to prune your roses",
  "3 cuts for a young plant",
  "Old wood goes first, says Mina Keller",
  "Between 9 and 12 degrees is best",
  "Water follows in the evening",
];
