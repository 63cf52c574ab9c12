import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type SeededItem, seedItem, seedWorkspace } from "#tests/factories";
import { seedFetched, seedPublication, seedSubmission } from "#tests/factories/analytics";
import { expectStatus, seedTeam, type Team } from "#tests/factories/approval";
import { aPicture, ingestAll, sha256, uploadAsset } from "#tests/factories/assets";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testFolder, testStorage } from "#tests/harness/storage";
import { removeTask } from "./index";
import type { What } from "./kinds";

const t = testDatabase();
const call = caller(t);
let team: Team;
beforeAll(async () => {
  team = await seedTeam(t);
});
afterEach(() => t.asOwner("update retention_rules set days = null"));

const set = (what: What, days: number | null) =>
  expectStatus(call(team.admin, "PUT", "/retention", { what, days }), 200);
const preview = async (what: What, days: number) =>
  (await call(team.admin, "GET", `/retention/preview?what=${what}&days=${days}`)).body.rows;
async function remove() {
  await t.asOwner("select app.wake_retainer($1)", [team.workspace.id]);
  await runJobs(t, { "retention.remove": removeTask({ db: t.db, keyring: testKeyring, storage: testStorage() }) });
}
const one = async (query: string, ...values: unknown[]) => (await t.asOwner<Record<string, unknown>>(query, values))[0];
const told = async (what: What) =>
  (
    await t.asOwner<{ detail: { what: string; rows: number } }>(
      "select detail from audit_events where workspace_id = $1 and action = 'retention.removed' and detail ->> 'what' = $2 order by at",
      [team.workspace.id, what],
    )
  ).map(({ detail }) => detail.rows);

