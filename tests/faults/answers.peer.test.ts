import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { approveItem, type Planners, seedPlanners } from "#tests/factories/distribution";
import { caller } from "#tests/harness/app";
import { deadOrigin, routedFetch, startCuttingProxy } from "#tests/harness/cutting-proxy";
import { testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testOutside } from "#tests/harness/outside";
import { testStorage } from "#tests/harness/storage";
import { type BlueskyAccount, type BlueskyServer, blueskyMissing, startBluesky } from "#tests/peers/bluesky-server";
import { createChannels } from "@/channels/registry";
import { createSitePort } from "@/features/site";
import { createTasks } from "@/jobs/tasks";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const missing = blueskyMissing();
const t = testDatabase();
const outbound = createOutboundFetch({ allow: ["127.0.0.1", "localhost"] });
const call = caller(t, { fetch: outbound });
const publicUrl = "https://contentos.test";

type Proxy = Awaited<ReturnType<typeof startCuttingProxy>>;
type State = {
  status: string;
  remoteId: string | null;
  attempts: { kind: string; outcome: string | null }[];
  parts: { remoteId: string | null }[];
};

describe.skipIf(missing)(`an answer that is cut off${missing ? ` (skipped: ${missing})` : ""}`, () => {
  let pds: BlueskyServer;
  let proxy: Proxy;
  let dead: string;
  let team: Planners;
  let account: BlueskyAccount;
  let channelId: string;
  let route: string;
  let accounts = 0;

  beforeAll(async () => {
    pds = await startBluesky();
    proxy = await startCuttingProxy(pds.pdsUrl);
    dead = await deadOrigin();
  });
  afterAll(async () => {
    await proxy?.close();
    await pds?.close();
  });
  beforeEach(async () => {
    proxy.pass();
    route = proxy.url;
    accounts += 1;
    team = await seedPlanners(t);
    account = await pds.createAccount(`cut${process.pid}x${accounts}`);
    const channel = await call(team.admin, "POST", "/distribution/channels", {
      network: "bluesky",
      service: pds.pdsUrl,
      identifier: account.handle,
      appPassword: account.appPassword,
    });
    expect([channel.status, channel.body]).toEqual([201, expect.anything()]);
    channelId = channel.body.id as string;
  });

  async function plan(texts: string[]): Promise<string> {
    const item = await approveItem(call, team.editor, {
      adaptation: { channelId, parts: texts.map((text) => ({ text })) },
    });
    const made = await call(team.editor, "POST", "/distribution/schedule", {
      contentItemId: item.id,
      channelId,
      adaptationId: item.adaptationId,
      scheduledTime: new Date().toISOString(),
    });
    expect([made.status, made.body]).toEqual([201, expect.anything()]);
    return made.body.id as string;
  }
  const run = () =>
    runJobs(
      t,
      createTasks({
        db: t.db,
        channels: createChannels({ site: createSitePort({ db: t.db, publicUrl }) }),
        keyring: testKeyring,
        storage: testStorage(),
        ...testOutside(t),
        fetch: routedFetch(outbound, () => route),
        clock: systemClock,
        log: pino({ level: "silent" }),
        publicUrl,
      }),
    );
  /** What was put off is due now, so that no test waits. */
  const runLater = async () => {
    await makeDue(t);
    await run();
  };
  const state = async (id: string) =>
    (await call(team.viewer, "GET", `/distribution/${id}/status`)).body as unknown as State;
  const went = ({ attempts }: State) => attempts.map(({ kind, outcome }) => `${kind} ${outcome}`);
  const isWrite = (method: string, path: string) => method === "POST" && path.includes("putRecord");

  it("leaves one post: its state is Unknown until the server is asked, and Published then", async () => {
    const id = await plan(["Only once"]);
    proxy.cut(isWrite);
    await run();
    expect(await pds.listPosts(account.did)).toHaveLength(1);
    const unknown = await state(id);
    expect([unknown.status, went(unknown), unknown.parts[0]!.remoteId]).toEqual(["Unknown", ["Publish Lost"], null]);

    proxy.pass();
    await runLater();
    const posts = await pds.listPosts(account.did);
    expect(posts).toHaveLength(1);
    const known = await state(id);
    expect([known.status, went(known)]).toEqual(["Published", ["Publish Lost", "Reconcile Published"]]);
    expect([known.remoteId, known.parts[0]!.remoteId]).toEqual([posts[0]!.uri, posts[0]!.uri]);
  });

  it("stays Unknown while the server can't be asked, and sends nothing meanwhile", async () => {
    const id = await plan(["Only once"]);
    proxy.cut(isWrite);
    await run();
    proxy.pass();
    route = dead;
    await runLater();
    await runLater();
    const unknown = await state(id);
    expect([unknown.status, went(unknown)]).toEqual([
      "Unknown",
      ["Publish Lost", "Reconcile Passing", "Reconcile Passing"],
    ]);
    route = proxy.url;
    await runLater();
    expect((await state(id)).status).toBe("Published");
    expect(await pds.listPosts(account.did)).toHaveLength(1);
  });

  it("in the middle of a thread leaves no part twice, and the rest follows under it", async () => {
    const id = await plan(["One", "Two", "Three"]);
    let writes = 0;
    proxy.cut((method, path) => {
      if (!isWrite(method, path)) return false;
      writes += 1;
      return writes === 2;
    });
    await run();
    expect([(await state(id)).status, (await pds.listPosts(account.did)).length]).toEqual(["Unknown", 2]);
    await runLater();
    await runLater();
    const known = await state(id);
    expect([known.status, went(known)]).toEqual([
      "Published",
      ["Publish Lost", "Reconcile Absent", "Publish Published"],
    ]);
    const posts = await pds.listPosts(account.did);
    expect(posts.map(({ value }) => value.text)).toEqual(["One", "Two", "Three"]);
    expect(known.parts.map(({ remoteId }) => remoteId)).toEqual(posts.map(({ uri }) => uri));
    const parents = posts.map(({ value }) => (value.reply as { parent: { uri: string } } | undefined)?.parent.uri);
    expect(parents).toEqual([undefined, posts[0]!.uri, posts[1]!.uri]);
    expect(writes).toBe(3);
  });
});
