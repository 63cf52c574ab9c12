import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { expectStatus, seedChannel, seedTeam, type Team } from "#tests/factories/approval";
import { makeItem, makePersona } from "#tests/factories/planning";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
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
const read = (who: Member | null, id: unknown) => call(who, "GET", `/content/${id}/brief`);
const save = (who: Member | null, id: unknown, brief: object) => call(who, "PUT", `/content/${id}/brief`, brief);

const EMPTY = { goal: "", personaId: null, keyword: "", audience: "", channelMix: [], keyMessages: [], notes: "" };

describe("a brief", () => {
  test("says nothing until somebody writes it", async () => {
    const item = await makeItem(call, team.writer);
    const unwritten = { contentItemId: item.id, version: 0, ...EMPTY, persona: null, updatedBy: null, updatedAt: null };
    expect((await read(team.viewer, item.id)).body).toEqual(unwritten);
  });

  test("is written and changed as a whole, in versions, and told", async () => {
    const item = await makeItem(call, team.writer);
    const persona = await makePersona(call, team.editor);
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
    const first = await save(team.writer, item.id, { ...brief, baseVersion: 0 });
    expect([first.status, first.body]).toMatchObject([
      200,
      {
        contentItemId: item.id,
        version: 1,
        ...brief,
        persona: { id: persona.id, name: persona.name, removed: false },
        updatedBy: team.writer.userId,
      },
    ]);
    expect((await read(team.viewer, item.id)).body).toEqual(first.body);
    const second = await save(team.editor, item.id, { goal: "Be found.", baseVersion: 1 });
    expect(second.body).toMatchObject({ ...EMPTY, version: 2, goal: "Be found.", updatedBy: team.editor.userId });
    expect(
      await t.asOwner("select type, payload from events where subject_id = $1 order by id offset 1", [item.id]),
    ).toEqual([
      { type: "content.brief_saved", payload: { version: 1, personaId: persona.id } },
      { type: "content.brief_saved", payload: { version: 2, personaId: null } },
    ]);
    expect(
      await t.asOwner(
        "select actor_id from audit_events where subject_id = $1 and action = 'content.brief_saved' order by id",
        [item.id],
      ),
    ).toEqual([{ actor_id: team.writer.userId }, { actor_id: team.editor.userId }]);
    expect((await call(team.viewer, "GET", `/content/${item.id}/versions`)).body.items).toHaveLength(1);
  });

  test("on a stale base overwrites nothing, and answers with what is there, also for the first one", async () => {
    const item = await makeItem(call, team.writer);
    const both = await t.collide("content_items", item.id, [
      () => save(team.writer, item.id, { goal: "One", baseVersion: 0 }),
      () => save(team.editor, item.id, { goal: "Other", baseVersion: 0 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [won, lost] = both[0]!.status === 200 ? both : both.toReversed();
    expect(lost!.body).toMatchObject({ code: "version_conflict", current: won!.body });
    expect((await read(team.writer, item.id)).body).toEqual(won!.body);
    expect((await save(team.writer, item.id, { baseVersion: 2 })).body.code).toBe("version_conflict");
    expect((await save(team.writer, item.id, { baseVersion: 1 })).status).toBe(200);
  });

  test("is a Writer's on their own items only, and not a Viewer's", async () => {
    const item = await makeItem(call, team.otherWriter);
    for (const who of [team.writer, team.viewer])
      expect(await save(who, item.id, { baseVersion: 0 })).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect((await save(null, item.id, { baseVersion: 0 })).status).toBe(401);
    expect((await read(null, item.id)).status).toBe(401);
    expect(await t.asOwner("select from content_briefs where content_item_id = $1", [item.id])).toEqual([]);
    await expectStatus(save(team.otherWriter, item.id, { baseVersion: 0 }), 200);
  });

  test("of another workspace's item is as none at all", async () => {
    const item = await makeItem(call, team.writer);
    await expectStatus(save(team.writer, item.id, { goal: "Ours", baseVersion: 0 }), 200);
    expect(said(await read(stranger, item.id))).toEqual(said(await read(stranger, MADE_UP)));
    const theirs = { goal: "Theirs", baseVersion: 1 };
    expect(said(await save(stranger, item.id, theirs))).toEqual(said(await save(stranger, MADE_UP, theirs)));
    expect([(await read(stranger, item.id)).status, (await save(stranger, item.id, theirs)).status]).toEqual([
      404, 404,
    ]);
    expect((await read(team.writer, item.id)).body).toMatchObject({ goal: "Ours" });
  });

  test("names a persona and channels of this workspace", async () => {
    const item = await makeItem(call, team.writer);
    const theirs = {
      personaId: (await makePersona(call, stranger)).id,
      channel: await seedChannel(t, stranger.workspaceId),
    };
    const cases = (ids: typeof theirs) => [
      { personaId: ids.personaId },
      {
        channelMix: [
          { network: "site", count: 1 },
          { channelId: ids.channel, count: 1 },
        ],
      },
    ];
    const nobodys = cases({ personaId: MADE_UP, channel: MADE_UP });
    const paths = ["personaId", "channelMix.1.channelId"];
    for (const [at, brief] of cases(theirs).entries()) {
      const refused = await save(team.writer, item.id, { ...brief, baseVersion: 0 });
      expect(refused).toMatchObject({ status: 400, body: { code: "invalid_request", issues: [{ path: paths[at] }] } });
      expect(said(refused)).toEqual(said(await save(team.writer, item.id, { ...nobodys[at], baseVersion: 0 })));
    }
    expect((await read(team.writer, item.id)).body).toMatchObject({ version: 0 });
  });

  test("keeps the persona that was removed since, with its name, and no other brief takes it", async () => {
    const persona = await makePersona(call, team.editor);
    const gone = await seedChannel(t, team.workspace.id);
    const item = await makeItem(call, team.writer);
    const brief = { personaId: persona.id, channelMix: [{ channelId: gone, count: 1 }] };
    await expectStatus(save(team.writer, item.id, { ...brief, baseVersion: 0 }), 200);
    await expectStatus(call(team.editor, "DELETE", `/personas/${persona.id}`), 204);
    await t.asOwner("update channels set status = 'Disconnected', removed_at = now() where id = $1", [gone]);
    const named = { id: persona.id, name: persona.name, removed: true };
    expect((await read(team.viewer, item.id)).body).toMatchObject({ personaId: persona.id, persona: named });
    const kept = await save(team.writer, item.id, { ...brief, goal: "Still theirs.", baseVersion: 1 });
    expect([kept.status, kept.body]).toMatchObject([200, { persona: named, channelMix: brief.channelMix }]);
    const other = await makeItem(call, team.writer);
    expect((await save(team.writer, other.id, { personaId: persona.id, baseVersion: 0 })).status).toBe(400);
    expect((await save(team.writer, other.id, { channelMix: brief.channelMix, baseVersion: 0 })).status).toBe(400);
  });

  test("is not changed while its item is archived", async () => {
    const item = await makeItem(call, team.writer);
    await expectStatus(call(team.writer, "POST", `/content/${item.id}/archive`), 200);
    expect((await save(team.writer, item.id, { baseVersion: 0 })).body.code).toBe("archived");
    expect((await read(team.writer, item.id)).status).toBe(200);
  });

  test.each([
    {},
    { baseVersion: -1 },
    { baseVersion: 2_147_483_648 },
    { baseVersion: 0, goal: 1 },
    { baseVersion: 0, goal: "x".repeat(2_001) },
    { baseVersion: 0, personaId: "none" },
    { baseVersion: 0, channelMix: [{ network: "fax", count: 1 }] },
    { baseVersion: 0, channelMix: [{ network: "site", count: 1.5 }] },
    { baseVersion: 0, keyMessages: [""] },
    { baseVersion: 0, mood: "good" },
  ])("is not %j", async (brief) => {
    const item = await makeItem(call, team.writer);
    expect(await save(team.writer, item.id, brief)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  });
});