describe("versions", () => {
  /** Versions from 2 on, each so many days old; the item has the last one. */
  async function seedVersions(...ages: number[]): Promise<SeededItem> {
    const item = await seedItem(t, { createdBy: team.writer });
    await t.asOwner("update content_versions set updated_at = now() - interval '400 days' where content_item_id = $1", [
      item.id,
    ]);
    for (const [index, age] of ages.entries())
      await t.asOwner(
        `insert into content_versions (workspace_id, content_item_id, version_number, title, body, content_hash, updated_by, updated_at)
         select workspace_id, content_item_id, $2::int, title, body, content_hash, updated_by, now() - make_interval(days => $3::int)
         from content_versions where content_item_id = $1 and version_number = 1`,
        [item.id, index + 2, age],
      );
    await t.asOwner("update content_items set current_version_number = $2 where id = $1", [item.id, ages.length + 1]);
    return item;
  }
  const left = async ({ id }: SeededItem) =>
    (
      await t.asOwner<{ n: number }>(
        "select version_number as n from content_versions where content_item_id = $1 order by 1",
        [id],
      )
    ).map(({ n }) => n);
  const draft = (item: SeededItem, userId: string, base: number, removed: boolean) =>
    t.asOwner(
      `insert into content_drafts (workspace_id, content_item_id, user_id, body, base_version, removed_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [item.workspaceId, item.id, userId, removed ? "" : "typed", base, removed ? new Date() : null],
    );

  it("go where nothing refers to them, and leave whole what does", async () => {
    const item = await seedVersions(300, 290, 280, 270, 260, 250, 240, 1);
    const { workspaceId } = item;
    await t.asOwner(
      "insert into content_version_labels (workspace_id, content_item_id, version_number, name, created_by) values ($1, $2, 2, 'Kept', $3)",
      [workspaceId, item.id, team.writer.userId],
    );
    await t.asOwner(
      "insert into comments_threads (workspace_id, content_item_id, version_number, author_id) values ($1, $2, 3, $3)",
      [workspaceId, item.id, team.writer.userId],
    );
    const submission = await t.asOwner<{ id: string }>(
      `insert into approval_submissions (workspace_id, content_item_id, version_number, content_hash, steps, status, submitted_by)
       values ($1, $2, 4, $3, '[]', 'Rejected', $4) returning id`,
      [workspaceId, item.id, item.contentHash, team.writer.userId],
    );
    await t.asOwner(
      `insert into ai_generations (workspace_id, operation, content_item_id, version_number, prompt, result, created_by, created_at)
       values ($1, 'headline', $2, 5, 'headline@1', '{}', $3, now() - interval '260 days')`,
      [workspaceId, item.id, team.writer.userId],
    );
    await draft(item, team.writer.userId, 6, true);
    await draft(item, team.editor.userId, 7, false);
    expect(await preview("Versions", 60)).toBe(3);
    await set("Versions", 60);
    await remove();
    // 8 was in force until yesterday.
    expect(await left(item)).toEqual([2, 3, 4, 7, 8, 9]);
    expect(await told("Versions")).toEqual([3]);
    expect(await one("select version_number, result from ai_generations where content_item_id = $1", item.id)).toEqual({
      version_number: null,
      result: {},
    });
    expect(
      await t.asOwner("select base_version, body from content_drafts where content_item_id = $1 order by 1", [item.id]),
    ).toEqual([
      { base_version: 7, body: "typed" },
      { base_version: 9, body: "" },
    ]);
    expect(await one("select version_number from approval_submissions where id = $1", submission[0]!.id)).toEqual({
      version_number: 4,
    });
    const listed = await expectStatus(call(team.writer, "GET", `/content/${item.id}/versions`), 200);
    expect((listed.items as unknown as { versionNumber: number }[]).map((v) => v.versionNumber)).toEqual([
      9, 8, 7, 4, 3, 2,
    ]);
    expect((await call(team.writer, "GET", `/content/${item.id}/versions/5`)).status).toBe(404);
    expect((await call(team.writer, "GET", `/content/${item.id}`)).status).toBe(200);
  });

  it("that were approved or published stay, as do the current one and those of other workspaces", async () => {
    const item = await seedVersions(300, 200);
    await seedSubmission(t, { ...item, versionNumber: 1 }, team.writer, { status: "Superseded" });
    const other = await seedWorkspace(t);
    const theirs = await seedItem(t, { createdBy: other.admin });
    await t.asOwner(
      `insert into content_versions (workspace_id, content_item_id, version_number, title, body, content_hash, updated_by)
       select workspace_id, content_item_id, 2, title, body, content_hash, updated_by from content_versions where content_item_id = $1`,
      [theirs.id],
    );
    await t.asOwner("update content_items set current_version_number = 2 where id = $1", [theirs.id]);
    await t.asOwner("update content_versions set updated_at = now() - interval '300 days' where content_item_id = $1", [
      theirs.id,
    ]);
    await set("Versions", 60);
    await remove();
    expect(await left(item)).toEqual([1, 3]);
    expect(await left(theirs)).toEqual([1, 2]);
  });

  it("stay while they are held", async () => {
    const item = await seedVersions(300, 200);
    await set("Versions", 60);
    await expectStatus(call(team.admin, "PUT", "/retention/hold", { held: true }), 200);
    await remove();
    expect(await left(item)).toEqual([1, 2, 3]);
    await expectStatus(call(team.admin, "PUT", "/retention/hold", { held: false }), 200);
    await remove();
    expect(await left(item)).toEqual([3]);
  });
});

describe("files", () => {
  const storage = testStorage();
  const upload = (bytes: Uint8Array) => uploadAsset(t, call, team.editor, { bytes });
  const removeAsset = async (id: string, daysAgo: number) => {
    expect((await call(team.editor, "DELETE", `/assets/${id}`)).status).toBe(204);
    await t.asOwner("update assets set removed_at = now() - make_interval(days => $2) where id = $1", [id, daysAgo]);
  };
  const there = async (id: string) => (await t.asOwner("select 1 from assets where id = $1", [id])).length === 1;
  const objectsOf = (bytes: Uint8Array) => objectsNamed(sha256(bytes));
  const objectsNamed = (name: string) =>
    readdirSync(testFolder(), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(name));

  it("removed files that nothing names go with their bytes, and whatever is named or shared stays", async () => {
    const [free, named, shared, young] = await Promise.all([aPicture(), aPicture(), aPicture(), aPicture()]);
    const freeId = await upload(free);
    const namedId = await upload(named);
    const [one, two] = [await upload(shared), await upload(shared)];
    const youngId = await upload(young);
    const item = await call(team.editor, "POST", "/content", {
      title: "With a picture",
      body: `![x](asset:${namedId})`,
    });
    expect(item.status).toBe(201);
    await expectStatus(
      call(team.editor, "POST", `/content/${item.body.id}/versions`, { body: "Without", baseVersion: 1 }),
      201,
    );
    for (const id of [freeId, namedId, one]) await removeAsset(id, 40);
    await removeAsset(youngId, 3);
    expect(objectsOf(free)).toHaveLength(1);
    expect(await preview("Files", 30)).toBe(2);
    await set("Files", 30);
    await remove();
    expect(await Promise.all([freeId, namedId, one, two, youngId].map(there))).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
    expect([free, named, shared, young].map((bytes) => objectsOf(bytes).length)).toEqual([0, 1, 1, 1]);
    expect(
      await t.asOwner("select 1 from assets_blobs where sha256 = $1 or going_at is not null", [sha256(free)]),
    ).toEqual([]);
    expect((await call(team.editor, "GET", `/assets/${two}`)).status).toBe(200);
    // The smaller pictures that were made of it are gone as well: nothing is below but what rows name.
    const [{ named: rows }] = (await t.asOwner<{ named: number }>(
      `select sum(1 + jsonb_array_length(variants))::int as named from assets_blobs where workspace_id = $1`,
      [team.workspace.id],
    )) as [{ named: number }];
    const kept = readdirSync(testFolder(), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && join(entry.parentPath, entry.name).includes(`objects/${team.workspace.id}`),
    );
    expect(kept).toHaveLength(rows);
    // The same bytes may come again.
    const again = await upload(free);
    expect(await there(again)).toBe(true);
    expect(objectsOf(free)).toHaveLength(1);
    expect(await told("Files")).toEqual([2, undefined]);
  });

  it("a smaller picture stays that another file has as well, as its own bytes or as made of it", async () => {
    const [goes, alike, itself] = [await aPicture(), await aPicture(), await aPicture()];
    const id = await upload(goes);
    await upload(alike);
    await upload(itself);
    const [{ names }] = (await t.asOwner<{ names: string[] }>(
      "select array(select v ->> 'sha256' from jsonb_array_elements(variants) v) as names from assets_blobs where sha256 = $1",
      [sha256(goes)],
    )) as [{ names: string[] }];
    expect(names.length).toBeGreaterThan(0);
    // Two pictures that look the same make the same smaller one; and somebody may have uploaded just that.
    await t.asOwner(
      "update assets_blobs set variants = (select variants from assets_blobs where sha256 = $1) where sha256 = $2",
      [sha256(goes), sha256(alike)],
    );
    await t.asOwner(
      "update assets_blobs set variants = variants || jsonb_build_array(jsonb_build_object('sha256', $2::text)) where sha256 = $1",
      [sha256(goes), sha256(itself)],
    );
    await removeAsset(id, 40);
    await set("Files", 30);
    await remove();
    expect(objectsOf(goes)).toEqual([]);
    expect(objectsOf(itself)).toHaveLength(1);
    expect(names.map((name) => objectsNamed(name).length)).toEqual(names.map(() => 1));
  });

  it("bytes that are just going are not brought in beside, and a removal that was cut off goes on", async () => {
    const bytes = await aPicture();
    await removeAsset(await upload(bytes), 40);
    await set("Files", 30);
    const away = { ...storage, remove: () => Promise.reject(new Error("The storage is away")) };
    await t.asOwner("select app.wake_retainer($1)", [team.workspace.id]);
    const task = removeTask({ db: t.db, keyring: testKeyring, storage: away });
    const failed: unknown[] = [];
    await runJobs(t, {
      "retention.remove": (...given) => task(...given).catch((error: unknown) => void failed.push(error)),
    });
    expect(String(failed[0])).toContain("away");
    expect(
      await one("select going_at is not null as going from assets_blobs where sha256 = $1", sha256(bytes)),
    ).toEqual({
      going: true,
    });
    await expect(upload(bytes)).rejects.toThrow("just being removed");
    await remove();
    expect(objectsOf(bytes)).toEqual([]);
    await t.asOwner("update graphile_worker._private_jobs set run_at = now(), attempts = 0");
    await ingestAll(t);
    expect(objectsOf(bytes)).toHaveLength(1);
  });

  it("stay while they are held", async () => {
    const bytes = await aPicture();
    const id = await upload(bytes);
    await removeAsset(id, 40);
    await set("Files", 30);
    await expectStatus(call(team.admin, "PUT", "/retention/hold", { held: true }), 200);
    await remove();
    expect([await there(id), objectsOf(bytes).length]).toEqual([true, 1]);
    await expectStatus(call(team.admin, "PUT", "/retention/hold", { held: false }), 200);
  });
});

it("drafts of what was archived for as long are emptied, and no others", async () => {
  const seedDraft = async (archived: number | null, touched: number) => {
    const item = await seedItem(t, { createdBy: team.writer });
    await t.asOwner("update content_items set archived_at = now() - make_interval(days => $2) where id = $1", [
      item.id,
      archived,
    ]);
    await t.asOwner(
      `insert into content_drafts (workspace_id, content_item_id, user_id, body, title, base_version, updated_at)
       values ($1, $2, $3, 'typed', 'x', 1, now() - make_interval(days => $4))`,
      [item.workspaceId, item.id, team.writer.userId, touched],
    );
    return () =>
      one("select body, title, removed_at is not null as gone from content_drafts where content_item_id = $1", item.id);
  };
  const kept = { body: "typed", title: "x", gone: false };
  const old = await seedDraft(40, 50);
  const others = [await seedDraft(null, 50), await seedDraft(10, 50), await seedDraft(40, 10)];
  expect(await preview("Drafts", 30)).toBe(1);
  await set("Drafts", 30);
  await remove();
  expect(await old()).toEqual({ body: "", title: null, gone: true });
  for (const other of others) expect(await other()).toEqual(kept);
  expect(await told("Drafts")).toEqual([1]);
});

it("answers of models go, and what they cost and what was said of them stays", async () => {
  const seedAnswer = async (age: number) => {
    const row = await one(
      `insert into ai_generations (workspace_id, operation, prompt, model, result, credits, feedback, status, created_by, created_at)
       values ($1, 'headline', 'headline@1', 'm', '{"headlines":["x"]}', 3, 'Used', 'Succeeded', $2, now() - make_interval(days => $3)) returning id`,
      team.workspace.id,
      team.writer.userId,
      age,
    );
    return () => one("select result, credits, feedback, model from ai_generations where id = $1", row!.id);
  };
  const [old, young] = [await seedAnswer(20), await seedAnswer(2)];
  await set("Answers", 10);
  await remove();
  const stays = { credits: 3, feedback: "Used", model: "m" };
  expect(await old()).toEqual({ ...stays, result: null });
  expect(await young()).toEqual({ ...stays, result: { headlines: ["x"] } });
  expect((await call(team.writer, "GET", "/ai/generations")).status).toBe(200);
});

it("measurements are thinned to one a day, and each day's sum is as before", async () => {
  const workspace = team.workspace;
  await t.asOwner("update workspaces set time_zone = 'Europe/Berlin' where id = $1", [workspace.id]);
  const item = await seedItem(t, { createdBy: team.writer });
  const published = { publishedAt: "2026-03-28T10:00:00Z" };
  const schedule = await seedPublication(t, item, team.admin, workspace.siteChannelId, published);
  await seedFetched(t, schedule, { views: { value: 40, at: "2026-03-30T21:00:00Z" } }, [
    ["views", "2026-03-28T11:00:00Z", 10],
    ["views", "2026-03-28T12:00:00Z", 12],
    // In Berlin the next day.
    ["views", "2026-03-28T23:30:00Z", 15],
    ["views", "2026-03-29T12:00:00Z", 20],
    ["views", "2026-03-30T20:00:00Z", 33],
    ["views", "2026-03-30T21:00:00Z", 40],
    ["reads", "2026-03-28T11:00:00Z", 2],
  ]);
  const at = caller(t, { clock: { now: () => new Date("2026-04-02T10:00:00Z") } });
  const read = async () =>
    (
      await expectStatus(
        at(team.admin, "GET", `/analytics/workspace/${workspace.id}?from=2026-03-28&to=2026-03-30`),
        200,
      )
    ).series;
  const before = await read();
  expect(JSON.stringify(before)).toContain("12");
  await set("Metrics", 90);
  await remove();
  expect(
    await t.asOwner("select metric_type, value::int from analytics_metrics where schedule_id = $1 order by 1, 2", [
      schedule,
    ]),
  ).toEqual([
    { metric_type: "reads", value: 2 },
    { metric_type: "views", value: 12 },
    { metric_type: "views", value: 20 },
    { metric_type: "views", value: 40 },
  ]);
  expect(await read()).toEqual(before);
});

it("events go once they were told, and what a consumer has yet to tell stays", async () => {
  const emit = async (days: number) =>
    (await one(
      `insert into events (workspace_id, type, subject_id, payload, at) values ($1, 'content.created', gen_random_uuid(), '{}', now() - make_interval(days => $2))
       returning turn::text, id::text`,
      team.workspace.id,
      days,
    )) as { turn: string; id: string };
  await t.asOwner("delete from events where workspace_id = $1", [team.workspace.id]);
  const first = await emit(20);
  await emit(12);
  await emit(2);
  await t.asOwner(
    "insert into events_consumers (workspace_id, consumer, turn, event_id) values ($1, 'planted', $2, $3)",
    [team.workspace.id, first.turn, first.id],
  );
  await t.asOwner(
    `select graphile_worker.add_job('planted.consume', json_build_object('workspaceId', $1::text), run_at => now() + interval '1 day')`,
    [team.workspace.id],
  );
  const left = async () =>
    (
      await t.asOwner<{ age: number }>(
        "select extract(day from now() - at)::int as age from events where workspace_id = $1 and type = 'content.created' order by at",
        [team.workspace.id],
      )
    ).map(({ age }) => age);
  await set("Events", 10);
  await remove();
  expect(await left()).toEqual([12, 2]);
  await t.asOwner("delete from graphile_worker._private_jobs where payload ->> 'workspaceId' = $1", [
    team.workspace.id,
  ]);
  await remove();
  expect(await left()).toEqual([2]);
});
