import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem } from "#tests/factories";
import { seedTeam, submit, type Team } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
let team: Team;
beforeAll(async () => {
  team = await seedTeam(t);
});

const idsOf = (body: { items?: Record<string, unknown>[] }) => body.items!.map(({ id }) => id as string);
const inboxOf = async (who: Member) => idsOf((await call(who, "GET", "/approval/inbox?limit=100")).body);
const submitted = async (by: Member, title = "Spring launch") => {
  const { id } = await seedItem(t, { createdBy: by, title });
  return { itemId: id, step: await submit(call, by, id) };
};
const approve = (as: Member, id: string) => call(as, "POST", `/approval/${id}/approve`);

describe("the inbox", () => {
  test("holds what its reader may decide now, and nothing else", async () => {
    const byWriter = (await submitted(team.writer)).step.id;
    const byEditor = (await submitted(team.editor)).step.id;
    const [both, others] = [[byWriter, byEditor], [byWriter]];
    expect(await inboxOf(team.otherEditor)).toEqual(both);
    expect(await inboxOf(team.admin)).toEqual(both);
    expect(await inboxOf(team.editor)).toEqual(others);
    expect(await inboxOf(team.writer)).toEqual([]);
    expect(await inboxOf(team.viewer)).toEqual([]);

    const { next } = (await approve(team.admin, byWriter)).body as { next: { id: string } };
    expect(await inboxOf(team.otherEditor)).toEqual([byEditor]);
    expect(await inboxOf(team.otherAdmin)).toEqual([next.id, byEditor]);
    // Who decided step 1 is not asked again.
    expect(await inboxOf(team.admin)).toEqual([byEditor]);

    await call(team.otherEditor, "POST", `/approval/${byEditor}/reject`, { reason: "No." });
    await approve(team.otherAdmin, next.id);
    expect(await inboxOf(team.otherAdmin)).toEqual([]);
  });

  test("holds nothing of one's own words that somebody else submitted", async () => {
    const { id } = await seedItem(t, { createdBy: team.otherEditor });
    const step = await submit(call, team.editor, id);
    expect(await inboxOf(team.otherEditor)).toEqual([]);
    expect(await inboxOf(team.admin)).toEqual([step.id]);
    await call(team.admin, "POST", `/approval/${step.id}/reject`, { reason: "No." });
  });

  test("says what is to be read, page by page, the longest waiting first", async () => {
    const steps = [];
    for (const title of ["One", "Two", "Three"]) steps.push((await submitted(team.writer, title)).step.id);
    const first = await call(team.editor, "GET", "/approval/inbox?limit=2");
    expect(first.body.items).toMatchObject([
      { id: steps[0], title: "One", versionNumber: 1, step: 1, steps: 2, submittedBy: team.writer.userId },
      { id: steps[1], title: "Two" },
    ]);
    const second = await call(team.editor, "GET", `/approval/inbox?limit=2&cursor=${first.body.nextCursor}`);
    expect([idsOf(second.body), second.body.nextCursor]).toEqual([[steps[2]], null]);
  });

  test("refuses a cursor of another list, unknown fields and nobody", async () => {
    const { itemId } = await submitted(team.writer);
    await call(team.writer, "POST", `/content/${itemId}/versions`, { body: "Later.", baseVersion: 1 });
    await submit(call, team.writer, itemId);
    const history = await call(team.editor, "GET", `/content/${itemId}/approvals?limit=1`);
    const other = `/approval/inbox?cursor=${history.body.nextCursor}`;
    expect((await call(team.editor, "GET", other)).body.code).toBe("invalid_cursor");
    expect((await call(team.editor, "GET", "/approval/inbox?cursor=x")).body.code).toBe("invalid_cursor");
    expect((await call(team.editor, "GET", "/approval/inbox?mine=1")).body.code).toBe("invalid_request");
    for (const path of ["/approval/inbox", `/content/${itemId}/approvals`, "/approval/x"])
      expect((await call(null, "GET", path)).status).toBe(401);
    expect((await call(team.editor, "GET", "/approval/no-id")).body.code).toBe("not_found");
  });
});

describe("the history of an item", () => {
  test("is everybody's to read, newest first, and loses nothing", async () => {
    const { itemId, step: one } = await submitted(team.writer);
    const { next: two } = (await approve(team.editor, one.id)).body as { next: { id: string } };
    await call(team.admin, "POST", `/approval/${two.id}/reject`, { reason: "No." });
    const three = await submit(call, team.writer, itemId);
    await call(team.writer, "POST", `/content/${itemId}/versions`, { body: "Later.", baseVersion: 1 });
    const four = await submit(call, team.writer, itemId);

    const { body } = await call(team.viewer, "GET", `/content/${itemId}/approvals`);
    expect(body.items).toMatchObject([
      { id: four.id, status: "Pending", versionNumber: 2, step: 1 },
      { id: three.id, status: "Superseded", versionNumber: 1, step: 1 },
      { id: two.id, status: "Rejected", step: 2, decidedBy: team.admin.userId, comment: "No." },
      { id: one.id, status: "Approved", step: 1, approvedBy: team.editor.userId },
    ]);

    const paged: string[] = [];
    let cursor = "";
    do {
      const page = await call(team.viewer, "GET", `/content/${itemId}/approvals?limit=1${cursor}`);
      paged.push(...idsOf(page.body));
      cursor = page.body.nextCursor ? `&cursor=${page.body.nextCursor}` : "";
    } while (cursor);
    expect(paged).toEqual(idsOf(body));
  });
});
