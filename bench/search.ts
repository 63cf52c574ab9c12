import { randomUUID } from "node:crypto";
import pg from "pg";
import type { Bench } from "./lib/bench";
import { interleaved, median, requestMs } from "./lib/load";
import { createVocabulary } from "./lib/vocabulary";

const HELD_TO = { fewToRead: 5, manyMs: 100 };
const WORDS_EACH = 300;
const BATCH = 500;

/** What a search costs in a workspace of 100,000 items, in a database where others write with the same words. */
export async function benchSearch(bench: Bench, { rounds, items }: { rounds: number; items: number }) {
  const size = Math.min(items, 100_000);
  const { workspaceId, itemId } = await seedTexts(bench, size);
  const headers = { ...bench.headers, "x-workspace-id": workspaceId };
  const ask = (path: string, requests = 100) => requestMs(`${bench.ours.origin}/api/v1${path}`, headers, requests);
  for (const [word, hits] of Object.entries({
    fewhere: size / 1_000,
    quarterhere: size / 4,
    everyoneelse: size / 1_000,
  })) {
    const found = await fetch(`${bench.ours.origin}/api/v1/search?q="${word}"`, { headers });
    const { total } = (await found.json()) as { total: number };
    if (total !== hits) throw new Error(`${total} hits of ${word} instead of ${hits}`);
  }

  const figures = await interleaved(
    {
      read: () => ask(`/content/${itemId}`),
      few: () => ask("/search?q=fewhere"),
      beginning: () => ask("/search?q=fewhe"),
      elsewhere: () => ask("/search?q=everyoneelse"),
      title: () => ask("/content?q=fewhe"),
      many: () => ask("/search?q=quarterhere", 20),
    },
    rounds,
  );
  const ratio = (one: number[], other: number[]) => median(one.map((value, round) => value / other[round]!));
  console.log(
    `\nsearch: ${size} items; reading one takes ${median(figures.read).toFixed(2)} ms`.padEnd(70),
    "ratio   held to",
  );
  const report = (name: string, value: number, heldTo: number, unit = "") =>
    console.log(
      `${name.padEnd(58)} ${`${value.toFixed(unit ? 0 : 2)}${unit}`.padStart(8)}   ${heldTo}${unit} ${value <= heldTo ? "met" : "MISSED"}`,
    );
  report(`a word with ${size / 1_000} hits, to reading one item`, ratio(figures.few, figures.read), HELD_TO.fewToRead);
  report("the beginning of it", ratio(figures.beginning, figures.read), HELD_TO.fewToRead);
  report("a word that all others have", ratio(figures.elsewhere, figures.read), HELD_TO.fewToRead);
  report("the beginning of a title, in the list of items", ratio(figures.title, figures.read), HELD_TO.fewToRead);
  report(`a word with ${size / 4} hits, its first page`, median(figures.many), HELD_TO.manyMs, " ms");
}

/** A workspace with that many items, and ten others with a fifth of them together; indexed as the app does it. */
async function seedTexts({ superuserUrl, userId }: Bench, size: number) {
  const began = Date.now();
  const client = new pg.Client(superuserUrl);
  await client.connect();
  await client.query("set synchronous_commit = off");
  const { text } = createVocabulary();
  const ids = Array.from({ length: 11 }, () => randomUUID());
  await client.query(
    "insert into workspaces (id, name, slug, owner_id, region) select id, 'Search', 'search-' || n, $2, 'local' from unnest($1::uuid[]) with ordinality as t (id, n)",
    [ids, userId],
  );
  await client.query(
    "insert into workspace_members (workspace_id, user_id, role) select unnest($1::uuid[]), $2, 'Admin'",
    [ids, userId],
  );
  const [workspaceId = "", ...others] = ids;
  const fill = async (workspace: string, count: number, special: (n: number) => string) => {
    for (let from = 0; from < count; from += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => from + i);
      await client.query(
        `with given as (select gen_random_uuid() as id, title, body, n from unnest($3::text[], $4::text[]) with ordinality as t (title, body, n)),
         made as (
           insert into content_items (workspace_id, id, title, created_by, current_content_hash, updated_at)
           select $1, id, title, $2, repeat('0', 64), timestamptz '2026-01-01' + ($5::int + n) * interval '1 minute' from given returning id)
         insert into content_versions (workspace_id, content_item_id, version_number, title, body, content_hash, updated_by, updated_at)
         select $1, id, 1, title, body, repeat('0', 64), $2, timestamptz '2026-01-01' + ($5::int + n) * interval '1 minute' from given`,
        [
          workspace,
          userId,
          numbers.map((n) => (n % 5_000 === 0 ? `${text(5)} fewhere` : text(6))),
          numbers.map((n) => `${text(WORDS_EACH)} ${special(n)}`),
          from,
        ],
      );
    }
  };
  // Made at once, for the sake of time; each text goes into it where it is saved.
  const { rows: index } = await client.query<{ made: string }>(
    "select pg_get_indexdef('search_documents_terms'::regclass) as made",
  );
  await client.query("drop index search_documents_terms");
  await fill(workspaceId, size, (n) =>
    [
      n % 1_000 === 0 ? "fewhere everyoneelse" : "",
      n % 4 === 0 ? "quarterhere ".repeat(n % 12 === 0 ? 3 : 1) : "",
    ].join(" "),
  );
  for (const other of others) await fill(other, size / 50, () => "everyoneelse");
  await client.query(index[0]!.made);
  await client.query("vacuum analyze");
  const { rows } = await client.query<{ id: string }>("select id from content_items where workspace_id = $1 limit 1", [
    workspaceId,
  ]);
  const { rows: sizes } = await client.query<{ documents: string; index: string }>(
    "select pg_size_pretty(pg_total_relation_size('search_documents')) as documents, pg_size_pretty(pg_relation_size('search_documents_terms')) as index",
  );
  await client.end();
  console.log(
    `Seeded ${size * 1.2} texts in ${Math.round((Date.now() - began) / 1000)} s: ${sizes[0]!.documents} in all, ${sizes[0]!.index} of it the index of terms`,
  );
  return { workspaceId, itemId: rows[0]!.id };
}
