import type { Database } from "@/db/client";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import type { Circuits } from "./gateway/circuit";
import { type Model, parseModel } from "./gateway/models";

/** The deployment's own way to models. */
export type AiEndpoint = {
  baseUrl: string;
  apiKey: string | undefined;
  models: Model[];
  /** As they were configured. */
  entries: string[];
};

export type AiDeps = {
  /** Null where the deployment has none: workspaces may have a key of their own. */
  endpoint: AiEndpoint | null;
  /** Asked where the other one fails. */
  fallback: AiEndpoint | null;
  /** How long the first word of an answer is waited for, where another endpoint can be asked. */
  fallbackAfterMs: number;
  circuits: Circuits;
  /** Turns texts into numbers at the deployment's endpoint; null where none is named. */
  embedding: Model | null;
  /** Reaches the deployment's endpoints, which may be in a private network. */
  operatorFetch: OutboundFetch;
  /** Reaches what Admins give. */
  fetch: OutboundFetch;
  keyring: Keyring;
  db: Database;
  /** Where the site's pages are, for the links that go out. */
  publicUrl: string;
};

type Configured = { baseUrl: string | undefined; apiKey: string | undefined; models: string[] };

/** What of it the deployment gives; the rest is all rooms'. */
export type AiSetup = Pick<
  AiDeps,
  "endpoint" | "fallback" | "fallbackAfterMs" | "circuits" | "embedding" | "operatorFetch"
>;

export const OPENROUTER = "https://openrouter.ai/api/v1";
/** OpenRouter's own choice of a model, where nobody named one. */
const ANY_MODEL = "openrouter/auto";

export const embeddingOf = (entry: string | undefined): Model | null => (entry ? parseModel(entry) : null);

/** Null without a key or an address: then nothing is asked anywhere. A local server needs an address alone. */
export function endpointOf({ baseUrl, apiKey, models }: Configured): AiEndpoint | null {
  if (!apiKey && !baseUrl) return null;
  const entries = models.length > 0 ? models : [ANY_MODEL];
  return { baseUrl: baseUrl ?? OPENROUTER, apiKey, models: entries.map(parseModel), entries };
}
