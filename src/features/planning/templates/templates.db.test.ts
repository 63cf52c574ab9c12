import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { expectStatus, seedChannel, seedTeam, type Team } from "#tests/factories/approval";
import { makeCampaign, makePersona, makeTag, makeTemplate } from "#tests/factories/planning";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const NOW = new Date("2026-12-31T23:30:00Z");
const call = caller(t, { clock: { now: () => NOW } });
const MADE_UP = "00000000-0000-4000-8000-000000000000";

let team: Team;
let stranger: Member;
let channelId: string;
beforeAll(async () => {
  team = await seedTeam(t);
  stranger = (await seedWorkspace(t)).admin;
  channelId = await seedChannel(t, team.workspace.id);
});

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });

/** All that a template can say. */
async function full() {
  const [tag, campaign, persona] = [
    await makeTag(call, team.editor),
    await makeCampaign(call, team.editor),
    await makePersona(call, team.editor),
  ];
  const brief = {
    goal: "Be read.",
    personaId: persona.id,
    keyword: "story",
    audience: "Regulars.",
    channelMix: [
      { network: "site", count: 1 },
      { channelId, count: 2 },
    ],
    keyMessages: ["It works."],
    notes: "Ask first.",
  };
  const input = {
    title: "{year}: {date}, {month}, {customer}",
    body: "## Before",
    metadata: { language: "en", excerpt: "Short." },
    brief,
    campaignId: campaign.id,
    tagIds: [tag.id],
  };
  return { input, tag, campaign, persona, template: await makeTemplate(call, team.editor, input) };
}

const begin = (templateId: string, over: object = {}) =>
  expectStatus(call(team.writer, "POST", "/content", { templateId, ...over }), 201);
const itemOf = async (id: unknown) => (await call(team.viewer, "GET", `/content/${id}`)).body;
const briefOf = async (id: unknown) => (await call(team.viewer, "GET", `/content/${id}/brief`)).body;

