import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedWorkspace } from "#tests/factories";
import { seedTeam, type Team } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

let team: Team;
let stranger: Member;

beforeAll(async () => {
  team = await seedTeam(t);
  stranger = (await seedWorkspace(t)).admin;
});

const BASE = "Spring is here.\n\nThe menu has ten dishes.\n\nCome in.";
const save = (who: Member, id: string, baseVersion: number, over: object) =>
  call(who, "POST", `/content/${id}/versions`, { baseVersion, ...over });
const diff = (who: Member | null, id: string, versionNumber: number | string, query = "") =>
  call(who, "GET", `/content/${id}/versions/${versionNumber}/diff${query}`);
const merge = (who: Member | null, id: string, over: object) =>
  call(who, "POST", `/content/${id}/versions/merge`, { baseVersion: 1, ...over });
const countVersions = async (id: string) =>
  (await t.asOwner("select 1 from content_versions where content_item_id = $1", [id])).length;

/** An item of the Writer's that the Editor has changed since. */
async function seedChanged(over: object = { body: BASE.replace("ten", "twelve") }) {
  const item = await seedItem(t, { createdBy: team.writer, body: BASE, metadata: { slug: "spring", language: "en" } });
  expect((await save(team.editor, item.id, 1, over)).status).toBe(201);
  return item.id;
}

type Field = { operations: { kind: string; text: string }[] };
const textOf = (field: unknown, kinds: string[]) =>
  (field as Field).operations.flatMap(({ kind, text }) => (kinds.includes(kind) ? [text] : [])).join("");

describe("what differs between versions", () => {
  test("is told of title, body and metadata, and leads from the one to the other", async () => {
    const metadata = { slug: "spring-menu", excerpt: "Twelve dishes." };
    const id = await seedChanged({ title: "Spring menu", body: BASE.replace("ten", "twelve"), metadata });
    const { status, body } = await diff(team.viewer, id, 2);
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        contentItemId: id,
        versionNumber: 2,
        against: 1,
        wordsAdded: 5,
        wordsRemoved: 3,
        assetsChanged: false,
      }),
    ]);
    expect(body.title).toMatchObject({
      operations: [
        { kind: "Equal", text: "Spring " },
        { kind: "Removed", text: "launch" },
        { kind: "Added", text: "menu" },
      ],
    });
    expect([textOf(body.body, ["Equal", "Removed"]), textOf(body.body, ["Equal", "Added"])]).toEqual([
      BASE,
      BASE.replace("ten", "twelve"),
    ]);
    expect(body.metadata).toMatchObject([
      { key: "excerpt", before: null, after: "Twelve dishes." },
      { key: "language", before: "en", after: null },
      { key: "slug", before: "spring", after: "spring-menu", operations: [{ kind: "Equal" }, { text: "-menu" }] },
    ]);
  });

  test("is told against any version, and of the first against nothing", async () => {
    const id = await seedChanged();
    await save(team.editor, id, 2, { body: BASE });
    expect((await diff(team.viewer, id, 3, "?against=1")).body).toMatchObject({ wordsAdded: 0, wordsRemoved: 0 });
    const backwards = (await diff(team.viewer, id, 1, "?against=2")).body;
    expect(textOf(backwards.body, ["Equal", "Added"])).toBe(BASE);
    const first = (await diff(team.viewer, id, 1)).body;
    expect([first.against, (first.body as Field).operations]).toEqual([null, [{ kind: "Added", text: BASE }]]);
  });

  test("says whether the assets changed", async () => {
    const id = await seedChanged();
    await t.asOwner(
      "update content_versions set assets = '[{\"id\": 1}]' where content_item_id = $1 and version_number = 2",
      [id],
    );
    expect((await diff(team.viewer, id, 2)).body.assetsChanged).toBe(true);
  });

  test("is not told of what isn't there, or isn't here", async () => {
    const id = await seedChanged();
    for (const [who, number, query] of [
      [team.viewer, 3, ""],
      [team.viewer, 2, "?against=3"],
      [team.viewer, 0, ""],
      [team.viewer, "one", ""],
      [stranger, 2, ""],
    ] as const)
      expect((await diff(who, id, number, query)).body.code).toBe("not_found");
    expect((await diff(team.viewer, id, 2, "?against=none")).body.code).toBe("invalid_request");
    expect((await diff(null, id, 2)).status).toBe(401);
    expect(await countVersions(id)).toBe(2);
  });
});

