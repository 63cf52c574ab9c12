import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { expectStatus, seedChannel, seedTeam, type Team } from "#tests/factories/approval";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

let team: Team;
let path: string;
beforeAll(async () => {
  team = await seedTeam(t);
  path = `/workspaces/${team.workspace.id}/blueprint`;
  await setUp(team);
});

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const items = async (who: Member, address: string) => (await expectStatus(call(who, "GET", address), 200)).items!;

/** A workspace with something of each kind, and with what must not leave it. */
async function setUp({ admin, editor, viewer, workspace }: Team) {
  const channelId = await seedChannel(t, workspace.id);
  const persona = await expectStatus(
    call(editor, "POST", "/personas", { name: "Regulars", attributes: { tone: "Warm" } }),
    201,
  );
  const tag = await expectStatus(call(editor, "POST", "/planning/tags", { name: "Story", color: "#0a6b5e" }), 201);
  const campaign = await expectStatus(call(editor, "POST", "/planning/campaigns", { name: "Secret launch" }), 201);
  const mix = [
    { channelId, count: 2 },
    { network: "site", count: 1 },
  ];
  const template = {
    name: "Customer story",
    title: "How they did it ({month})",
    body: "## Before",
    metadata: { language: "en" },
    campaignId: campaign.id,
    tagIds: [tag.id],
    brief: { goal: "Be read.", personaId: persona.id, channelMix: mix },
  };
  await expectStatus(call(editor, "POST", "/planning/templates", template), 201);
  const filter = {
    status: "InReview",
    assignee: viewer.userId,
    tag: tag.id,
    persona: persona.id,
    campaign: campaign.id,
  };
  await expectStatus(call(editor, "POST", "/planning/views", { name: "Stories", shared: true, filter }), 201);
  await expectStatus(call(editor, "POST", "/planning/views", { name: "My own", filter: {} }), 201);
  await expectStatus(call(editor, "POST", "/content", { title: "Secret plans", body: "Nobody's business." }), 201);
  await expectStatus(
    call(admin, "PUT", `/workspaces/${workspace.id}`, {
      branding: { primaryColor: "#c2410c", tagline: "Boats" },
      approvalSteps: [{ role: "Editor" }, { role: "Client" }],
      lateAfterMinutes: 90,
    }),
    200,
  );
}

