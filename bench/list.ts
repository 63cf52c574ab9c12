import pg from "pg";
import { encodeCursor } from "@/http/cursor";
import type { Bench } from "./lib/bench";
import { interleaved, median, requestMs } from "./lib/load";

const HELD_TO = 1.2;
const REQUESTS = 150;

const pageMs = (bench: Bench, cursor?: string) =>
  requestMs(
    `${bench.ours.origin}/api/v1/content?limit=25${cursor ? `&cursor=${cursor}` : ""}`,
    bench.headers,
    REQUESTS,
  );

async function cursorAt(bench: Bench, depth: number): Promise<string> {
  const client = new pg.Client(bench.superuserUrl);
  await client.connect();
  const { rows } = await client.query<{ id: string; created_at: Date }>(
    "select id, created_at from content_items where workspace_id = $1 and archived_at is null order by created_at desc, id desc limit 1 offset $2",
    [bench.workspaceId, depth],
  );
  await client.end();
  return encodeCursor({ sort: "-createdAt", value: rows[0]!.created_at.toISOString(), id: rows[0]!.id });
}

/** A list costs the same at any depth, and however much lies in other workspaces. Held to: 1.2 times its first page. */
export async function benchList(large: Bench, small: Bench, { rounds }: { rounds: number }) {
  const deep = await cursorAt(large, 9_900);
  const middle = await cursorAt(large, 5_000);
  const figures = await interleaved(
    {
      first: () => pageMs(large),
      middle: () => pageMs(large, middle),
      deep: () => pageMs(large, deep),
      small: () => pageMs(small),
    },
    rounds,
  );
  const ratio = (one: number[], other: number[]) => median(one.map((value, round) => value / other[round]!));
  const report = (name: string, value: number) =>
    console.log(
      `${name.padEnd(58)} ${value.toFixed(2).padStart(6)}   ${HELD_TO} ${value <= HELD_TO ? "met" : "MISSED"}`,
    );
  console.log(
    `\nlist: first page ${median(figures.first).toFixed(2)} ms                               ratio   held to`,
  );
  report("page at 5,000 of 10,000, to the first page", ratio(figures.middle, figures.first));
  report("page at 9,900 of 10,000, to the first page", ratio(figures.deep, figures.first));
  report("first page with all items, to a database of 10,000", ratio(figures.first, figures.small));
}