describe("merging without saving", () => {
  test("takes both sides where they changed different passages, and saving the answer succeeds", async () => {
    const id = await seedChanged();
    const mine = BASE.replace("Come in.", "Come in, and stay.");
    const { status, body } = await merge(team.writer, id, {
      body: mine,
      metadata: { slug: "spring", keyword: "menu" },
    });
    expect([status, body]).toEqual([
      200,
      {
        clean: true,
        title: "Spring launch",
        body: mine.replace("ten", "twelve"),
        metadata: { slug: "spring", keyword: "menu" },
        conflicts: [],
        basedOn: 2,
      },
    ]);
    expect(await countVersions(id)).toBe(2);
    const { title, body: merged, metadata, basedOn } = body;
    expect((await save(team.writer, id, basedOn as number, { title, body: merged, metadata })).status).toBe(201);
  });

  test("tells each passage that both changed, with where it stands", async () => {
    const id = await seedChanged({ title: "Their title", body: BASE.replace("ten", "twelve") });
    const { body } = await merge(team.writer, id, { title: "My title", body: BASE.replace("ten", "eleven") });
    expect(body).toMatchObject({
      clean: false,
      title: "My title",
      body: BASE.replace("ten", "eleven"),
      conflicts: [
        { field: "title", base: "Spring launch", theirs: "Their title", yours: "My title", at: null },
        { field: "body", base: "ten", theirs: "twelve", yours: "eleven", at: { start: 30, end: 36 } },
      ],
    });
  });

  test("of what isn't stale is what was sent", async () => {
    const id = await seedChanged();
    expect((await merge(team.writer, id, { baseVersion: 2, body: "Mine" })).body).toMatchObject({
      clean: true,
      body: "Mine",
      basedOn: 2,
    });
  });

  test("is refused to who may not change the item, and of a base that isn't there", async () => {
    const id = await seedChanged();
    for (const [who, status, code] of [
      [null, 401, "unauthenticated"],
      [team.viewer, 403, "forbidden"],
      [team.otherWriter, 403, "forbidden"],
      [stranger, 404, "not_found"],
    ] as const)
      expect(await merge(who, id, { body: "Mine" })).toMatchObject({ status, body: { code } });
    expect((await merge(team.writer, randomUUID(), { body: "Mine" })).status).toBe(404);
    expect(await merge(team.writer, id, { body: "Mine", baseVersion: 3 })).toMatchObject({
      status: 400,
      body: { code: "invalid_request", issues: [{ path: "baseVersion" }] },
    });
    expect((await merge(team.writer, id, { body: "Mine", onConflict: "merge" })).status).toBe(400);
  });
});

describe("saving what is stale, merged", () => {
  const stale = (who: Member, id: string, over: object) => save(who, id, 1, { onConflict: "merge", ...over });

  test("keeps both where they changed different passages, and says so", async () => {
    const id = await seedChanged();
    const mine = BASE.replace("Come in.", "Come in, and stay.");
    const { status, body } = await stale(team.writer, id, { body: mine });
    expect([status, body.versionNumber, body.merged, body.body]).toEqual([201, 3, true, mine.replace("ten", "twelve")]);
    expect(
      await t.asOwner(
        "select detail - 'contentHash' as detail from audit_events where subject_id = $1 and detail ->> 'versionNumber' = '3'",
        [id],
      ),
    ).toEqual([{ detail: { versionNumber: 3, mergedBase: 1 } }]);
    expect((await save(team.writer, id, 3, { body: "Mine", onConflict: "merge" })).body.merged).toBe(false);
  });

  test("is refused with the passages where both changed the same, and saves nothing", async () => {
    const id = await seedChanged();
    const { status, body } = await stale(team.writer, id, { body: BASE.replace("ten", "eleven") });
    expect([status, body.code]).toEqual([409, "version_conflict"]);
    expect(body).toMatchObject({
      currentVersion: { versionNumber: 2, updatedBy: team.editor.userId },
      merge: {
        clean: false,
        basedOn: 2,
        conflicts: [{ field: "body", base: "ten", theirs: "twelve", yours: "eleven" }],
      },
    });
    expect(await countVersions(id)).toBe(2);
  });

  test("is refused as ever where merging isn't asked for, or the base isn't there", async () => {
    const id = await seedChanged();
    const mine = { body: BASE.replace("Come in.", "Stay.") };
    for (const answer of [
      await save(team.writer, id, 1, mine),
      await save(team.writer, id, 9, { ...mine, onConflict: "merge" }),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: "version_conflict" } });
      expect(answer.body.merge).toBeUndefined();
    }
    expect(await countVersions(id)).toBe(2);
  });

  test("is refused where the merge could not be rendered, although each side could", async () => {
    const brackets = (n: number) => "[x] ".repeat(n);
    const item = await seedItem(t, { createdBy: team.writer, body: "Before\nmiddle\nafter" });
    await save(team.editor, item.id, 1, { body: `${brackets(3_000)}Before\nmiddle\nafter` });
    expect(await stale(team.writer, item.id, { body: `Before\nmiddle\nafter${brackets(3_000)}` })).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
    expect(await countVersions(item.id)).toBe(2);
  });

  test("of ten at once that write different paragraphs keeps every one", async () => {
    const paragraphs = Array.from({ length: 10 }, (_, n) => `Paragraph ${n}.`);
    const item = await seedItem(t, { createdBy: team.writer, body: paragraphs.join("\n\n") });
    const answers = await t.collide(
      "content_items",
      item.id,
      paragraphs.map((_, n) => () => {
        const body = paragraphs.with(n, `Paragraph ${n}, by writer ${n}.`).join("\n\n");
        return save(team.editor, item.id, 1, { body, onConflict: "merge" });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    const { body } = await call(team.viewer, "GET", `/content/${item.id}/versions/11`);
    expect(body.body).toBe(paragraphs.map((_, n) => `Paragraph ${n}, by writer ${n}.`).join("\n\n"));
  });
});