describe("a blueprint", () => {
  test("says how the next workspace begins, without ids, people, campaigns, words or credentials", async () => {
    const read = await call(team.admin, "GET", path);
    expect(read.status).toBe(200);
    expect(read.body).toEqual({
      version: 1,
      from: expect.any(String),
      settings: {
        branding: { primaryColor: "#c2410c", tagline: "Boats" },
        language: "en",
        approvalSteps: [{ role: "Editor" }, { role: "Client" }],
        lateAfterMinutes: 90,
      },
      personas: [{ name: "Regulars", attributes: { tone: "Warm" } }],
      tags: [{ name: "Story", color: "#0a6b5e" }],
      templates: [
        {
          name: "Customer story",
          title: "How they did it ({month})",
          body: "## Before",
          metadata: { language: "en" },
          tags: ["Story"],
          brief: {
            goal: "Be read.",
            keyword: "",
            audience: "",
            keyMessages: [],
            notes: "",
            persona: "Regulars",
            channelMix: [
              { network: "bluesky", count: 2 },
              { network: "site", count: 1 },
            ],
          },
        },
      ],
      views: [{ name: "Stories", filter: { status: "InReview", tag: "Story", persona: "Regulars" } }],
      channels: ["bluesky"],
    });
    const text = JSON.stringify(read.body);
    const ids = await t.asOwner<{ id: string }>(
      "select id from channels where workspace_id = $1 union select id from users",
      [team.workspace.id],
    );
    expect(ids.length).toBeGreaterThan(2);
    for (const { id } of ids) expect(text).not.toContain(id);
    expect(text).not.toMatch(/Secret|My own/);
  });

  test("sets the next workspace up, as often as it is applied", async () => {
    const { id, admin } = await seedWorkspace(t);
    const blueprint = (await call(team.admin, "GET", path)).body;
    const apply = () => call(admin, "POST", `/workspaces/${id}/blueprint`, blueprint);
    const each = { personas: 1, tags: 1, templates: 1, views: 1 };
    const none = { personas: 0, tags: 0, templates: 0, views: 0 };
    expect(await expectStatus(apply(), 200)).toMatchObject({ workspaceId: id, made: each, there: none });
    expect(await expectStatus(apply(), 200)).toMatchObject({ made: none, there: each });
    const { from, ...again } = (await call(admin, "GET", `/workspaces/${id}/blueprint`)).body;
    const { from: _, ...first } = blueprint;
    // It has no account yet: the networks are what it wants.
    expect(again).toEqual({ ...first, channels: [] });
    expect(await items(admin, "/distribution/wanted-channels")).toMatchObject([
      { network: "bluesky", label: "Bluesky" },
    ]);
    expect(await t.asOwner("select from channel_credentials where workspace_id = $1", [id])).toEqual([]);
    expect(
      await t.asOwner("select distinct action from audit_events where workspace_id = $1 and action like 'transfer.%'", [
        id,
      ]),
    ).toEqual(
      expect.arrayContaining([{ action: "transfer.blueprint_applied" }, { action: "transfer.blueprint_read" }]),
    );
  });

  test("leaves what is there, and nothing behind where it is refused", async () => {
    const { id, admin } = await seedWorkspace(t);
    await expectStatus(call(admin, "POST", "/personas", { name: "REGULARS", attributes: { tone: "Dry" } }), 201);
    const blueprint = (await call(team.admin, "GET", path)).body as Record<string, unknown>;
    const wrong = { ...blueprint, templates: [{ name: "Deep", title: "A", body: "[".repeat(20_000) }] };
    const refused = await call(admin, "POST", `/workspaces/${id}/blueprint`, wrong);
    expect([refused.status, refused.body.code]).toEqual([400, "invalid_request"]);
    for (const table of ["planning_tags", "planning_views", "channels_wanted"])
      expect(await t.asOwner(`select from ${table} where workspace_id = $1`, [id])).toEqual([]);
    await expectStatus(call(admin, "POST", `/workspaces/${id}/blueprint`, blueprint), 200);
    expect(await items(admin, "/personas")).toMatchObject([{ name: "REGULARS", attributes: { tone: "Dry" } }]);
  });

  test("is an Admin's to read and to apply, in a workspace of theirs", async () => {
    const stranger = await seedWorkspace(t);
    const before = (await call(team.admin, "GET", path)).body;
    for (const who of ["viewer", "writer", "editor"] as const)
      for (const method of ["GET", "POST"]) {
        const answer = await call(
          team[who],
          method,
          path,
          method === "POST" ? { version: 1, tags: [{ name: "X" }] } : undefined,
        );
        expect([who, method, answer.status]).toEqual([who, method, 403]);
      }
    const ask = (id: string) => call(stranger.admin, "POST", `/workspaces/${id}/blueprint`, { version: 1 });
    expect(said(await ask(team.workspace.id))).toEqual(said(await ask(randomUUID())));
    expect((await call(stranger.admin, "GET", path)).status).toBe(404);
    expect((await call(null, "GET", path)).status).toBe(401);
    expect((await call(team.admin, "GET", path)).body).toEqual(before);
  });

  test("of another form is refused", async () => {
    for (const wrong of [{}, { version: 2 }, { version: 1, people: [] }, { version: 1, channels: ["site"] }])
      expect((await call(team.admin, "POST", path, wrong)).body.code).toBe("invalid_request");
  });
});

describe("a network that is wanted", () => {
  test("is wanted until an account is connected, or an Admin wants it no longer", async () => {
    const { id, admin } = await seedWorkspace(t);
    await expectStatus(
      call(admin, "POST", `/workspaces/${id}/blueprint`, { version: 1, channels: ["bluesky", "webhook"] }),
      200,
    );
    const wanted = async () => (await items(admin, "/distribution/wanted-channels")).map(({ network }) => network);
    expect(await wanted()).toEqual(["bluesky", "webhook"]);
    const channelId = await seedChannel(t, id);
    expect(await wanted()).toEqual(["webhook"]);
    await t.asOwner("update channels set removed_at = now(), status = 'Disconnected' where id = $1", [channelId]);
    expect(await wanted()).toEqual(["bluesky", "webhook"]);
    await expectStatus(call(admin, "DELETE", "/distribution/wanted-channels/bluesky"), 204);
    expect(await wanted()).toEqual(["webhook"]);
    expect((await call(admin, "DELETE", "/distribution/wanted-channels/bluesky")).status).toBe(404);
    expect((await call(admin, "DELETE", "/distribution/wanted-channels/letters")).status).toBe(404);
    expect((await call(team.editor, "DELETE", "/distribution/wanted-channels/webhook")).status).toBe(403);
    expect((await call(null, "DELETE", "/distribution/wanted-channels/webhook")).status).toBe(401);
  });
});
