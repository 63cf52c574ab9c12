import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { type Member, seedItem, seedWorkspace } from "#tests/factories";
import { testDatabase } from "#tests/harness/database";
import { inDatabase } from "#tests/harness/global-setup";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { readWorkspace, withWorkspace } from "@/db/scope";
import { readEvents } from "@/features/events";

const t = testDatabase({ max: 30 });

const claimOf = ({ sessionId, workspaceId }: Member) => ({ sessionId, workspaceId, requestId: undefined });
const lock = (tx: WorkspaceTx, id: string) => tx.execute(sql`select 1 from content_items where id = ${id} for update`);
/** Written at once, and not with the commit. */
async function happen(tx: WorkspaceTx, subjectId: string, versionNumber: number) {
  await emit(tx, { type: "content.created", subjectId, payload: { versionNumber } });
  await tx.execute(sql`select 1`);
}

/** A transaction whose steps the test takes. */
function began(as: Member) {
  type Step = { work: (tx: WorkspaceTx) => Promise<unknown>; done: () => void; failed: (error: unknown) => void };
  const steps: Step[] = [];
  let more = () => {};
  let ending = false;
  const over = withWorkspace(t.db, claimOf(as), async (tx) => {
    while (!ending || steps.length > 0) {
      const step = steps.shift();
      if (step) await step.work(tx).then(step.done, step.failed);
      else
        await new Promise<void>((resolve) => {
          more = resolve;
        });
    }
  });
  return {
    does: (work: Step["work"]) =>
      new Promise<void>((done, failed) => {
        steps.push({ work, done, failed });
        more();
      }),
    commit() {
      ending = true;
      more();
      return over;
    },
  };
}

type Place = { turn: number; id: number };
const START: Place = { turn: 0, id: 0 };
const read = (as: Member, after: Place, limit = 100, filter: { subjectId?: string } = {}) =>
  readWorkspace(t.db, claimOf(as), (tx) => readEvents(tx, { ...filter, after, limit }, new Date()));
const endOf = async (as: Member) => (await read(as, START)).position;
const subjects = ({ events }: Awaited<ReturnType<typeof read>>) => events.map(({ subjectId }) => subjectId);
const idOf = async (subjectId: string) =>
  Number((await t.asOwner<{ id: string }>("select id from events where subject_id = $1", [subjectId]))[0]!.id);

