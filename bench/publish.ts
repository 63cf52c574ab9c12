import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Bench } from "./lib/bench";
import { startServer } from "./lib/servers";

const DUE = 1_000;
const DUE_HELD_MS = 30_000;
const IDLE = 60;
const IDLE_HELD_MS = 1_000;

type Api = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

/** A thousand schedules that are due at once, and single ones while nothing else is to do; one worker, on the own site. */
export async function benchPublish(bench: Bench) {
  const api: Api = async (method, path, body) => {
    const response = await fetch(`${bench.ours.origin}/api/v1${path}`, {
      method,
      headers: bench.headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok)
      throw new Error(`${method} ${path} was answered with ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const sql = new pg.Client(bench.superuserUrl);
  await sql.connect();
  const worker = await startServer({ args: ["scripts/contentos.mjs", "worker"], env: bench.env, ready: "is running" });
  try {
    await api("PUT", `/workspaces/${bench.workspaceId}`, { approvalSteps: [] });
    const channels = (await api("GET", "/distribution/channels?limit=100")).items as { id: string; network: string }[];
    const site = channels.find(({ network }) => network === "site")!.id;
    const plan = async (at: Date) => {
      const item = await api("POST", "/content", {
        title: "Due at once",
        body: "A sentence of an article. ".repeat(40),
      });
      await api("POST", `/content/${item.id}/submit`, {});
      return (
        await api("POST", "/distribution/schedule", {
          contentItemId: item.id,
          channelId: site,
          scheduledTime: at.toISOString(),
        })
      ).id as string;
    };

    const due = new Date(Date.now() + 120_000);
    for (let n = 0; n < DUE; n += 10) await Promise.all(Array.from({ length: 10 }, () => plan(due)));
    // Everything was planned before its time; the time now comes for all of them at once.
    const now = new Date();
    await sql.query("update distribution_schedules set scheduled_time = $1, due_at = $1 where scheduled_time = $2", [
      now,
      due,
    ]);
    await sql.query("update graphile_worker._private_jobs set run_at = $1 where run_at = $2", [now, due]);
    const began = performance.now();
    for (let published = 0; published < DUE; await wait(100)) {
      const { rows } = await sql.query(
        "select count(*)::int as n from distribution_schedules where scheduled_time = $1 and status = 'Published'",
        [now],
      );
      published = rows[0].n;
      if (performance.now() - began > 120_000) throw new Error(`Only ${published} of ${DUE} went out in two minutes`);
    }
    const tookMs = performance.now() - began;

    await wait(15_000);
    const ids: string[] = [];
    for (let n = 0; n < IDLE; n++) ids.push(await plan(new Date(Date.now() + 3_000 + n * 730)));
    await wait(3_000 + IDLE * 730 + 5_000);
    const { rows } = await sql.query<{ late_ms: string | null }>(
      "select late_ms from distribution_schedules where id = any($1)",
      [ids],
    );
    const late = rows.map(({ late_ms }) => Number(late_ms ?? Number.POSITIVE_INFINITY)).sort((a, b) => a - b);
    const p99 = late[Math.ceil(late.length * 0.99) - 1]!;

    console.log("\npublishing on site, one worker                             figure   held to");
    const line = (name: string, figure: number, held: number) =>
      console.log(
        `${name.padEnd(54)} ${`${figure.toFixed(0)} ms`.padStart(10)}   ${held} ms ${figure <= held ? "met" : "MISSED"}`,
      );
    line("1,000 due schedules are out after", tookMs, DUE_HELD_MS);
    line("a schedule begins after its time, idle, p99 of 60", p99, IDLE_HELD_MS);
  } finally {
    await worker.stop();
    await sql.end();
  }
}
