import { setTimeout as wait } from "node:timers/promises";
import { askInTurn } from "@/features/ai/gateway/chain";
import { createCircuits } from "@/features/ai/gateway/circuit";
import { parseModel } from "@/features/ai/gateway/models";
import { HeadlineAnswer } from "@/features/ai/headline/check";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import { startModelServer } from "../tests/harness/model-server";
import { type Bench, openBench } from "./lib/bench";
import { median, percentile } from "./lib/load";

/** In ms: what the gateway adds to a call, and how long a read may take beside all the streams, at the median and the 95th percentile. */
const HELD_TO = { gatewayMs: 5, besideMs: 25, besideSlowMs: 100 };
const CALLS = 200;
const STREAMS = 200;
/** Between two pieces of a stream, in ms; a piece has 40 characters. */
const DRIP_MS = 250;
const READ_EVERY_MS = 40;

const TEXTS = [
  "Old wood goes first when roses are pruned",
  "Young plants take a gentle cut in spring",
  "Water follows in the evening hours",
  "Gloves keep thorns out of busy hands",
  "Sharp blades leave clean wounds behind",
  "Frost ends before the pruning begins",
  "Compost feeds what the winter has thinned",
  "Climbers need ties along their wires",
  "Buds point outward below each slope",
  "Crossing branches rub until bark breaks",
  "Hips stay where birds look for food",
  "Neighbours gladly share their cuttings",
];
const BODY = TEXTS.map((text) => `${text}.`)
  .join(" ")
  .repeat(4);
const SUGGESTIONS = TEXTS.map((text) => ({
  text,
  technique: "Direct",
  reason: "It says what the reader gets, in the words of the article itself, and nothing more than that.",
}));
const ANSWER = JSON.stringify({ suggestions: SUGGESTIONS });

type Model = Awaited<ReturnType<typeof startModelServer>>;

/** What stands between a program and a model: what it adds to a call, and what 200 answers at once cost everybody else. */
export async function benchGateway(dataDir: string, { rounds }: { rounds: number }) {
  const model = await startModelServer(() => ({ text: ANSWER, pieces: 10 }));
  const env = { OPENROUTER_BASE_URL: model.baseUrl, OPENROUTER_API_KEY: "none", AI_MODELS: "instant" };
  const bench = await openBench(dataDir, 10_000, env);
  try {
    const limits = { maxConcurrent: 1_000, maxRequestsPerMinute: 10_000, maxTokensPerDay: 2_000_000_000 };
    await bench.asOwner("select app.top_up_credits($1, 1000000, null)", [bench.workspaceId]);
    await send(bench, "PUT", "/ai/settings", limits);
    const made = await send(bench, "POST", "/content", { title: "Roses", body: BODY });
    const { id } = (await made.json()) as { id: string };
    await overhead(bench, model, id);
    for (let round = 0; round < Math.min(rounds, 3); round++) await streams(bench, model, id);
  } finally {
    await bench.close();
    await model.stop();
  }
}

const told = (name: string, value: number, heldTo?: number) =>
  console.log(
    `${name.padEnd(58)} ${value.toFixed(1).padStart(8)} ms${heldTo === undefined ? "" : `   ${heldTo} ${value <= heldTo ? "met" : "MISSED"}`}`,
  );

const send = (bench: Bench, method: string, path: string, body?: object, signal?: AbortSignal) =>
  fetch(`${bench.ours.origin}/api/v1${path}`, {
    method,
    headers: { ...bench.headers, ...(path === "/ai/headline" && { accept: "text/event-stream" }) },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });

/** One question, asked bare, through the gateway, and as a whole operation, in turn. */
async function overhead(bench: Bench, model: Model, contentItemId: string) {
  const question = { system: "Answer as JSON.", user: BODY, schema: HeadlineAnswer, maxOutputTokens: 1_000 };
  const place = {
    baseUrl: model.baseUrl,
    apiKey: "none",
    own: false,
    models: [parseModel("instant")],
    fetch: createOutboundFetch({ allow: [new URL(model.baseUrl).host] }),
  };
  const options = {
    places: [place],
    circuits: createCircuits(systemClock),
    zeroRetention: false,
    signal: new AbortController().signal,
    timeoutMs: 30_000,
    deadlineMs: 30_000,
  };
  const gateway = () => askInTurn(question, options);
  await gateway();
  const { authorization: _, ...asked } = model.asked.at(-1)!;
  const body = JSON.stringify(asked);
  const contenders = {
    bare: async () => {
      const headers = { "content-type": "application/json", authorization: "Bearer none" };
      const text = await (await fetch(`${model.baseUrl}/chat/completions`, { method: "POST", headers, body })).text();
      if (!text.endsWith("data: [DONE]\n\n")) throw new Error(text);
    },
    gateway,
    whole: async () => {
      const text = await (await send(bench, "POST", "/ai/headline", { contentItemId })).text();
      if (!text.includes("event: done")) throw new Error(text);
    },
  };
  const took = { bare: [] as number[], gateway: [] as number[], whole: [] as number[] };
  for (let call = -20; call < CALLS; call++) {
    for (const name of ["bare", "gateway", "whole"] as const) {
      const began = performance.now();
      await contenders[name]();
      if (call >= 0) took[name].push(performance.now() - began);
    }
  }
  console.log(`\ngateway: ${CALLS} calls each, in turn, to an endpoint that answers at once`);
  told("a bare call", median(took.bare));
  told("what the gateway adds to it", median(took.gateway.map((ms, call) => ms - took.bare[call]!)), HELD_TO.gatewayMs);
  told(
    "the whole operation adds, with its two transactions",
    median(took.whole.map((ms, call) => ms - took.bare[call]!)),
  );
}

/** Reads an item again and again, by itself and while 200 answers stream. */
async function streams(bench: Bench, model: Model, contentItemId: string) {
  const read = async () => {
    const began = performance.now();
    const response = await send(bench, "GET", `/content/${bench.itemIds[1]}`);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`A read was answered with ${response.status}`);
    return performance.now() - began;
  };
  const readsUntil = async (over: () => boolean) => {
    const took: number[] = [];
    while (!over()) {
      took.push(await read());
      await wait(READ_EVERY_MS);
    }
    return took;
  };
  let left = 75;
  const alone = await readsUntil(() => left-- === 0);
  model.behave(() => ({ text: ANSWER, dripMs: DRIP_MS }));
  const ideal = Math.ceil(ANSWER.length / 40) * DRIP_MS;
  let open = true;
  const follow = async () => {
    const began = performance.now();
    const text = await (await send(bench, "POST", "/ai/headline", { contentItemId })).text();
    if (!text.includes("event: done")) throw new Error(`A stream ended otherwise: ${text.slice(-300)}`);
    return { ms: performance.now() - began, partials: text.split("event: partial").length - 1 };
  };
  const following = Promise.all(Array.from({ length: STREAMS }, follow));
  const over = () => {
    open = false;
  };
  following.then(over, over);
  const beside = await readsUntil(() => !open);
  const followed = await following;
  model.behave(() => ({ text: ANSWER, pieces: 10 }));
  console.log(`\n${STREAMS} streams of ${(ideal / 1_000).toFixed(1)} s at once, ${beside.length} reads beside them`);
  told("reading an item, alone (median)", median(alone));
  told("reading an item, beside them (median)", median(beside), HELD_TO.besideMs);
  told("reading an item, beside them (95th percentile)", percentile(beside, 0.95), HELD_TO.besideSlowMs);
  told("the slowest read", Math.max(...beside));
  told("a stream ends after its model (median)", median(followed.map(({ ms }) => ms)) - ideal);
  console.log(`pieces of each (median)${" ".repeat(37)}${median(followed.map(({ partials }) => partials))}`);
}
