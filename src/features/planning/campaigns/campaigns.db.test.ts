import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { seedTeam, type Team } from "#tests/factories/approval";
import { makeCampaign, makeItem } from "#tests/factories/planning";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
const MADE_UP = "00000000-0000-4000-8000-000000000000";

let team: Team;
let stranger: Member;
beforeAll(async () => {
  team = await seedTeam(t);
  stranger = (await seedWorkspace(t)).admin;
});

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const trailOf = async (subjectId: string) => {
  const audit = await t.asOwner<{ action: string }>(
    "select action from audit_events where subject_id = $1 order by id",
    [subjectId],
  );
  const events = await t.asOwner<{ type: string }>("select type from events where subject_id = $1 order by id", [
    subjectId,
  ]);
  return [audit.map(({ action }) => action), events.map(({ type }) => type)];
};

describe("a campaign", () => {
  test("is planned, changed, ended, brought back and removed, and all of it is told", async () => {
    const input = { name: " Spring ", goal: "Forty tables.", startsOn: "2026-03-01", endsOn: "2026-04-30" };
    const made = await call(team.editor, "POST", "/planning/campaigns", input);
    expect([made.status, made.body]).toMatchObject([
      201,
      { ...input, name: "Spring", archivedAt: null, itemCount: 0, createdBy: team.editor.userId },
    ]);
    const path = `/planning/campaigns/${made.body.id}`;
    expect((await call(team.viewer, "GET", path)).body).toEqual(made.body);
    const changed = await call(team.admin, "PUT", path, { endsOn: null, goal: "" });
    expect(changed.body).toMatchObject({ name: "Spring", goal: "", startsOn: "2026-03-01", endsOn: null });

    const ended = await call(team.editor, "POST", `${path}/archive`);
    expect([ended.status, ended.body.archivedAt]).toEqual([200, expect.any(String)]);
    expect((await call(team.editor, "POST", `${path}/archive`)).body.code).toBe("archived");
    expect((await call(team.editor, "POST", `${path}/restore`)).body.archivedAt).toBeNull();
    expect((await call(team.editor, "POST", `${path}/restore`)).body.code).toBe("conflict");

    expect((await call(team.editor, "DELETE", path)).status).toBe(204);
    for (const [method, rest] of [
      ["GET", ""],
      ["DELETE", ""],
      ["POST", "/archive"],
      ["POST", "/restore"],
    ] as const)
      expect((await call(team.editor, method, `${path}${rest}`)).status).toBe(404);
    const told = ["created", "changed", "archived", "restored", "removed"].map((verb) => `planning.campaign_${verb}`);
    expect(await trailOf(String(made.body.id))).toEqual([told, told]);
    await makeCampaign(call, team.editor, { name: "Spring" });
  });

  test.each(["writer", "viewer"] as const)("is not the %s's to write", async (who) => {
    const campaign = await makeCampaign(call, team.editor);
    const path = `/planning/campaigns/${campaign.id}`;
    const refused = [
      await call(team[who], "POST", "/planning/campaigns", { name: "Mine" }),
      await call(team[who], "PUT", path, { name: "Mine" }),
      await call(team[who], "POST", `${path}/archive`),
      await call(team[who], "POST", `${path}/restore`),
      await call(team[who], "DELETE", path),
    ];
    expect(refused.map(said)).toMatchObject(refused.map(() => ({ status: 403, code: "forbidden" })));
    expect((await call(team[who], "GET", path)).body).toEqual(campaign);
    expect(await t.asOwner("select from planning_campaigns where name = 'Mine'")).toEqual([]);
  });

  test("is not removed while items belong to it, archived ones too, and says how many", async () => {
    const campaign = await makeCampaign(call, team.editor);
    const path = `/planning/campaigns/${campaign.id}`;
    const item = await makeItem(call, team.writer, { campaignId: campaign.id });
    await call(team.writer, "POST", `/content/${item.id}/archive`);
    expect(await call(team.editor, "DELETE", path)).toMatchObject({
      status: 409,
      body: { code: "in_use", itemCount: 1 },
    });
    expect((await call(team.editor, "GET", path)).body.itemCount).toBe(1);
    await call(team.writer, "POST", `/content/${item.id}/restore`);
    expect((await call(team.writer, "PUT", `/content/${item.id}`, { campaignId: null })).status).toBe(200);
    expect((await call(team.editor, "DELETE", path)).status).toBe(204);
  });

  test.each([
    ["removing", "DELETE", "", [204, 400], [409, 200]],
    ["ending", "POST", "/archive", [200, 409], [200, 200]],
  ] as const)(
    "%s it and joining it at the same moment: both hold, or one is refused",
    async (_, method, rest, ...right) => {
      const campaign = await makeCampaign(call, team.editor);
      const item = await makeItem(call, team.writer);
      const [ended, joined] = await t.collide("planning_campaigns", campaign.id, [
        () => call(team.editor, method, `/planning/campaigns/${campaign.id}${rest}`),
        () => call(team.writer, "PUT", `/content/${item.id}`, { campaignId: campaign.id }),
      ]);
      expect(right).toContainEqual([ended!.status, joined!.status]);
      const [row] = await t.asOwner<{ lost: boolean }>(
        "select exists (select from content_items i join planning_campaigns c on c.id = i.campaign_id where c.removed_at is not null) lost",
      );
      expect(row).toEqual({ lost: false });
    },
  );

  test("on a stale base overwrites nothing", async () => {
    const campaign = await makeCampaign(call, team.editor);
    const put = (goal: string) =>
      call(team.editor, "PUT", `/planning/campaigns/${campaign.id}`, { goal, baseUpdatedAt: campaign.updatedAt });
    const both = await t.collide("planning_campaigns", campaign.id, [() => put("One"), () => put("Other")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body).toMatchObject({
      code: "version_conflict",
      current: { goal: both.find(({ status }) => status === 200)!.body.goal },
    });
  });

  test.each([
    {},
    { name: "" },
    { name: "A", startsOn: "2026-13-01" },
    { name: "A", startsOn: "2026-03-01T00:00:00Z" },
    { name: "A", startsOn: "2026-03-02", endsOn: "2026-03-01" },
    { name: "A", archivedAt: null },
  ])("is not planned as %j", async (input) => {
    expect(await call(team.editor, "POST", "/planning/campaigns", input)).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
  });

  test("does not end before it begins, whichever of the two is changed", async () => {
    const campaign = await makeCampaign(call, team.editor, { startsOn: "2026-03-01", endsOn: "2026-03-31" });
    for (const change of [{ startsOn: "2026-04-01" }, { endsOn: "2026-02-01" }])
      expect((await call(team.editor, "PUT", `/planning/campaigns/${campaign.id}`, change)).status).toBe(400);
    const moved = { startsOn: "2026-05-01", endsOn: "2026-05-01" };
    expect((await call(team.editor, "PUT", `/planning/campaigns/${campaign.id}`, moved)).body).toMatchObject(moved);
  });

  test("has a name of its own", async () => {
    const { admin } = await seedWorkspace(t);
    await makeCampaign(call, admin, { name: "Autumn" });
    expect((await call(admin, "POST", "/planning/campaigns", { name: "AUTUMN" })).body.code).toBe("conflict");
    const other = await makeCampaign(call, admin);
    expect((await call(admin, "PUT", `/planning/campaigns/${other.id}`, { name: "autumn" })).body.code).toBe(
      "conflict",
    );
  });
});

test("campaigns are listed by pages, those that are over apart", async () => {
  const { admin } = await seedWorkspace(t);
  for (const name of ["Beta", "Alpha", "Gamma"]) await makeCampaign(call, admin, { name });
  const over = await makeCampaign(call, admin, { name: "Over" });
  await call(admin, "POST", `/planning/campaigns/${over.id}/archive`);
  const first = await call(admin, "GET", "/planning/campaigns?sort=-name&limit=2");
  const rest = await call(admin, "GET", `/planning/campaigns?sort=-name&limit=2&cursor=${first.body.nextCursor}`);
  expect([...first.body.items!, ...rest.body.items!].map(({ name }) => name)).toEqual(["Gamma", "Beta", "Alpha"]);
  const archived = await call(admin, "GET", "/planning/campaigns?archived=true");
  expect(archived.body.items).toMatchObject([{ name: "Over" }]);
  expect((await call(admin, "GET", `/planning/campaigns?cursor=${first.body.nextCursor}`)).body.code).toBe(
    "invalid_cursor",
  );
});

describe("another workspace's campaign", () => {
  test.each([
    ["GET", "", undefined],
    ["PUT", "", { name: "Mine" }],
    ["POST", "/archive", undefined],
    ["POST", "/restore", undefined],
    ["DELETE", "", undefined],
  ])("is to %s%s as none at all", async (method, rest, input) => {
    const theirs = await makeCampaign(call, stranger);
    const ask = (id: string, who: Member | null = team.admin) =>
      call(who, method, `/planning/campaigns/${id}${rest}`, input);
    expect(said(await ask(theirs.id))).toEqual(said(await ask(MADE_UP)));
    expect((await ask(theirs.id)).status).toBe(404);
    expect((await ask(theirs.id, null)).status).toBe(401);
    expect((await call(stranger, "GET", `/planning/campaigns/${theirs.id}`)).body).toEqual(theirs);
  });
});
