import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { seedFetched, seedPublication } from "#tests/factories/analytics";
import { expectStatus, seedChannel } from "#tests/factories/approval";
import { type Planners, seedPlanners, submitItem } from "#tests/factories/distribution";
import { makeCampaign, makeItem, makePersona, makeTag } from "#tests/factories/planning";
import { type Answer, caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { startWebhookReceiver } from "#tests/harness/webhook-receiver";
import { createChannels } from "@/channels/registry";
import { createSitePort } from "@/features/site";
import { createTasks } from "@/jobs/tasks";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const t = testDatabase();
const call = caller(t);
const publicUrl = "https://contentos.test";
const MADE_UP = "00000000-0000-4000-8000-000000000000";

let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
let team: Planners;
let stranger: Member;
beforeAll(async () => {
  receiver = await startWebhookReceiver();
  team = await seedPlanners(t);
  stranger = (await seedWorkspace(t)).admin;
});
afterAll(() => receiver?.stop());

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const ask = (query: string, who: Member | null = team.viewer) => call(who, "GET", `/analytics/lineage?${query}`);
const follow = async (query: string) => (await expectStatus(ask(query), 200)).items!;

/** The whole way by the public API and the jobs: two versions on the site, the second on a webhook as well. */
async function tellStory() {
  const fetch = createOutboundFetch({ allow: ["127.0.0.1"] });
  const channels = createChannels({ site: createSitePort({ db: t.db, publicUrl }) });
  const log = pino({ level: "silent" });
  const tasks = createTasks({
    db: t.db,
    channels,
    keyring: testKeyring,
    storage: testStorage(),
    ...testOutside(t),
    fetch,
    clock: systemClock,
    log,
    publicUrl,
  });
  const { admin, editor, writer, siteChannelId } = team;
  const persona = await makePersona(call, editor, { name: "Regular of the café" });
  const campaign = await makeCampaign(call, editor, { name: "Spring menu" });
  const tag = await makeTag(call, editor);
  const webhook = await expectStatus(
    call(admin, "POST", "/distribution/channels", {
      network: "webhook",
      url: `${receiver.origin}/in`,
    }),
    201,
  );
  const item = await makeItem(call, writer, {
    title: "Spring",
    body: "It is here.",
    campaignId: campaign.id,
    tagIds: [tag.id],
  });
  const brief = { goal: "Fill the tables.", personaId: persona.id, channelMix: [{ network: "site", count: 1 }] };
  await expectStatus(call(writer, "PUT", `/content/${item.id}/brief`, { ...brief, baseVersion: 0 }), 200);
  const publish = async (channelId: unknown, over: object = {}) => {
    const schedule = { contentItemId: item.id, channelId, scheduledTime: new Date().toISOString(), ...over };
    const { id } = await expectStatus(call(editor, "POST", "/distribution/schedule", schedule), 201);
    await runJobs(t, tasks);
    const state = await expectStatus(call(editor, "GET", `/distribution/${id}/status`), 200);
    expect(state.status).toBe("Published");
    return { id, page: state.publishedUrl as string };
  };
  await submitItem(call, writer, item.id);
  const first = await publish(siteChannelId);
  // A version that leads nowhere, and one that goes out.
  const path = `/content/${item.id}/versions`;
  await expectStatus(call(writer, "POST", path, { body: "It is here, nearly.", baseVersion: 1 }), 201);
  await expectStatus(call(writer, "POST", path, { body: "It is here, at last.", baseVersion: 2 }), 201);
  const adaptation = await expectStatus(
    call(writer, "POST", `/content/${item.id}/adaptations`, { channelId: webhook.id, parts: [{ text: "Spring!" }] }),
    201,
  );
  await submitItem(call, writer, item.id, [String(adaptation.id)]);
  const second = await publish(siteChannelId);
  const told = await publish(webhook.id, { adaptationId: adaptation.id });
  const html = await (await testApp(t).request(new URL(second.page).pathname)).text();
  const beacon = new URL(html.match(/data-beacon="([^"]+)"/)![1]!, publicUrl).pathname;
  for (let visit = 0; visit < 3; visit++) await testApp(t).request(beacon, { method: "POST" });
  await makeDue(t);
  await runJobs(t, tasks);
  return { item, persona, campaign, webhook, adaptation, first, second, told };
}

describe("a lineage", () => {
  test("follows an item from its persona to its numbers", async () => {
    const { item, persona, campaign, webhook, adaptation, first, second, told } = await tellStory();
    const [lineage, ...others] = await follow(`contentItemId=${item.id}`);
    expect(others).toEqual([]);
    const metric = {
      source: "site",
      channelId: team.siteChannelId,
      scheduleId: second.id,
      state: "Measured",
      error: null,
    };
    const at = { fetchedAt: expect.stringMatching(/Z$/) };
    const publication = { status: "Published", removedAt: null, network: "site", channelName: "Site" };
    expect(lineage).toMatchObject({
      contentItemId: item.id,
      title: "Spring",
      status: "Published",
      persona: { id: persona.id, name: "Regular of the café", removed: false },
      campaign: { id: campaign.id, name: "Spring menu", removed: false },
      brief: { version: 1, goal: "Fill the tables.", channelMix: [{ network: "site", count: 1 }] },
      versionCount: 3,
    });
    expect(lineage!.versions).toMatchObject([
      {
        versionNumber: 3,
        isCurrent: true,
        updatedBy: team.writer.userId,
        adaptations: [
          {
            id: adaptation.id,
            channelId: webhook.id,
            publications: [{ scheduleId: told.id, network: "webhook", status: "Published", metrics: [] }],
          },
        ],
        publications: [
          {
            ...publication,
            scheduleId: second.id,
            publishedUrl: second.page,
            metrics: [
              { ...metric, ...at, metricType: "views", value: 3 },
              { ...metric, ...at, metricType: "reads", value: 0 },
              { ...metric, ...at, metricType: "clicks", value: 0 },
            ],
          },
        ],
      },
      {
        versionNumber: 1,
        isCurrent: false,
        adaptations: [],
        publications: [{ ...publication, scheduleId: first.id, metrics: [] }],
      },
    ]);
    const analytics = (await call(team.viewer, "GET", `/analytics/content/${item.id}`)).body;
    const [newest] = lineage!.versions as { publications: { metrics: object[] }[] }[];
    expect(newest!.publications[0]!.metrics).toEqual(analytics.metrics);
    expect(await follow(`personaId=${persona.id}`)).toEqual([lineage]);
    expect(await follow(`campaignId=${campaign.id}`)).toEqual([lineage]);
  });

  test("tells what was measured from what is stale and what is unknown", async () => {
    const { admin, siteChannelId } = team;
    const item = await makeItem(call, team.writer);
    const seeded = {
      id: item.id,
      workspaceId: admin.workspaceId,
      versionNumber: 1,
      contentHash: (item.currentVersion as { contentHash: string }).contentHash,
    };
    const bluesky = await seedChannel(t, admin.workspaceId);
    const now = new Date();
    const old = new Date(now.getTime() - 300 * 24 * 3_600_000).toISOString();
    const known = await seedPublication(t, seeded, admin, bluesky, { publishedAt: old });
    await seedFetched(t, known, {
      likes: { value: 0, at: now.toISOString() },
      reposts: { value: 2, at: old },
      replies: null,
      quotes: null,
    });
    const unknown = await seedPublication(t, seeded, admin, siteChannelId, { scheduledTime: now.toISOString() });
    const [{ versions }] = (await follow(`contentItemId=${item.id}`)) as [
      {
        versions: {
          publications: {
            scheduleId: string;
            metrics: { metricType: string; state: string; value: number | null }[];
          }[];
        }[];
      },
    ];
    const states = (scheduleId: string) =>
      Object.fromEntries(
        versions[0]!.publications
          .find((one) => one.scheduleId === scheduleId)!
          .metrics.map(({ metricType, state, value }) => [metricType, [state, value]]),
      );
    expect(states(known)).toEqual({
      likes: ["Measured", 0],
      reposts: ["Stale", 2],
      replies: ["Unknown", null],
      quotes: ["Unknown", null],
    });
    expect(states(unknown)).toEqual({ views: ["Unknown", null], reads: ["Unknown", null], clicks: ["Unknown", null] });
  });

  test("of a draft that nobody planned says so", async () => {
    const item = await makeItem(call, team.writer);
    expect(await follow(`contentItemId=${item.id}`)).toMatchObject([
      {
        persona: null,
        campaign: null,
        brief: null,
        publishedAt: null,
        versionCount: 1,
        versions: [{ versionNumber: 1, isCurrent: true, adaptations: [], publications: [] }],
      },
    ]);
  });

  test("goes on naming a persona that was removed, and an adaptation that went out and was removed", async () => {
    const persona = await makePersona(call, team.editor);
    const item = await makeItem(call, team.writer);
    await expectStatus(
      call(team.writer, "PUT", `/content/${item.id}/brief`, { personaId: persona.id, baseVersion: 0 }),
      200,
    );
    const adapt = async () => {
      const parts = [{ text: "Spring!" }];
      return (
        await expectStatus(
          call(team.writer, "POST", `/content/${item.id}/adaptations`, { channelId: team.siteChannelId, parts }),
          201,
        )
      ).id;
    };
    const [kept, dropped] = [await adapt(), await adapt()];
    const seeded = {
      id: item.id,
      workspaceId: team.id,
      versionNumber: 1,
      contentHash: (item.currentVersion as { contentHash: string }).contentHash,
    };
    const schedule = await seedPublication(t, seeded, team.admin, team.siteChannelId);
    await t.asOwner("update distribution_schedules set adaptation_id = $2 where id = $1", [schedule, kept]);
    await t.asOwner("update content_adaptations set removed_at = now() where id in ($1, $2)", [kept, dropped]);
    await expectStatus(call(team.editor, "DELETE", `/personas/${persona.id}`), 204);
    expect(await follow(`contentItemId=${item.id}`)).toMatchObject([
      {
        persona: { id: persona.id, removed: true },
        versions: [{ adaptations: [{ id: kept, publications: [{ scheduleId: schedule }] }], publications: [] }],
      },
    ]);
  });

  test("of a persona or a campaign comes by pages, the newest item first, archived ones among them", async () => {
    const persona = await makePersona(call, team.editor);
    const campaign = await makeCampaign(call, team.editor);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      const { id } = await makeItem(call, team.writer, { campaignId: campaign.id });
      await expectStatus(
        call(team.writer, "PUT", `/content/${id}/brief`, { personaId: persona.id, baseVersion: 0 }),
        200,
      );
      ids.unshift(id);
    }
    await makeItem(call, team.writer);
    await expectStatus(call(team.writer, "POST", `/content/${ids[1]}/archive`), 200);
    for (const query of [`personaId=${persona.id}`, `campaignId=${campaign.id}`]) {
      const seen: unknown[] = [];
      let cursor = "";
      do {
        const page = await expectStatus(ask(`${query}&limit=2${cursor}`), 200);
        seen.push(...page.items!.map(({ contentItemId }) => contentItemId));
        cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : "";
      } while (cursor);
      expect(seen).toEqual(ids);
    }
  });

  test.each([
    "",
    `contentItemId=${MADE_UP}&personaId=${MADE_UP}`,
    `personaId=${MADE_UP}&campaignId=${MADE_UP}`,
    "contentItemId=spring",
    `campaignId=${MADE_UP}&limit=0`,
    `campaignId=${MADE_UP}&sort=title`,
  ])("is not asked for by %s", async (query) => {
    expect(await ask(query)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
  });

  test("takes no cursor that isn't its own, and nobody who isn't signed in", async () => {
    expect((await ask(`campaignId=${MADE_UP}&cursor=abc`)).body.code).toBe("invalid_cursor");
    expect((await ask(`campaignId=${MADE_UP}`, null)).status).toBe(401);
  });

  test("of another workspace is as one of nothing", async () => {
    const persona = await makePersona(call, team.editor);
    const campaign = await makeCampaign(call, team.editor);
    const item = await makeItem(call, team.writer, { campaignId: campaign.id });
    await expectStatus(
      call(team.writer, "PUT", `/content/${item.id}/brief`, { personaId: persona.id, baseVersion: 0 }),
      200,
    );
    for (const [name, id] of [
      ["contentItemId", item.id],
      ["personaId", persona.id],
      ["campaignId", campaign.id],
    ]) {
      expect(said(await ask(`${name}=${id}`, stranger))).toEqual(said(await ask(`${name}=${MADE_UP}`, stranger)));
      expect(await follow(`${name}=${id}`)).toHaveLength(1);
    }
    expect((await ask(`contentItemId=${item.id}`, stranger)).status).toBe(404);
    expect((await ask(`campaignId=${campaign.id}`, stranger)).body.items).toEqual([]);
  });
});
