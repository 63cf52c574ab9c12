import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planners, seedPlanners } from "#tests/factories/distribution";
import { type Answer, caller } from "#tests/harness/app";
import { startWorker, type Worker } from "@/jobs/worker";
import { type OwnServer, startOwnServer } from "./own-server";

/** From the moment Postgres listens again. */
const RECOVERY_MS = 10_000;
const WRITERS = 6;

let server: OwnServer;
let team: Planners;
let worker: Worker;
let call: ReturnType<typeof caller>;
const healths: string[] = [];
let watching: NodeJS.Timeout;

beforeAll(async () => {
  server = await startOwnServer();
  team = await seedPlanners(server.t);
  call = caller(server.t);
  const url = server.t.urls.worker;
  worker = await startWorker({ workerUrl: url, sessionUrl: url, tasks: {}, log: pino({ level: "silent" }) });
  watching = setInterval(() => {
    if (healths.at(-1) !== worker.health()) healths.push(worker.health());
  }, 10);
}, 120_000);
afterAll(async () => {
  clearInterval(watching);
  await worker?.stop();
  await server?.close();
});

type Acknowledged = { id: string; versions: string[] };

/** Makes an item and saves versions of it, again and again, and keeps what it was told was done. */
async function write(name: string, until: AbortSignal) {
  const items: Acknowledged[] = [];
  const refused: Answer[] = [];
  let acknowledgedAt = 0;
  const tried = async (path: string, body: object) => {
    const answer = await call(team.editor, "POST", path, body);
    if (answer.status === 201) {
      acknowledgedAt = Date.now();
      return answer;
    }
    refused.push(answer);
    await pause(20);
    return undefined;
  };
  for (let number = 0; !until.aborted; number++) {
    const made = await tried("/content", { title: `${name} ${number}`, body: "The first" });
    if (!made) continue;
    const item: Acknowledged = { id: made.body.id as string, versions: ["The first"] };
    items.push(item);
    for (let version = 2; version <= 3 && !until.aborted; version++) {
      const body = `${name} ${number}, version ${version}`;
      const saved = await tried(`/content/${item.id}/versions`, { body, baseVersion: item.versions.length });
      if (!saved) break;
      item.versions.push(body);
    }
  }
  return { items, refused, acknowledgedAt: () => acknowledgedAt };
}

/** Whatever was answered with 201 and is not in the database. */
async function missing(items: Acknowledged[]): Promise<string[]> {
  const rows = await server.t.asOwner<{ id: string; bodies: string[] }>(
    `select content_item_id as id, array_agg(body order by version_number) as bodies
     from content_versions where workspace_id = $1 group by 1`,
    [team.id],
  );
  const there = new Map(rows.map(({ id, bodies }) => [id, bodies]));
  return items.flatMap(({ id, versions }) =>
    versions.filter((body, at) => there.get(id)?.[at] !== body).map((body) => `${id}: ${body}`),
  );
}

describe("Postgres that ends under load", () => {
  it.each([
    { how: "is restarted", signal: "SIGINT", downMs: 0 },
    { how: "is away for three seconds, without a farewell", signal: "SIGQUIT", downMs: 3_000 },
    { how: "is killed", signal: "SIGKILL", downMs: 0 },
  ] as const)(
    "$how: every 201 is in it afterwards, and the app recovers by itself",
    async ({ signal, downMs }) => {
      healths.length = 0;
      const enough = new AbortController();
      const writing = Array.from({ length: WRITERS }, (_, at) => write(`${signal} writer ${at}`, enough.signal));
      await pause(1_000);
      await server.end(signal);
      await pause(downMs);
      await server.startAgain();
      const backAt = Date.now();
      const recovered = await call(team.editor, "POST", "/content", { title: `${signal} after`, body: "Again" }).then(
        async (first) => {
          let answer = first;
          while (answer.status !== 201 && Date.now() - backAt < RECOVERY_MS) {
            await pause(50);
            answer = await call(team.editor, "POST", "/content", { title: `${signal} after`, body: "Again" });
          }
          return answer.status === 201 ? Date.now() - backAt : undefined;
        },
      );
      while (worker.health() !== "Running" && Date.now() - backAt < RECOVERY_MS) await pause(20);
      const workerBack = Date.now() - backAt;
      await pause(1_000);
      enough.abort();
      const written = await Promise.all(writing);

      const items = written.flatMap((writer) => writer.items);
      const refused = written.flatMap((writer) => writer.refused);
      const versions = items.reduce((sum, item) => sum + item.versions.length, 0);
      const [held] = await server.t.asOwner<{ n: string }>(
        "select count(*) as n from content_items where workspace_id = $1 and title like $2",
        [team.id, `${signal} writer %`],
      );
      const unheard = Number(held!.n) - items.length;
      console.log(
        `${signal}: ${items.length} items with ${versions} versions acknowledged, ${refused.length} requests refused, ${unheard} items made whose answer was lost; ` +
          `the app was back after ${recovered} ms, the worker after ${workerBack} ms`,
      );
      expect(versions).toBeGreaterThan(items.length);
      expect(await missing(items)).toEqual([]);
      expect(recovered).toBeLessThan(RECOVERY_MS);
      // Each writer goes on by itself.
      for (const writer of written) expect(writer.acknowledgedAt()).toBeGreaterThan(backAt);
      expect(refused.length).toBeGreaterThan(0);
      expect([...new Set(refused.map(({ status, body }) => `${status} ${body.code}`))]).toEqual(["503 overloaded"]);
      expect(healths).toEqual(["Running", "Reconnecting", "Running"]);
    },
    60_000,
  );
});
