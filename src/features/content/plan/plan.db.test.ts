import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedWorkspace } from "#tests/factories";
import { expectStatus, seedTeam, type Team } from "#tests/factories/approval";
import { makeCampaign, makeItem, makeTag } from "#tests/factories/planning";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
const MADE_UP = "00000000-0000-4000-8000-000000000000";
const DUE = "2026-12-24T18:00:00.000Z";

let team: Team;
let stranger: Member;
beforeAll(async () => {
  team = await seedTeam(t);
  stranger = (await seedWorkspace(t)).admin;
});

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const read = async (id: unknown) => (await call(team.viewer, "GET", `/content/${id}`)).body;
const put = (who: Member | null, id: unknown, plan: object) => call(who, "PUT", `/content/${id}`, plan);
const plannedOf = (id: unknown) =>
  t.asOwner<{ payload: object }>(
    "select payload from events where subject_id = $1 and type = 'content.planned' order by id",
    [id],
  );
const shown = ({ id, name, color }: Record<string, unknown>) => ({ id, name, color });

describe("an item's place in the plan", () => {
  test("is said when it is made, and told", async () => {
    const [b, a] = [
      await makeTag(call, team.editor, { name: "Beta" }),
      await makeTag(call, team.editor, { name: "alpha" }),
    ];
    const campaign = await makeCampaign(call, team.editor);
    const input = { dueAt: "2026-12-24T19:00:00+01:00", campaignId: campaign.id, assigneeId: team.otherWriter.userId };
    const item = await makeItem(call, team.writer, { ...input, tagIds: [b.id, a.id, b.id] });
    expect(item).toMatchObject({
      dueAt: DUE,
      campaignId: campaign.id,
      assigneeId: team.otherWriter.userId,
      tags: [shown(a), shown(b)],
    });
    expect(await read(item.id)).toMatchObject({ dueAt: DUE, campaignId: campaign.id, tags: [shown(a), shown(b)] });
    const listed = (await call(team.viewer, "GET", "/content")).body.items!.find(({ id }) => id === item.id);
    expect(listed).toEqual(item);
    expect(await plannedOf(item.id)).toMatchObject([
      { payload: { changed: ["dueAt", "campaignId", "tagIds"], dueAt: DUE, campaignId: campaign.id } },
    ]);
    expect(
      await t.asOwner("select detail from audit_events where subject_id = $1 and action = 'content.planned'", [
        item.id,
      ]),
    ).toHaveLength(1);
  });

  test("is empty unless somebody says so, and then nothing is told of it", async () => {
    const item = await makeItem(call, team.writer);
    expect(item).toMatchObject({ dueAt: null, campaignId: null, tags: [], assigneeId: null });
    expect(await plannedOf(item.id)).toEqual([]);
  });

  test("changes without a new version, and what is left out stays", async () => {
    const [one, other] = [await makeTag(call, team.editor), await makeTag(call, team.editor)];
    const campaign = await makeCampaign(call, team.editor);
    const item = await makeItem(call, team.writer, { tagIds: [one.id], dueAt: DUE });
    const before = await read(item.id);
    expect((await put(team.writer, item.id, { campaignId: campaign.id })).body).toMatchObject({
      dueAt: DUE,
      campaignId: campaign.id,
      tags: [shown(one)],
    });
    expect((await put(team.editor, item.id, { tagIds: [other.id] })).body).toMatchObject({ tags: [shown(other)] });
    expect((await put(team.editor, item.id, { tagIds: [other.id, one.id] })).body.tags).toHaveLength(2);
    const cleared = await put(team.writer, item.id, { dueAt: null, campaignId: null, tagIds: [] });
    expect(cleared.body).toMatchObject({ dueAt: null, campaignId: null, tags: [] });
    expect((await read(item.id)).currentVersion).toEqual(before.currentVersion);
    expect((await plannedOf(item.id)).map(({ payload }) => (payload as { changed: string[] }).changed)).toEqual([
      ["dueAt", "tagIds"],
      ["campaignId"],
      ["tagIds"],
      ["tagIds"],
      ["dueAt", "campaignId", "tagIds"],
    ]);
  });

  test("that is said again as it is changes nothing, and tells nothing", async () => {
    const tag = await makeTag(call, team.editor);
    const campaign = await makeCampaign(call, team.editor);
    const plan = { dueAt: DUE, campaignId: campaign.id, tagIds: [tag.id] };
    const item = await makeItem(call, team.writer, plan);
    await expectStatus(call(team.editor, "POST", `/planning/campaigns/${campaign.id}/archive`), 200);
    const again = await put(team.writer, item.id, { ...plan, tagIds: [tag.id, tag.id] });
    expect([again.status, again.body]).toEqual([200, item]);
    expect(await plannedOf(item.id)).toHaveLength(1);
  });

  test("keeps an approved item approved, and one in review in review", async () => {
    const item = await seedItem(t, { createdBy: team.writer, status: "InReview" });
    expect((await put(team.writer, item.id, { dueAt: DUE })).body).toMatchObject({ status: "InReview", dueAt: DUE });
  });

  test("is a Writer's to say of their own items and of those assigned to them, and no others'", async () => {
    const tag = await makeTag(call, team.editor);
    const campaign = await makeCampaign(call, team.editor);
    const theirs = await makeItem(call, team.otherWriter);
    const assigned = await makeItem(call, team.otherWriter, { assigneeId: team.writer.userId });
    for (const plan of [{ tagIds: [tag.id] }, { campaignId: campaign.id }, { dueAt: DUE }, { tagIds: [MADE_UP] }]) {
      for (const who of [team.writer, team.viewer])
        expect(await put(who, theirs.id, plan)).toMatchObject({ status: 403, body: { code: "forbidden" } });
      expect((await put(null, theirs.id, plan)).status).toBe(401);
      expect(said(await put(stranger, theirs.id, plan))).toEqual(said(await put(stranger, MADE_UP, plan)));
      expect((await put(stranger, theirs.id, plan)).status).toBe(404);
    }
    expect(await read(theirs.id)).toMatchObject({ dueAt: null, campaignId: null, tags: [] });
    expect((await put(team.writer, assigned.id, { tagIds: [tag.id], dueAt: DUE })).status).toBe(200);
    expect((await put(team.editor, theirs.id, { tagIds: [tag.id], campaignId: campaign.id })).status).toBe(200);
  });

  test("names what is there; another workspace's is as unknown as what nobody has", async () => {
    const own = await makeTag(call, team.editor);
    const item = await makeItem(call, team.writer);
    const theirs = { tag: (await makeTag(call, stranger)).id, campaign: (await makeCampaign(call, stranger)).id };
    const cases = (ids: typeof theirs) => [{ tagIds: [own.id, ids.tag] }, { campaignId: ids.campaign }];
    const nobodys = cases({ tag: MADE_UP, campaign: MADE_UP });
    for (const [at, plan] of cases(theirs).entries()) {
      const path = at === 0 ? "tagIds.1" : "campaignId";
      expect(await put(team.writer, item.id, plan)).toMatchObject({ status: 400, body: { issues: [{ path }] } });
      expect(said(await put(team.writer, item.id, plan))).toEqual(said(await put(team.writer, item.id, nobodys[at]!)));
      const made = await call(team.writer, "POST", "/content", { title: "Foreign", ...plan });
      expect(made).toMatchObject({ status: 400, body: { issues: [{ path }] } });
    }
    expect(await read(item.id)).toMatchObject({ campaignId: null, tags: [] });
    expect(await t.asOwner("select from content_items where title = 'Foreign'")).toEqual([]);
  });

  test("joins no campaign that is over, and none that is gone", async () => {
    const [over, gone] = [await makeCampaign(call, team.editor), await makeCampaign(call, team.editor)];
    await expectStatus(call(team.editor, "POST", `/planning/campaigns/${over.id}/archive`), 200);
    await expectStatus(call(team.editor, "DELETE", `/planning/campaigns/${gone.id}`), 204);
    const item = await makeItem(call, team.writer);
    expect((await put(team.writer, item.id, { campaignId: over.id })).body.code).toBe("archived");
    expect((await put(team.writer, item.id, { campaignId: gone.id })).body.code).toBe("invalid_request");
    expect((await call(team.writer, "POST", "/content", { title: "Late", campaignId: over.id })).body.code).toBe(
      "archived",
    );
    expect((await read(item.id)).campaignId).toBeNull();
  });

  test("stays as it is while the item is archived", async () => {
    const item = await makeItem(call, team.writer, { dueAt: DUE });
    await expectStatus(call(team.writer, "POST", `/content/${item.id}/archive`), 200);
    expect((await put(team.writer, item.id, { dueAt: null })).body.code).toBe("archived");
    expect((await call(team.writer, "POST", `/content/${item.id}/restore`)).body).toMatchObject({ dueAt: DUE });
  });

  test.each([
    { dueAt: "tomorrow" },
    { dueAt: "2026-12-24T18:00:00" },
    { dueAt: "0000-01-01T00:00:00Z" },
    { campaignId: "spring" },
    { tagIds: "a" },
    { tagIds: ["a"] },
    { tagIds: Array.from({ length: 51 }, () => MADE_UP) },
    { tags: [] },
  ])("is not %j", async (plan) => {
    const item = await makeItem(call, team.writer);
    expect(await put(team.writer, item.id, plan)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    expect(await call(team.writer, "POST", "/content", { title: "Wrong", ...plan })).toMatchObject({ status: 400 });
  });

  test("said twice at once: the second sees what the first did", async () => {
    const [one, other] = [await makeTag(call, team.editor), await makeTag(call, team.editor)];
    const item = await makeItem(call, team.writer);
    const both = await t.collide("content_items", item.id, [
      () => put(team.writer, item.id, { tagIds: [one.id] }),
      () => put(team.editor, item.id, { tagIds: [other.id] }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await read(item.id)).tags).toHaveLength(1);
  });
});
