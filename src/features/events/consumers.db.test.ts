import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Member, seedItem } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { holdJob, makeDue, runJobs } from "#tests/harness/jobs";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { withWorkspace } from "@/db/scope";
import { type Consumer, consumeTask, type OutboxEvent, wakeConsumer } from "@/features/events";
import { systemClock } from "@/platform/clock";

const t = testDatabase();
const call = caller(t);
const TASK = "test.consume";

let writer: Member;
beforeEach(async () => {
  await t.asOwner("delete from graphile_worker._private_jobs");
  writer = (await seedTeam(t)).writer;
});

const claimOf = ({ sessionId, workspaceId }: Member) => ({ sessionId, workspaceId, requestId: undefined });
const wake = () => withWorkspace(t.db, claimOf(writer), (tx) => wakeConsumer(tx, "test"));
const task = (handle: Consumer["handle"], over: Partial<Consumer> = {}) =>
  consumeTask({ db: t.db, clock: systemClock }, { name: "test", handle, ...over });
const never = new AbortController().signal;
const versionOf = ({ payload }: OutboxEvent) => payload.versionNumber as number;
const cutOff = (tx: WorkspaceTx) => tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);

/** A busy machine takes its time. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000 });

/** An item whose events have the versions from 2 to `last`. */
async function saved(last: number) {
  const { id } = await seedItem(t, { createdBy: writer });
  for (let baseVersion = 1; baseVersion < last; baseVersion++) {
    const body = { body: `Version ${baseVersion + 1}`, baseVersion };
    expect((await call(writer, "POST", `/content/${id}/versions`, body)).status).toBe(201);
  }
  return id;
}
const place = async () =>
  (
    await t.asOwner<{ turn: string; id: string }>(
      "select turn, event_id as id from events_consumers where workspace_id = $1",
      [writer.workspaceId],
    )
  )[0];
const waiting = () =>
  t.asOwner(
    `select 1 from graphile_worker._private_jobs
     where payload->>'workspaceId' = $1 and locked_by is null and attempts < max_attempts`,
    [writer.workspaceId],
  );