describe("a template", () => {
  test("is written, read, changed and removed by Editors, and read by all", async () => {
    const { template, input } = await full();
    expect(template).toMatchObject({ ...input, createdBy: team.editor.userId });
    const path = `/planning/templates/${template.id}`;
    expect((await call(team.viewer, "GET", path)).body).toEqual(template);
    const listed = (await call(team.viewer, "GET", "/planning/templates")).body.items!;
    const { body, metadata, brief, ...summary } = template as Record<string, unknown>;
    expect(listed.find(({ id }) => id === template.id)).toEqual(summary);
    const changed = await call(team.admin, "PUT", path, { title: "Other", brief: null, campaignId: null, tagIds: [] });
    expect(changed.body).toMatchObject({
      title: "Other",
      body: "## Before",
      brief: null,
      campaignId: null,
      tagIds: [],
    });
    expect((await call(team.editor, "DELETE", path)).status).toBe(204);
    for (const method of ["GET", "DELETE"]) expect((await call(team.editor, method, path)).status).toBe(404);
    const rows = await t.asOwner<{ action: string }>(
      "select action from audit_events where subject_id = $1 order by id",
      [template.id],
    );
    expect(rows.map(({ action }) => action)).toEqual(
      ["created", "changed", "removed"].map((verb) => `planning.template_${verb}`),
    );
  });

  test.each(["writer", "viewer"] as const)("is not the %s's to write", async (who) => {
    const template = await makeTemplate(call, team.editor);
    const refused = [
      await call(team[who], "POST", "/planning/templates", { name: "Mine", title: "Mine" }),
      await call(team[who], "PUT", `/planning/templates/${template.id}`, { name: "Mine" }),
      await call(team[who], "DELETE", `/planning/templates/${template.id}`),
    ];
    expect(refused.map(said)).toMatchObject(refused.map(() => ({ status: 403, code: "forbidden" })));
    expect((await call(team[who], "GET", `/planning/templates/${template.id}`)).body).toEqual(template);
  });

  test("names what is there, and another workspace's as little as nothing", async () => {
    const theirs = {
      tag: (await makeTag(call, stranger)).id,
      campaign: (await makeCampaign(call, stranger)).id,
      persona: (await makePersona(call, stranger)).id,
      channel: await seedChannel(t, stranger.workspaceId),
    };
    const cases = (ids: typeof theirs) => [
      { tagIds: [ids.tag] },
      { campaignId: ids.campaign },
      { brief: { personaId: ids.persona } },
      { brief: { channelMix: [{ channelId: ids.channel, count: 1 }] } },
    ];
    const nobodys = cases({ tag: MADE_UP, campaign: MADE_UP, persona: MADE_UP, channel: MADE_UP });
    const template = await makeTemplate(call, team.editor);
    for (const [at, foreign] of cases(theirs).entries()) {
      const ask = (input: object) =>
        call(team.editor, "POST", "/planning/templates", { name: "Foreign", title: "A", ...input });
      expect(said(await ask(foreign))).toEqual(said(await ask(nobodys[at]!)));
      expect(await ask(foreign)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
      expect((await call(team.editor, "PUT", `/planning/templates/${template.id}`, foreign)).status).toBe(400);
    }
    expect((await call(team.editor, "GET", `/planning/templates/${template.id}`)).body).toEqual(template);
  });

  test("refuses a campaign that is over, what is malformed, and what could not be rendered", async () => {
    const over = await makeCampaign(call, team.editor);
    await call(team.editor, "POST", `/planning/campaigns/${over.id}/archive`);
    const ask = (input: object) =>
      call(team.editor, "POST", "/planning/templates", { name: "No", title: "A", ...input });
    expect((await ask({ campaignId: over.id })).body.code).toBe("archived");
    for (const wrong of [
      { title: "" },
      { metadata: { mood: 1 } },
      { brief: { mood: 1 } },
      { brief: { channelMix: [{ count: 1 }] } },
      { brief: { channelMix: [{ network: "site", channelId, count: 1 }] } },
      { brief: { channelMix: [{ network: "site", count: 0 }] } },
      {
        brief: {
          channelMix: [
            { network: "site", count: 1 },
            { network: "site", count: 2 },
          ],
        },
      },
      { body: "[".repeat(20_000) },
    ])
      expect([wrong, (await ask(wrong)).body.code]).toEqual([wrong, "invalid_request"]);
    expect(await t.asOwner("select from planning_templates where name = 'No'")).toEqual([]);
  });

  test("has a name of its own, and overwrites nothing on a stale base", async () => {
    const template = await makeTemplate(call, team.editor);
    expect(
      (await call(team.editor, "POST", "/planning/templates", { name: template.name.toUpperCase(), title: "A" })).body
        .code,
    ).toBe("conflict");
    const put = (title: string) =>
      call(team.editor, "PUT", `/planning/templates/${template.id}`, { title, baseUpdatedAt: template.updatedAt });
    const both = await t.collide("planning_templates", template.id, [() => put("One"), () => put("Other")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body).toMatchObject({
      code: "version_conflict",
      current: { title: both.find(({ status }) => status === 200)!.body.title },
    });
  });
});

describe("an item that begins with a template", () => {
  test("says what the template says, with today's date in the workspace's time zone", async () => {
    await t.asOwner("update workspaces set time_zone = 'Europe/Vienna' where id = $1", [team.workspace.id]);
    const { template, input, tag, campaign } = await full();
    const item = await begin(template.id);
    expect(item).toMatchObject({
      title: "2027: 2027-01-01, 2027-01, {customer}",
      campaignId: campaign.id,
      tags: [{ id: tag.id, name: tag.name }],
      dueAt: null,
    });
    expect((await itemOf(item.id)).currentVersion).toMatchObject({ body: input.body, metadata: input.metadata });
    expect(await briefOf(item.id)).toMatchObject({ version: 1, ...input.brief });
    const told = await t.asOwner<{ type: string }>("select type from events where subject_id = $1 order by id", [
      item.id,
    ]);
    expect(told.map(({ type }) => type)).toEqual(["content.created", "content.planned", "content.brief_saved"]);
    await t.asOwner("update workspaces set time_zone = 'UTC' where id = $1", [team.workspace.id]);
  });

  test("says what is given instead, field by field", async () => {
    const { template } = await full();
    const given = { title: "Mine", body: "My own.", metadata: { excerpt: "Mine." }, campaignId: null, tagIds: [] };
    const item = await begin(template.id, given);
    expect(item).toMatchObject({ title: "Mine", campaignId: null, tags: [] });
    expect((await itemOf(item.id)).currentVersion).toMatchObject({
      body: "My own.",
      metadata: { language: "en", excerpt: "Mine." },
    });
  });

  test("leaves out what is gone since the template was written", async () => {
    const { template, tag, campaign, persona } = await full();
    await expectStatus(call(team.editor, "DELETE", `/planning/tags/${tag.id}`), 204);
    await expectStatus(call(team.editor, "POST", `/planning/campaigns/${campaign.id}/archive`), 200);
    await expectStatus(call(team.editor, "DELETE", `/personas/${persona.id}`), 204);
    await t.asOwner("update channels set removed_at = now(), status = 'Disconnected' where id = $1", [channelId]);
    const item = await begin(template.id);
    expect(item).toMatchObject({ campaignId: null, tags: [] });
    expect(await briefOf(item.id)).toMatchObject({
      personaId: null,
      persona: null,
      channelMix: [{ network: "site", count: 1 }],
    });
    await t.asOwner("update channels set removed_at = null, status = 'Connected' where id = $1", [channelId]);
  });

  test("needs a template of this workspace, or a title", async () => {
    const theirs = await makeTemplate(call, stranger);
    const gone = await makeTemplate(call, team.editor);
    await call(team.editor, "DELETE", `/planning/templates/${gone.id}`);
    const ask = (input: object) => call(team.writer, "POST", "/content", input);
    expect(said(await ask({ templateId: theirs.id }))).toEqual(said(await ask({ templateId: MADE_UP })));
    for (const input of [{ templateId: theirs.id }, { templateId: gone.id }])
      expect(await ask(input)).toMatchObject({ status: 400, body: { issues: [{ path: "templateId" }] } });
    expect(await ask({})).toMatchObject({ status: 400, body: { issues: [{ path: "title" }] } });
  });

  test("is not a Viewer's to begin", async () => {
    const template = await makeTemplate(call, team.editor);
    expect((await call(team.viewer, "POST", "/content", { templateId: template.id })).status).toBe(403);
  });
});

describe("another workspace's template", () => {
  test.each([
    ["GET", undefined],
    ["PUT", { name: "Mine" }],
    ["DELETE", undefined],
  ])("is to %s as none at all", async (method, input) => {
    const theirs = await makeTemplate(call, stranger);
    const ask = (id: string, who: Member | null = team.admin) => call(who, method, `/planning/templates/${id}`, input);
    expect(said(await ask(theirs.id))).toEqual(said(await ask(MADE_UP)));
    expect((await ask(theirs.id)).status).toBe(404);
    expect((await ask(theirs.id, null)).status).toBe(401);
    expect((await call(stranger, "GET", `/planning/templates/${theirs.id}`)).body).toEqual(theirs);
  });
});