describe("a reader", () => {
  it("misses nothing that is committed after what has a higher id", async () => {
    const { admin } = await seedWorkspace(t);
    const [early, late] = [(await seedItem(t, { createdBy: admin })).id, (await seedItem(t, { createdBy: admin })).id];
    const start = await endOf(admin);
    const [first, second] = [began(admin), began(admin)];
    await first.does((tx) => happen(tx, early, 1));
    await second.does((tx) => happen(tx, late, 1));
    await second.commit();
    const between = await read(admin, start);
    expect([subjects(between), between.pending]).toEqual([[], true]);
    await first.commit();
    // By their ids, who had seen the second would have missed the first.
    expect(await idOf(early)).toBeLessThan(await idOf(late));
    const then = await read(admin, between.position);
    expect([subjects(then), then.pending]).toEqual([[early, late], false]);
    expect(subjects(await read(admin, then.position))).toEqual([]);
  });

  it.each([
    ["reads", (tx: WorkspaceTx) => tx.execute(sql`select count(*) from events`)],
    ["writes, and has told of nothing", (tx: WorkspaceTx, id: string) => lock(tx, id)],
  ])("is not held up by who %s, and sees what they tell in the end", async (_, work) => {
    const { admin } = await seedWorkspace(t);
    const [slow, quick] = [(await seedItem(t, { createdBy: admin })).id, (await seedItem(t, { createdBy: admin })).id];
    const start = await endOf(admin);
    const long = began(admin);
    await long.does((tx) => work(tx, slow));
    const short = began(admin);
    await short.does((tx) => happen(tx, quick, 1));
    await short.commit();
    const meanwhile = await read(admin, start);
    expect([subjects(meanwhile), meanwhile.pending]).toEqual([[quick], false]);
    await long.does((tx) => happen(tx, slow, 1));
    const { events, position } = await read(admin, meanwhile.position);
    expect(events).toEqual([]);
    await long.commit();
    expect(subjects(await read(admin, position))).toEqual([slow]);
  });

  it("is not held up by who writes in another database of the server", async () => {
    const { admin } = await seedWorkspace(t);
    const start = await endOf(admin);
    const elsewhere = new pg.Client({ connectionString: inDatabase(t.urls.superuser, "postgres") });
    await elsewhere.connect();
    await elsewhere.query("begin; select pg_current_xact_id()");
    const short = began(admin);
    await short.does((tx) => happen(tx, admin.workspaceId, 1));
    await short.commit();
    expect(subjects(await read(admin, start))).toEqual([admin.workspaceId]);
    await elsewhere.end();
  });

  it("sees an item's events as they happened, also when a transaction that is older wrote later", async () => {
    const { admin } = await seedWorkspace(t);
    const [item, other] = [(await seedItem(t, { createdBy: admin })).id, (await seedItem(t, { createdBy: admin })).id];
    const start = await endOf(admin);
    const older = began(admin);
    await older.does((tx) => happen(tx, other, 1));
    const newer = began(admin);
    await newer.does(async (tx) => {
      await lock(tx, item);
      await happen(tx, item, 1);
    });
    const waited = older.does((tx) => lock(tx, item));
    await newer.commit();
    await waited;
    await older.does((tx) => happen(tx, item, 2));
    await older.commit();
    const { events } = await read(admin, start, 100, { subjectId: item });
    expect(events.map(({ payload }) => payload.versionNumber)).toEqual([1, 2]);
  });

  it("sees everything once and each item in order, however its writers are interleaved", async () => {
    const { admin } = await seedWorkspace(t);
    const items = await Promise.all(Array.from({ length: 5 }, () => seedItem(t, { createdBy: admin })));
    const written = new Map(items.map(({ id }) => [id, 0]));
    const start = await endOf(admin);
    let at = start;
    const seen: [string, unknown][] = [];
    let writing = true;
    const look = async () => {
      const { events, position, pending, more } = await read(admin, at, 7);
      seen.push(...events.map(({ subjectId, payload }): [string, unknown] => [subjectId, payload.versionNumber]));
      at = position;
      return pending || more;
    };
    const reader = (async () => {
      while (writing) await look();
      while (await look());
    })();
    // Each takes two items, in one order for all, and writes to them and in between.
    const writer = async (seed: number) => {
      for (let n = 0; n < 12; n++) {
        const pair = [items[(seed + n) % 5]!.id, items[(seed * 3 + n * 2 + 1) % 5]!.id].sort();
        await withWorkspace(t.db, claimOf(admin), async (tx) => {
          for (const id of new Set(pair)) {
            await lock(tx, id);
            written.set(id, written.get(id)! + 1);
            await happen(tx, id, written.get(id)!);
          }
        });
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, seed) => writer(seed)));
    writing = false;
    await reader;
    for (const [id, count] of written) {
      const order = seen.filter(([subjectId]) => subjectId === id).map(([, versionNumber]) => versionNumber);
      expect(order).toEqual(Array.from({ length: count }, (_, n) => n + 1));
    }
    expect(seen.length).toBeGreaterThan(120);
  });

  it("is led to its place by an index", async () => {
    const { admin } = await seedWorkspace(t);
    await t.asOwner(
      `insert into events (workspace_id, type, subject_id, turn)
       select $1, 'content.created', gen_random_uuid(), n from generate_series(1, 20000) n`,
      [admin.workspaceId],
    );
    await t.asOwner("analyze events");
    const plan = await withWorkspace(t.db, claimOf(admin), async (tx) => {
      const { rows } = await tx.execute<{ "QUERY PLAN": string }>(sql`explain select from events e
        where e.workspace_id = (select app.workspace_id()) and (e.turn, e.id) > (19000, 0) and (e.turn, e.id) <= (19900, 0)
        order by e.turn, e.id limit 100`);
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
    expect(plan).toMatch(/Index.* using events_pkey.*\n.*Index Cond: .*ROW\(turn, id\) > ROW.*ROW\(turn, id\) <= ROW/);
  });
});
