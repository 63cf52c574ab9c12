import { createOpenRouter } from "@openrouter/ai-sdk-provider";
import { APICallError, Output, parsePartialJson } from "ai";
import type { z } from "zod";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import { estimateTokens, type Model, NO_USAGE, type Usage } from "./models";

/** Where models are, and by which credential. `fetch` decides what may be reached. */
export type Endpoint = { baseUrl: string; apiKey: string | undefined; fetch: OutboundFetch };

export type Question<T> = {
  system: string;
  user: string;
  /** Sent beside the words, as a data URL. */
  image?: { mediaType: string; bytes: Uint8Array };
  schema: z.ZodType<T>;
  maxOutputTokens: number;
  /** What is wrong with an answer that has the right shape; each a sentence for the model, which gets one try to do better. */
  faults?: ((value: T) => string[]) | undefined;
};

/**
 * `Unavailable`: no connection, 5xx, or an answer that broke off. `Busy`: 429. `Refused`: what was asked, such as a model that
 * isn't there. `Skipped`: not asked, since the endpoint has failed too often of late.
 */
export type TryOutcome =
  | "Answered"
  | "Invalid"
  | "Unavailable"
  | "Busy"
  | "TimedOut"
  | "Refused"
  | "KeyRefused"
  | "Canceled"
  | "Skipped";

export type AskOptions = {
  /** Whether only providers that keep nothing may serve, where the endpoint routes between several. */
  zeroRetention: boolean;
  /** Aborts when nobody waits for the answer: the request to the model is cut, so that it costs no more. */
  signal: AbortSignal;
  /** For one try, from the request to the end of the answer. */
  timeoutMs: number;
  /** Until the first word, where somebody else can be asked. */
  firstWordMs?: number | undefined;
  onPartial?: ((value: unknown) => void) | undefined;
};

/** What a model is shown of the answer that it is to correct. */
const MAX_REPAIR_CHARS = 20_000;
/** The largest answer in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

export type Repair = { text: string; problems: string[] };
export type Told = { outcome: TryOutcome; text: string; usage: Usage; error?: unknown };

/** One request to one model. */
export async function ask<T>(
  endpoint: Endpoint,
  model: Model,
  { system, user, image, schema, maxOutputTokens }: Question<T>,
  repair: Repair | undefined,
  { signal, timeoutMs, firstWordMs, zeroRetention, onPartial }: AskOptions,
): Promise<Told> {
  const silent = new AbortController();
  const patience = firstWordMs === undefined ? undefined : setTimeout(() => silent.abort(), firstWordMs);
  const cut = AbortSignal.any([signal, silent.signal, AbortSignal.timeout(Math.ceil(timeoutMs))]);
  const repairing = repair ? repairOf(repair) : [];
  const answering = providerFor(endpoint, timeoutMs)
    .chat(model.id, routing(endpoint, zeroRetention))
    .doStream({
      prompt: [
        { role: "system", content: system },
        { role: "user", content: [{ type: "text", text: user }, ...(image ? [fileOf(image)] : [])] },
        ...repairing,
      ],
      responseFormat: await formatOf(schema),
      maxOutputTokens,
      abortSignal: cut,
    });
  const { text, usage, error, finished } = await readStream(answering, onPartial, () => clearTimeout(patience));
  clearTimeout(patience);
  // Who was cut off is not told what it cost: what was sent and what had come are counted here.
  const sent = estimateTokens(
    [system, user, ...repairing.flatMap(({ content }) => content.map(({ text }) => text))].join(""),
  );
  const counted = { inputTokens: sent, outputTokens: estimateTokens(text), cost: undefined };
  if (signal.aborted) return { outcome: "Canceled", text, usage: usage ?? counted, error };
  const outcome = cut.aborted ? "TimedOut" : error || !finished ? failureOf(error) : "Answered";
  // A refusal that came before the first word costs nothing.
  return { outcome, text, usage: usage ?? (outcome === "Answered" || text ? counted : NO_USAGE), error };
}

function failureOf(error: unknown): TryOutcome {
  const status = APICallError.isInstance(error) ? error.statusCode : undefined;
  if (status === 401) return "KeyRefused";
  if (status === 429) return "Busy";
  if (status === 408) return "TimedOut";
  return status !== undefined && status >= 400 && status < 500 ? "Refused" : "Unavailable";
}

const fileOf = ({ mediaType, bytes }: NonNullable<Question<never>["image"]>) => ({
  type: "file" as const,
  mediaType,
  data: bytes,
});