describe("a consumer", () => {
  it("gets each event once, in order, from the oldest that is kept, and goes on from there the next time", async () => {
    const got: number[] = [];
    const tasks = { [TASK]: task(async (_tx, event) => void got.push(versionOf(event))) };
    // More than one transaction's.
    const id = await saved(61);
    await wake();
    await runJobs(t, tasks);
    expect(got).toEqual(Array.from({ length: 60 }, (_, n) => n + 2));
    expect((await call(writer, "POST", `/content/${id}/versions`, { body: "More", baseVersion: 61 })).status).toBe(201);
    await wake();
    await runJobs(t, tasks);
    expect(got.slice(60)).toEqual([62]);
    await wake();
    await runJobs(t, tasks);
    expect(got).toHaveLength(61);
  });

  it("gets the types that it is for, of its workspace", async () => {
    const id = await saved(3);
    expect((await call(writer, "POST", `/content/${id}/archive`)).status).toBe(200);
    const mine = writer;
    writer = (await seedTeam(t)).writer;
    const theirs = await saved(2);
    const got: [string, string, string][] = [];
    const handle: Consumer["handle"] = async (_tx, { type, subjectId }, { workspaceId }) =>
      void got.push([workspaceId, type, subjectId]);
    await wake();
    writer = mine;
    await wake();
    await runJobs(t, { [TASK]: task(handle, { types: ["content.archived", "content.version_saved"] }) });
    expect(got.filter(([workspaceId]) => workspaceId === mine.workspaceId)).toEqual([
      [mine.workspaceId, "content.version_saved", id],
      [mine.workspaceId, "content.version_saved", id],
      [mine.workspaceId, "content.archived", id],
    ]);
    expect(got.filter(([workspaceId]) => workspaceId !== mine.workspaceId).map(([, , subject]) => subject)).toEqual([
      theirs,
    ]);
  });

  it("that dies in the middle leaves the batch to the next: at least once, in order, and once in its own transaction", async () => {
    const id = await saved(6);
    await wake();
    const told: number[] = [];
    const handle = (dies: boolean) =>
      task(async (tx, event) => {
        told.push(versionOf(event));
        await tx.execute(sql`update content_items set updated_at = updated_at + interval '1 hour' where id = ${id}`);
        if (dies && versionOf(event) === 4) await cutOff(tx);
      });
    const [before] = await t.asOwner<{ at: Date }>("select updated_at as at from content_items where id = $1", [id]);
    const job = await holdJob(t, TASK);
    await expect(handle(true)(job.payload, job.claim, never)).rejects.toThrow();
    expect([told, await place()]).toEqual([[2, 3, 4], undefined]);
    await job.die();
    await runJobs(t, { [TASK]: handle(false) });
    expect(told).toEqual([2, 3, 4, 2, 3, 4, 5, 6]);
    const [after] = await t.asOwner<{ at: Date }>("select updated_at as at from content_items where id = $1", [id]);
    expect((after!.at.getTime() - before!.at.getTime()) / 3_600_000).toBe(5);
  });

  it("stays where it is while one can't be handled, and passes none over", async () => {
    await saved(4);
    await wake();
    const got: number[] = [];
    let fails = true;
    const tasks = {
      [TASK]: task(async (_tx, event) => {
        if (fails && versionOf(event) === 3) throw new Error("Not now");
        got.push(versionOf(event));
      }),
    };
    await runJobs(t, tasks);
    expect([got, await place()]).toEqual([[2], undefined]);
    fails = false;
    await makeDue(t);
    await runJobs(t, tasks);
    expect(got).toEqual([2, 2, 3, 4]);
  });

  it("waits for who told of something before and has yet to commit, and comes back by itself", async () => {
    const { id: early } = await seedItem(t, { createdBy: writer });
    let commit = () => {};
    const gate = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let told = () => {};
    const telling = new Promise<void>((resolve) => {
      told = resolve;
    });
    const open = withWorkspace(t.db, claimOf(writer), async (tx) => {
      await emit(tx, { type: "content.created", subjectId: early, payload: { versionNumber: 1 } });
      await tx.execute(sql`select 1`);
      told();
      await gate;
    });
    await telling;
    const late = await saved(2);
    await wake();
    const got: string[] = [];
    const tasks = { [TASK]: task(async (_tx, { subjectId }) => void got.push(subjectId)) };
    const job = await holdJob(t, TASK);
    await tasks[TASK]!(job.payload, job.claim, never);
    expect(got).toEqual([]);
    expect(await waiting()).toHaveLength(1);
    commit();
    await open;
    await job.die();
    await makeDue(t);
    await runJobs(t, tasks);
    expect(got).toEqual([early, late]);
    expect(await waiting()).toEqual([]);
  });

  it("is one at a time in a workspace: a second one waits, and finds nothing left", async () => {
    await saved(3);
    await wake();
    const first = await holdJob(t, TASK);
    await wake();
    const second = await holdJob(t, TASK);
    const got: [string, number][] = [];
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const as = (name: string) => task(async (_tx, event) => gate.then(() => void got.push([name, versionOf(event)])));
    const running = [as("first")(first.payload, first.claim, never)];
    await eventually(async () =>
      expect(
        await t.asOwner(
          "select 1 from pg_locks where relation = 'events_consumers'::regclass and mode = 'RowShareLock'",
        ),
      ).not.toEqual([]),
    );
    running.push(as("second")(second.payload, second.claim, never));
    await eventually(async () =>
      expect(
        await t.asOwner(
          "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        ),
      ).toHaveLength(1),
    );
    go();
    await Promise.all(running);
    expect(got).toEqual([
      ["first", 2],
      ["first", 3],
    ]);
    await Promise.all([first.die(), second.die()]);
  });
});

describe("waking", () => {
  it("is one job, however often it is done", async () => {
    for (let n = 0; n < 5; n++) await wake();
    expect(await waiting()).toHaveLength(1);
  });
});
