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

const label = (who: Member | null, id: string, versionNumber: number, labels: unknown) =>
  call(who, "PUT", `/content/${id}/versions/${versionNumber}/labels`, { labels });
const labelsOf = (id: string) =>
  t.asOwner<{ name: string; version_number: number }>(
    "select name, version_number from content_version_labels where content_item_id = $1 and removed_at is null order by name",
    [id],
  );

/** An item of the Writer's with three versions. */
async function seedThree() {
  const item = await seedItem(t, { createdBy: team.writer });
  for (const baseVersion of [1, 2])
    await call(team.writer, "POST", `/content/${item.id}/versions`, { body: `After ${baseVersion}`, baseVersion });
  return item.id;
}

describe("labels of a version", () => {
  test("are given, changed and taken off as a whole, recorded with an event, and change no version", async () => {
    const { writer } = team;
    const id = await seedThree();
    const { status, body } = await label(writer, id, 2, [" Sent to client ", "Final?"]);
    expect([status, body]).toEqual([
      200,
      { contentItemId: id, versionNumber: 2, labels: ["Final?", "Sent to client"] },
    ]);
    expect((await label(writer, id, 2, ["Sent to client", "Checked by law"])).body.labels).toEqual([
      "Checked by law",
      "Sent to client",
    ]);
    expect((await label(writer, id, 2, ["Sent to client", "Checked by law"])).status).toBe(200);
    expect(
      await t.asOwner(
        "select action, detail from audit_events where subject_id = $1 and action like '%labelled' order by id",
        [id],
      ),
    ).toEqual([
      { action: "content.version_labelled", detail: { versionNumber: 2, added: 2, removed: 0 } },
      { action: "content.version_labelled", detail: { versionNumber: 2, added: 1, removed: 1 } },
    ]);
    expect(
      await t.asOwner("select payload from events where subject_id = $1 and type = 'content.version_labelled'", [id]),
    ).toEqual([{ payload: { versionNumber: 2 } }, { payload: { versionNumber: 2 } }]);
    expect((await label(writer, id, 2, [])).body.labels).toEqual([]);
    expect(await labelsOf(id)).toEqual([]);
    expect((await call(writer, "GET", `/content/${id}`)).body.currentVersion).toMatchObject({ versionNumber: 3 });
  });

  test("are listed with the versions and read with one, and found by name in any case", async () => {
    const { viewer, writer } = team;
    const id = await seedThree();
    await label(writer, id, 1, ["First words"]);
    await label(writer, id, 3, ["Sent to client", "Final"]);
    const list = async (query = "") =>
      (await call(viewer, "GET", `/content/${id}/versions${query}`)).body.items!.map((v) => [
        v.versionNumber,
        v.labels,
      ]);
    expect(await list()).toEqual([
      [3, ["Final", "Sent to client"]],
      [2, []],
      [1, ["First words"]],
    ]);
    expect(await list("?label=SENT%20to%20client")).toEqual([[3, ["Final", "Sent to client"]]]);
    expect(await list("?label=Nothing")).toEqual([]);
    expect((await list("?labelled=true")).map(([number]) => number)).toEqual([3, 1]);
    expect((await call(viewer, "GET", `/content/${id}/versions/3`)).body.labels).toEqual(["Final", "Sent to client"]);
    const page = await call(viewer, "GET", `/content/${id}/versions?labelled=true&limit=1`);
    const next = await call(
      viewer,
      "GET",
      `/content/${id}/versions?labelled=true&limit=1&cursor=${page.body.nextCursor}`,
    );
    expect([page.body.items![0]!.versionNumber, next.body.items![0]!.versionNumber, next.body.nextCursor]).toEqual([
      3,
      1,
      null,
    ]);
  });

  test("stand once in an item, whatever their case, and say where", async () => {
    const { writer } = team;
    const id = await seedThree();
    await label(writer, id, 1, ["Sent to client"]);
    expect(await label(writer, id, 2, ["New", "SENT TO CLIENT"])).toMatchObject({
      status: 409,
      body: { code: "label_taken", label: "Sent to client", versionNumber: 1 },
    });
    expect(await labelsOf(id)).toEqual([{ name: "Sent to client", version_number: 1 }]);
    expect((await label(writer, id, 1, ["Sent To Client"])).body.labels).toEqual(["Sent To Client"]);
    await label(writer, id, 1, []);
    expect((await label(writer, id, 2, ["sent to client"])).status).toBe(200);
    const other = await seedThree();
    expect((await label(writer, other, 1, ["Sent to client"])).status).toBe(200);
  });

  test("of two at once for two versions, one wins", async () => {
    const { writer, editor } = team;
    const id = await seedThree();
    const answers = await t.collide("content_items", id, [
      () => label(writer, id, 1, ["Final"]),
      () => label(editor, id, 2, ["final"]),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await labelsOf(id)).toHaveLength(1);
  });

  test.each([
    ["the same one twice", ["Final", "FINAL"], "labels.1"],
    ["an empty one", ["Final", "  "], "labels.1"],
    ["one of more than 60 characters", ["a".repeat(61)], "labels.0"],
    ["more than ten", Array.from({ length: 11 }, (_, n) => `${n}`), "labels"],
    ["what is no list", "Final", "labels"],
  ])("refuse %s", async (_, labels, path) => {
    const id = await seedThree();
    const { status, body } = await label(team.writer, id, 1, labels);
    expect([status, body.code, (body.issues as { path: string }[])[0]!.path]).toEqual([400, "invalid_request", path]);
    expect(await labelsOf(id)).toEqual([]);
  });

  test("are for who may change the item", async () => {
    const { admin, editor, writer, otherWriter, viewer } = team;
    const id = await seedThree();
    for (const [who, status] of [
      [null, 401],
      [viewer, 403],
      [otherWriter, 403],
      [stranger, 404],
      [writer, 200],
      [editor, 200],
      [admin, 200],
    ] as const)
      expect([who?.role, (await label(who, id, 1, ["Final"])).status]).toEqual([who?.role, status]);
    expect((await label(writer, id, 4, ["Another"])).status).toBe(404);
    expect(await labelsOf(id)).toHaveLength(1);
    await call(writer, "POST", `/content/${id}/archive`);
    expect((await label(writer, id, 1, [])).body.code).toBe("archived");
  });
});
