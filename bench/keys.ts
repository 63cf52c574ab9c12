import { sql } from "drizzle-orm";
import { pipeline } from "@/db/pipeline";
import { readWorkspace } from "@/db/scope";
import { statement } from "@/db/statement";
import { keyIdentityOf } from "@/features/auth";
import type { MemberClaim } from "@/platform/actor";
import type { Bench } from "./lib/bench";
import { interleaved, median, requestsPerSecond } from "./lib/load";

/** Verifications a second, and requests with a key to requests with a session. */
const HELD_TO = { verifications: 5_000, ratio: 0.9 };
const AT_A_TIME = 8;
const OTHER_KEYS = 10_000;

/** The least that can be asked, as requests ask: built once, and prepared by name. */
const nothing = statement("bench_nothing", (db) => db.select({ one: sql<number>`1` }).from(sql`(values (1)) nothing`));

/** What it costs to find out who sends a key, by itself and within a request. */
export async function benchKeys(bench: Bench, { seconds, rounds }: { seconds: number; rounds: number }) {
  const { runtime, headers, itemIds, workspaceId } = bench;
  const made = await fetch(`${bench.ours.origin}/api/v1/auth/keys`, {
    method: "POST",
    headers,
    body: JSON.stringify({ name: "Bench", role: "Viewer" }),
  });
  const { key } = (await made.json()) as { key: string };
  const { sub: userId, sid } = JSON.parse(Buffer.from(headers.authorization.split(".")[1]!, "base64url").toString());
  if (userId !== bench.userId) throw new Error("The token is not the one of who seeded");

  await bench.asOwner(
    `insert into auth_api_keys (workspace_id, name, role, hint, token_hash, acts_for, created_by)
     select $1, 'Key ' || n, 'Viewer', 'none', app.random_proof(), $2, $2 from generate_series(1, $3::int) n`,
    [workspaceId, userId, OTHER_KEYS],
  );
  await bench.asOwner("analyze");

  /** The key's form, its hash, and the entry of its scope, which says whose it is and what it may: one round trip. */
  const verify = async () => {
    const client = await runtime.db.pool.connect();
    try {
      const values = [keyIdentityOf(key).keyProof, null, "content:read"];
      const [entered] = await pipeline(client, [{ text: "select app.enter_key($1, $2, $3) as entered", values }]);
      if (!entered?.rows[0].entered.startsWith(workspaceId)) throw new Error("The key was not entered");
    } finally {
      client.release();
    }
  };
  /** The same with the least that can be asked in a scope, which travels with the entry. */
  const byKey = (): MemberClaim => {
    const { keyProof } = keyIdentityOf(key);
    return { keyProof, scope: "content:read", workspaceId: undefined, requestId: undefined };
  };
  const bySession = (): MemberClaim => ({ sessionId: sid, workspaceId, requestId: undefined });
  const entriesPerSecond = (claim: () => MemberClaim) =>
    perSecond(() => readWorkspace(runtime.db, claim(), (tx) => nothing(tx)));
  const perSecond = async (work: () => Promise<unknown>) => {
    const until = performance.now() + seconds * 1_000;
    let entries = 0;
    const began = performance.now();
    await Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        while (performance.now() < until) {
          await work();
          entries += 1;
        }
      }),
    );
    return (entries * 1_000) / (performance.now() - began);
  };
  const paths = itemIds.map((id) => `/api/v1/content/${id}`);
  const get = (authorization: string) => () =>
    requestsPerSecond(
      bench.ours.origin,
      { method: "GET", paths, headers: { authorization, "x-workspace-id": workspaceId } },
      seconds,
    );
  const figures = await interleaved(
    {
      verified: () => perSecond(verify),
      keys: () => entriesPerSecond(byKey),
      sessions: () => entriesPerSecond(bySession),
      requestsByKey: get(`Bearer ${key}`),
      requestsBySession: get(headers.authorization),
    },
    rounds,
  );
  const told = (name: string, value: number, heldTo: number) =>
    console.log(
      `${name.padEnd(52)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)}   ${heldTo} ${value >= heldTo ? "met" : "MISSED"}`,
    );
  const ratio = (one: number[], other: number[]) => median(one.map((value, round) => value / other[round]!));
  console.log("\nkeys".padEnd(54), "             held to");
  told("verifications of a key a second, in one process", median(figures.verified), HELD_TO.verifications);
  told("entries by key, to entries by session", ratio(figures.keys, figures.sessions), HELD_TO.ratio);
  told("GET content/:id by key, to by session", ratio(figures.requestsByKey, figures.requestsBySession), HELD_TO.ratio);
}
