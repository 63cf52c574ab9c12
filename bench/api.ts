import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";
import pg from "pg";
import type { Bench } from "./lib/bench";
import { interleaved, median, requestsPerSecond } from "./lib/load";
import { record } from "./lib/record";
import { type Running, startServer } from "./lib/servers";

type Size = { seconds: number; rounds: number };

/** How near the app comes to a bare server that sends the same statements. Held to: reads 0.45, writes 0.4. */
export async function benchApi(bench: Bench, { seconds, rounds }: Size) {
  const bare = await startBare(bench);
  try {
    const { itemIds, headers } = bench;
    const items = itemIds.map((id) => `/api/v1/content/${id}`);
    const loads = {
      "GET content/:id": { least: 0.45, load: () => ({ method: "GET" as const, paths: items, headers }) },
      "GET content?status=&limit=25": {
        least: 0.45,
        load: () => ({ method: "GET" as const, paths: ["/api/v1/content?status=Draft&limit=25"], headers }),
      },
      "POST content": {
        least: 0.4,
        load: () => ({
          method: "POST" as const,
          paths: ["/api/v1/content"],
          headers,
          body: () => JSON.stringify({ title: "A new article", body: BODY }),
        }),
      },
      "POST content/:id/versions": { least: 0.4, load: savesOf(bench) },
    };
    console.log("operation                        ours req/s   bare req/s   ratio   held to");
    for (const [name, { least, load }] of Object.entries(loads)) {
      const [one, other] = [load(), load()];
      const figures = await interleaved(
        {
          ours: () => requestsPerSecond(bench.ours.origin, one, seconds),
          bare: () => requestsPerSecond(bare.origin, other, seconds),
        },
        rounds,
      );
      const ratio = median(figures.ours.map((ours, round) => ours / figures.bare[round]!));
      const cells = [
        name.padEnd(32),
        median(figures.ours).toFixed(0).padStart(10),
        median(figures.bare).toFixed(0).padStart(12),
      ];
      console.log(`${cells.join(" ")} ${ratio.toFixed(2).padStart(7)}   ${least} ${ratio >= least ? "met" : "MISSED"}`);
    }
  } finally {
    await bare.stop();
  }
}

const BODY = "A sentence of an article, as long as they are. ".repeat(40);

/** Each contender saves on items of its own, and knows which version of each is the newest. */
function savesOf(bench: Bench) {
  let share = 0;
  return () => {
    const mine = bench.itemIds.slice(share * 240, share * 240 + 240);
    share += 1;
    let newest = new Map<string, number>();
    return {
      method: "POST" as const,
      paths: mine.map((id) => `/api/v1/content/${id}/versions`),
      headers: bench.headers,
      // What was under way when a round ended may have been saved or not, a moment later.
      async prepare() {
        await wait(500);
        newest = await newestVersions(bench, mine);
      },
      body: (index: number) => {
        const id = mine[index % mine.length]!;
        const baseVersion = newest.get(id)!;
        newest.set(id, baseVersion + 1);
        return JSON.stringify({ body: `${BODY} ${index}`, baseVersion });
      },
    };
  };
}

async function newestVersions(bench: Bench, ids: string[]) {
  const client = new pg.Client(bench.superuserUrl);
  await client.connect();
  const { rows } = await client.query<{ id: string; n: number }>(
    "select id, current_version_number as n from content_items where id = any($1)",
    [ids],
  );
  await client.end();
  return new Map(rows.map(({ id, n }) => [id, n]));
}

async function startBare(bench: Bench): Promise<Running> {
  const { runtime, headers } = bench;
  const itemId = bench.itemIds.at(-1)!;
  const request =
    (path: string, method = "GET", body?: object) =>
    () =>
      Promise.resolve(
        runtime.app.request(`/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) }),
      );
  const { db } = runtime;
  const session = JSON.parse(Buffer.from(headers.authorization.split(".")[1]!, "base64url").toString("utf8"))
    .sid as string;
  const recordings = {
    read: await record(db, request(`/content/${itemId}`)),
    list: await record(db, request("/content?status=Draft&limit=25")),
    create: await record(db, request("/content", "POST", { title: "A new article", body: BODY })),
    save: await record(db, request(`/content/${itemId}/versions`, "POST", { body: BODY, baseVersion: 1 })),
    itemId,
    known: [bench.userId, bench.workspaceId, session],
  };
  for (const name of ["read", "list", "create", "save"] as const)
    console.log(`${name}: ${recordings[name].length} statements`);
  await build({
    entryPoints: ["bench/bare-server.ts"],
    outfile: "dist/bench/bare-server.js",
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  return startServer({
    args: ["dist/bench/bare-server.js"],
    env: { DATABASE_APP_URL: bench.urls.app },
    input: JSON.stringify(recordings),
    ready: "ready",
  });
}
