import { existsSync } from "node:fs";
import { ADAPTABLE, type Adaptable } from "@/channels/network-names";
import { LLAMA_MODEL, llamaMissing, startLlama } from "../tests/peers/llama-server";
import { type Article, readArticles } from "./ai/articles";
import { startRecorder } from "./ai/recorder";
import { add, type Score, scoreHeadlines, scoreRawThread, scoreThread } from "./ai/score";
import { type Bench, openBench } from "./lib/bench";
import { median } from "./lib/load";

/** `asked`: of how many of the articles a model is asked. */
type AiSize = { articles: number; asked: number; chars: number };

const HEADLINES = { count: 3, maxLength: 90 };

/**
 * What a model makes of articles, through the whole API, scored by code: any model at `OPENROUTER_BASE_URL` (with
 * `OPENROUTER_API_KEY`, `AI_MODELS`), the small one of `tests/peers` where none is named, and the rules that work without one.
 */
export async function benchAi(dataDir: string, { articles: most, asked, chars }: AiSize) {
  const articles = readArticles({ most, chars });
  console.log(`\nai: ${articles.length} articles of up to ${chars} characters`);
  if (!existsSync("tests/peers/debian-docs")) console.log("Only ours: tests/peers/install.sh unpacks the others.");
  const model = await findModel();
  const recorder = model && (await startRecorder(model.baseUrl));
  const env: Record<string, string> = recorder
    ? { OPENROUTER_BASE_URL: recorder.baseUrl, OPENROUTER_API_KEY: model.apiKey, AI_MODELS: model.name }
    : {};
  const bench = await openBench(dataDir, 10_000, env);
  try {
    const api = await openApi(bench);
    const stage = await seedArticles(bench, api, articles);
    report("threads by rule", await threads(stage, api, { useModel: false }), HELD.threads);
    for (const network of ADAPTABLE.filter((one) => one !== "bluesky"))
      report(`${network} by rule`, await threads(stage, api, { useModel: false, network }), HELD.threads);
    if (!recorder)
      return console.log("No model: set OPENROUTER_BASE_URL and AI_MODELS, or run tests/peers/install.sh.");
    const some = spread(stage, asked);
    console.log(`\nmodel: ${model.name}, asked about ${some.length} of them`);
    report("headlines", await headlines(some, api, recorder), HELD.headlines);
    report(
      "threads by the model, or by rule where it failed",
      await threads(some, api, { useModel: true, recorder }),
      HELD.threads,
    );
  } finally {
    await bench.close();
    await recorder?.stop();
    await model?.stop();
  }
}

/** What must hold whatever a model says; how good it is, is only told. */
const HELD = {
  headlines: ["shown: within the length", "shown: only what the text says", "shown: pairs that differ"],
  threads: ["within the network's limits", "only what the article says"],
};

type Model = { baseUrl: string; apiKey: string; name: string; stop(): Promise<void> };

async function findModel(): Promise<Model | undefined> {
  const { OPENROUTER_BASE_URL: baseUrl, OPENROUTER_API_KEY: apiKey = "none", AI_MODELS: name } = process.env;
  if (baseUrl && name) return { baseUrl, apiKey, name, stop: async () => {} };
  const missing = llamaMissing();
  if (missing) return void console.log(missing);
  const { baseUrl: local, stop } = await startLlama();
  return { baseUrl: local, apiKey, name: LLAMA_MODEL, stop };
}

type Api = (method: string, path: string, body: object) => Promise<Record<string, unknown>>;
type Stage = { article: Article; itemId: string; channelId: string; link: string }[];

