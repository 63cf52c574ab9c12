import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approveItem, type Planners, seedPlanners } from "#tests/factories/distribution";
import { caller } from "#tests/harness/app";
import { startCuttingProxy } from "#tests/harness/cutting-proxy";
import { testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { startMastodon } from "#tests/harness/mastodon";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { createChannels } from "@/channels/registry";
import { publishTask } from "@/features/distribution";
import { createSitePort } from "@/features/site";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

/** A network that knows posts by their words alone, once it has forgotten their keys: an imitated Mastodon that keeps none. */
const t = testDatabase();
const call = caller(t);
const publicUrl = "https://contentos.test";
let team: Planners;
let mastodon: Awaited<ReturnType<typeof startMastodon>>;
let proxy: Awaited<ReturnType<typeof startCuttingProxy>>;
let channelId: string;

beforeAll(async () => {
  team = await seedPlanners(t);
  mastodon = await startMastodon();
  mastodon.can.keysForMs = 0;
  proxy = await startCuttingProxy(mastodon.url);
  const asked = { network: "mastodon", server: proxy.url, accessToken: "a-token" };
  const made = await call(team.admin, "POST", "/distribution/channels", asked);
  expect([made.status, made.body]).toEqual([
    201,
    expect.objectContaining({ network: "mastodon", status: "Connected" }),
  ]);
  channelId = made.body.id as string;
});
afterAll(async () => {
  await proxy?.close();
  await mastodon?.close();
});

const run = async () => {
  await makeDue(t);
  const deps = {
    db: t.db,
    channels: createChannels({ site: createSitePort({ db: t.db, publicUrl }) }),
    keyring: testKeyring,
    storage: testStorage(),
    ...testOutside(t),
    fetch: createOutboundFetch({ allow: ["127.0.0.1"] }),
    clock: systemClock,
    log: pino({ level: "silent" }),
    publicUrl,
  };
  await runJobs(t, { "distribution.publish": publishTask(deps) });
};

async function plan(...texts: string[]) {
  const adaptation = { channelId, parts: texts.map((text) => ({ text })) };
  const { id: contentItemId, adaptationId } = await approveItem(call, team.editor, { adaptation });
  const scheduledTime = new Date().toISOString();
  const made = await call(team.editor, "POST", "/distribution/schedule", {
    contentItemId,
    channelId,
    scheduledTime,
    adaptationId,
  });
  expect([made.status, made.body]).toEqual([201, expect.anything()]);
  return made.body.id as string;
}
const status = async (id: string) => (await call(team.viewer, "GET", `/distribution/${id}/status`)).body;
const isPost = (method: string, path: string) => method === "POST" && path === "/api/v1/statuses";
const idsOf = (text: string) => mastodon.toots().flatMap((toot) => (toot.text === text ? [toot.id] : []));

describe("what a network is told of other parts with the same words", () => {
  it("tells where each is, and what may be under way", async () => {
    const words = "Good morning, as every day";
    const first = await plan(words);
    await run();
    expect(await status(first)).toMatchObject({ status: "Published", remoteId: idsOf(words)[0] });

    proxy.cut(isPost);
    const second = await plan(words);
    await run();
    expect((await status(second)).status).toBe("Unknown");
    proxy.pass();
    await run();
    expect(await status(second)).toMatchObject({ status: "Published", remoteId: idsOf(words)[1] });
    expect(idsOf(words)).toHaveLength(2);
  });

  it("sends a text of which only the line breaks have changed, though the first looks the same there", async () => {
    const first = await plan("One line\nand another, of our own");
    await run();
    const second = await plan("One line and another,\nof our own");
    await run();
    const [one, other] = [await status(first), await status(second)];
    expect([one.status, other.status]).toEqual(["Published", "Published"]);
    expect(other.remoteId).not.toBe(one.remoteId);
    expect(mastodon.toots().filter(({ text }) => text.includes("of our own"))).toHaveLength(2);
  });

  it("asks a person where two are under way with the same words, and sends nothing", async () => {
    const words = "Two at once";
    proxy.cut(isPost);
    const [one, other] = [await plan(words), await plan(words)];
    await run();
    expect([(await status(one)).status, (await status(other)).status]).toEqual(["Unknown", "Unknown"]);
    proxy.pass();
    for (let times = 0; times < 3; times += 1) await run();
    for (const id of [one, other])
      expect(await status(id)).toMatchObject({
        status: "Unknown",
        message: "The network can't tell whether it is there: look there, and say so here.",
      });
    expect(idsOf(words)).toHaveLength(2);
    const told = "select 1 from events where type = 'distribution.unknown' and payload->>'scheduleId' = any($1)";
    expect(await t.asOwner(told, [[one, other]])).toHaveLength(2);
  });

  it("knows the parts of one thread apart by what they answer", async () => {
    const words = "Again";
    let posts = 0;
    proxy.cut((method, path) => {
      if (isPost(method, path)) posts += 1;
      return isPost(method, path) && posts === 2;
    });
    const thread = await plan(words, words);
    await run();
    expect((await status(thread)).status).toBe("Unknown");
    proxy.pass();
    await run();
    const { attempts, parts } = (await status(thread)) as {
      attempts: { kind: string; outcome: string }[];
      parts: { remoteId: string }[];
    };
    // Found by asking, and not by sending it once more.
    expect(attempts.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(["Publish Lost", "Reconcile Published"]);
    expect(parts.map(({ remoteId }) => remoteId)).toEqual(idsOf(words));
    const toots = mastodon.toots().filter(({ text }) => text === words);
    expect(toots.map(({ in_reply_to_id: parent }) => parent)).toEqual([null, toots[0]!.id]);
  });
});