type Provider = ReturnType<typeof createOpenRouter>;
type Answering = ReturnType<ReturnType<Provider["chat"]>["doStream"]>;
type Format = NonNullable<Awaited<ReturnType<typeof Output.object>["responseFormat"]>>;

const formats = new WeakMap<z.ZodType, Promise<Format>>();

/** What a model is told of the answer's shape, made once for each. */
function formatOf(schema: z.ZodType): Promise<Format> {
  const known = formats.get(schema);
  if (known) return known;
  const format = Promise.resolve(Output.object({ schema }).responseFormat).then(
    (told) => told ?? { type: "json" as const },
  );
  formats.set(schema, format);
  return format;
}

/** By the provider's own interface: `streamText` reads each piece of an answer again as JSON and takes five times as long (ADR 13). */
async function readStream(answering: Answering, onPartial: AskOptions["onPartial"], onWord: () => void) {
  const seen = { text: "", usage: undefined as Usage | undefined, error: undefined as unknown, finished: false };
  try {
    for await (const part of (await answering).stream) {
      if (part.type === "text-delta") {
        onWord();
        seen.text += part.delta;
        if (onPartial) onPartial((await parsePartialJson(seen.text)).value);
      } else if (part.type === "error") seen.error = part.error;
      else if (part.type === "finish") {
        seen.usage = usageOf(part);
        seen.finished = part.finishReason.unified !== "error";
      }
    }
  } catch (raised) {
    seen.error = raised;
  }
  return seen;
}

function providerFor({ baseUrl, apiKey, fetch }: Endpoint, timeoutMs: number) {
  const bounded = (input: Parameters<typeof globalThis.fetch>[0], init?: RequestInit) =>
    fetch(input, { ...init, timeoutMs: Math.ceil(timeoutMs), maxBytes: MAX_BYTES });
  return createOpenRouter({
    baseURL: baseUrl.replace(/\/$/, ""),
    // A server of one's own may ask for none.
    apiKey: apiKey ?? "none",
    compatibility: "strict",
    fetch: bounded as typeof globalThis.fetch,
  });
}

/** What only a router between providers understands; other servers are spared it. */
function routing({ baseUrl }: Endpoint, zeroRetention: boolean) {
  if (!new URL(baseUrl).hostname.endsWith("openrouter.ai")) return {};
  return {
    usage: { include: true },
    ...(zeroRetention && { provider: { zdr: true, data_collection: "deny" as const } }),
  };
}

type Finish = Record<"usage", Record<"inputTokens" | "outputTokens", { total: number | undefined }>> & {
  providerMetadata?: unknown;
};

function usageOf({ usage, providerMetadata }: Finish): Usage | undefined {
  const { total: inputTokens = 0 } = usage.inputTokens;
  const { total: outputTokens = 0 } = usage.outputTokens;
  if (inputTokens + outputTokens === 0) return undefined;
  const { openrouter } = (providerMetadata ?? {}) as { openrouter?: { usage?: { cost?: number } } };
  const cost = openrouter?.usage?.cost;
  return { inputTokens, outputTokens, cost: typeof cost === "number" && cost >= 0 ? cost : undefined };
}

type Prompt = Parameters<ReturnType<Provider["chat"]>["doStream"]>[0]["prompt"];
const said = (text: string) => [{ type: "text" as const, text }];

const repairOf = ({ text, problems }: Repair) =>
  [
    { role: "assistant", content: said(text.slice(0, MAX_REPAIR_CHARS)) },
    {
      role: "user",
      content: said(
        `Your answer can't be used:\n${problems.map((problem) => `- ${problem}`).join("\n")}\nAnswer again, with corrected JSON and nothing else.`,
      ),
    },
  ] satisfies Prompt;

export type Seen<T> = { found?: { value: T }; problems: string[] };

/** JSON by the schema, also in a code fence or with words around it. */
export function readAnswer<T>({ schema, faults }: Question<T>, text: string): Seen<T> {
  const found = /\{[\s\S]*\}/.exec(text)?.[0];
  if (!found) return { problems: ["It is not JSON."] };
  let json: unknown;
  try {
    json = JSON.parse(found);
  } catch {
    return { problems: ["It is not valid JSON."] };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { found: { value: parsed.data }, problems: faults?.(parsed.data) ?? [] };
  return {
    problems: parsed.error.issues
      .slice(0, 10)
      .map(({ path, message }) => `${path.join(".") || "the answer"}: ${message}`),
  };
}