async function openApi(bench: Bench): Promise<Api> {
  const api: Api = async (method, path, body) => {
    const response = await fetch(`${bench.ours.origin}/api/v1${path}`, {
      method,
      // In pieces, since a small machine takes longer for one than an answer in one piece may take.
      headers: {
        ...bench.headers,
        ...(path.startsWith("/ai/") && method === "POST" && { accept: "text/event-stream" }),
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const last = text
      .match(/^data: .*$/gm)
      ?.at(-1)
      ?.slice(6);
    return JSON.parse(last ?? text) as Record<string, unknown>;
  };
  const most = { maxRequestsPerMinute: 10_000, maxTokensPerDay: 2_000_000_000 };
  await api("PUT", "/ai/settings", most);
  return api;
}

async function seedArticles(bench: Bench, api: Api, articles: Article[]): Promise<Stage> {
  await bench.asOwner("select app.top_up_credits($1, 1000000, null)", [bench.workspaceId]);
  const [channel] = await bench.asOwner<{ id: string; slug: string }>(
    `with made as (insert into channels (workspace_id, network, name, remote_account) values ($1, 'bluesky', 'Bluesky', 'did:plc:bench') returning id)
     select made.id, w.slug from made, workspaces w where w.id = $1`,
    [bench.workspaceId],
  );
  const { id: channelId, slug } = channel!;
  const stage: Stage = [];
  for (const article of articles) {
    const { id } = (await api("POST", "/content", { title: article.title.slice(0, 300), body: article.body })) as {
      id: string;
    };
    const link = `${bench.env.PUBLIC_URL}/s/${slug}/${id}`;
    stage.push({ article, itemId: id, channelId, link });
  }
  return stage;
}

/** As many as are wanted, of all kinds. */
const spread = <T>(all: T[], most: number): T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, n) => all[Math.floor((n * all.length) / most)]!);

type Recorder = Awaited<ReturnType<typeof startRecorder>>;
type Told = { scores: Score[]; ms: number[]; refused: Record<string, number> };

async function headlines(stage: Stage, api: Api, recorder: Recorder): Promise<Told> {
  const told: Told = { scores: [], ms: [], refused: {} };
  for (const { article, itemId } of stage) {
    const began = performance.now();
    const answer = await api("POST", "/ai/headline", { contentItemId: itemId, ...HEADLINES });
    told.ms.push(performance.now() - began);
    if (answer.code) told.refused[String(answer.code)] = (told.refused[String(answer.code)] ?? 0) + 1;
    const shown = ((answer.suggestions ?? []) as { text: string }[]).map(({ text }) => text);
    told.scores.push(scoreHeadlines(article, recorder.take()[0], shown, HEADLINES));
  }
  return told;
}

async function threads(
  stage: Stage,
  api: Api,
  { useModel, recorder, network }: { useModel: boolean; recorder?: Recorder; network?: Adaptable },
): Promise<Told> {
  const told: Told = { scores: [], ms: [], refused: {} };
  for (const { article, itemId, channelId, link } of stage) {
    const began = performance.now();
    const answer = await api("POST", "/ai/adapt", {
      contentItemId: itemId,
      ...(network ? { network } : { channelId }),
      useModel,
    });
    told.ms.push(performance.now() - began);
    const raw = recorder ? scoreRawThread(article, recorder.take()[0], link) : {};
    if (answer.code) {
      told.refused[String(answer.code)] = (told.refused[String(answer.code)] ?? 0) + 1;
      told.scores.push(raw);
      continue;
    }
    const parts = (answer.parts as { text: string }[]).map(({ text }) => text);
    const byModel: Score = useModel ? { "by the model": [answer.model === null ? 0 : 1, 1] } : {};
    told.scores.push({ ...raw, ...byModel, ...scoreThread(article, parts, link, network) });
  }
  return told;
}

function report(name: string, { scores, ms, refused }: Told, held: string[]) {
  console.log(
    `\n${name}: ${(median(ms) / 1_000).toFixed(2)} s each (median)${Object.entries(refused).map(([code, n]) => `, ${n} ${code}`)}`,
  );
  for (const [what, [met, of]] of Object.entries(add(scores))) {
    const share = of === 0 ? "–" : `${Math.round((100 * met) / of)} %`;
    const verdict = held.includes(what) ? (met === of ? "   100 % met" : "   100 % MISSED") : "";
    console.log(`${what.padEnd(52)} ${`${met} of ${of}`.padStart(12)} ${share.padStart(6)}${verdict}`);
  }
}
