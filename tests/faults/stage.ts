import { expect } from "vitest";
import { approveItem, seedPlanners } from "#tests/factories/distribution";
import { caller } from "#tests/harness/app";
import type { BlueskyServer } from "#tests/peers/bluesky-server";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import { createKeyring } from "@/platform/secrets";
import type { OwnServer } from "./own-server";
import { type Exchange, startWatchingProxy } from "./watching-proxy";

export const SECRET = "the fault tests' own master secret, long enough to be one";
export const PUBLIC_URL = "https://contentos.test";

export type Network = "site" | "bluesky";
export type Item = { contentItemId: string; network: Network; texts: string[]; adaptationId: string | undefined };
export type Target = Item & { id: string };
export type Stage = Awaited<ReturnType<typeof setStage>>;

/** A workspace with a Bluesky account on a real server, reached through a proxy that watches; all of it by the API. */
export async function setStage({ t }: OwnServer, pds: BlueskyServer, name: string) {
  const call = caller(t, {
    keyring: createKeyring(SECRET),
    fetch: createOutboundFetch({ allow: ["127.0.0.1", "localhost"] }),
  });
  const team = await seedPlanners(t);
  await t.asOwner("update workspace_keys set wrapped_key = $2 where workspace_id = $1", [
    team.id,
    createKeyring(SECRET).newWorkspaceKey(),
  ]);
  const account = await pds.createAccount(name);
  /** Writes that the server was about to hear of while no attempt stood in the database. */
  const unannounced: string[] = [];
  const proxy = await startWatchingProxy(pds.pdsUrl, async (rkey) => {
    const rows = await t.asOwner(
      `select 1 from distribution_parts p
       join distribution_attempts a on a.workspace_id = p.workspace_id and a.schedule_id = p.schedule_id
       where p.remote_key = $1 and a.kind = 'Publish' and a.ended_at is null`,
      [rkey],
    );
    if (rows.length !== 1) unannounced.push(rkey);
  });
  const channel = await call(team.admin, "POST", "/distribution/channels", {
    network: "bluesky",
    service: proxy.url,
    identifier: account.handle,
    appPassword: account.appPassword,
  });
  expect([channel.status, channel.body]).toEqual([201, expect.anything()]);
  const channels: Record<Network, string> = { site: team.siteChannelId, bluesky: channel.body.id as string };

  let written = 0;
  const targets: Target[] = [];
  return {
    t,
    pds,
    proxy,
    account,
    team,
    unannounced,
    /** All that was scheduled so far. */
    targets,
    /** Approves an item with a text for each part, each of them unlike any other. */
    async prepare(network: Network, parts: number): Promise<Item> {
      written += 1;
      const texts = Array.from({ length: parts }, (_, at) => `Story ${written}, part ${at + 1} of ${parts}`);
      const { id, adaptationId } = await approveItem(call, team.editor, {
        title: `Story ${written}`,
        body: `It is story *${written}*.`,
        ...(network === "bluesky" && {
          adaptation: { channelId: channels.bluesky, parts: texts.map((text) => ({ text })) },
        }),
      });
      return { contentItemId: id, network, texts, adaptationId };
    },
    async schedule(item: Item, inMs: number): Promise<Target> {
      const made = await call(team.editor, "POST", "/distribution/schedule", {
        contentItemId: item.contentItemId,
        channelId: channels[item.network],
        scheduledTime: new Date(Date.now() + inMs).toISOString(),
        ...(item.adaptationId && { adaptationId: item.adaptationId }),
      });
      expect([made.status, made.body]).toEqual([201, expect.anything()]);
      const target = { ...item, id: made.body.id as string };
      targets.push(target);
      return target;
    },
    close: () => proxy.close(),
  };
}

type Row = { id: string; status: string; message: string | null; open: string; told: string };

/** Whatever is lost, doubled, stuck or untold; empty where all is as it was planned. */
export async function findings(stage: Stage): Promise<string[]> {
  const { t, team, targets, unannounced, proxy } = stage;
  const rows = await t.asOwner<Row>(
    `select s.id, s.status, s.message,
       (select count(*) from distribution_attempts a where a.workspace_id = s.workspace_id and a.schedule_id = s.id and a.ended_at is null) as open,
       (select count(*) from events e where e.type = 'distribution.published' and e.payload->>'scheduleId' = s.id::text) as told
     from distribution_schedules s where s.workspace_id = $1`,
    [team.id],
  );
  const found = unannounced.map((rkey) => `unannounced: ${rkey} was written while no attempt was committed`);
  if (rows.length !== targets.length) found.push(`lost: ${rows.length} schedules of ${targets.length}`);
  for (const { id, status, message, open, told } of rows) {
    if (status !== "Published") found.push(`stuck: ${id} is ${status} (${message})`);
    if (Number(open) !== 0) found.push(`stuck: ${id} has an attempt that nobody works on`);
    if (Number(told) !== 1) found.push(`told: ${id} was told ${told} times`);
  }
  const jobs = await t.asOwner<{ n: string }>(
    "select count(*) as n from graphile_worker.jobs where task_identifier = 'distribution.publish'",
  );
  if (Number(jobs[0]!.n) !== 0) found.push(`stuck: ${jobs[0]!.n} jobs are left`);
  return [...found, ...rewritten(proxy.exchanges), ...(await strayPages(stage)), ...(await strayPosts(stage))];
}

/** Keys that were written a second time without the server having said in between that nothing is there. */
function rewritten(exchanges: Exchange[]): string[] {
  const there = new Set<string>();
  const found: string[] = [];
  for (const { rkey, kind } of exchanges) {
    if (kind === "absent") there.delete(rkey);
    if (kind !== "written") continue;
    if (there.has(rkey)) found.push(`unasked: ${rkey} was written again`);
    there.add(rkey);
  }
  return found;
}

async function strayPages({ t, team, targets }: Stage): Promise<string[]> {
  const pages = await t.asOwner<{ content_item_id: string; keys: string; removed: boolean }>(
    `select content_item_id, cardinality(remote_keys) as keys, removed_at is not null as removed
     from site_pages where workspace_id = $1`,
    [team.id],
  );
  const items = targets.filter(({ network }) => network === "site").map(({ contentItemId }) => contentItemId);
  const sound = pages.filter(({ keys, removed }) => Number(keys) === 1 && !removed).map((page) => page.content_item_id);
  return differences("page", items, sound);
}

type Post = Awaited<ReturnType<BlueskyServer["listPosts"]>>[number];

/** The server's own list against the schedules' parts: keys, texts, and each reply under the part before it. */
async function strayPosts({ t, team, targets, pds, account }: Stage): Promise<string[]> {
  const posts = await pds.listPosts(account.did);
  const parts = await t.asOwner<{
    schedule_id: string;
    position: number;
    remote_key: string;
    remote_id: string | null;
  }>(
    `select p.schedule_id, p.position, p.remote_key, p.remote_id from distribution_parts p
     join channels c on c.workspace_id = p.workspace_id and c.id = p.channel_id
     where p.workspace_id = $1 and c.network = 'bluesky' order by p.schedule_id, p.position`,
    [team.id],
  );
  const keyOf = (uri: string) => uri.slice(uri.lastIndexOf("/") + 1);
  const byKey = new Map(posts.map((post) => [keyOf(post.uri), post]));
  const found = differences(
    "post",
    parts.map(({ remote_key }) => remote_key),
    posts.map(({ uri }) => keyOf(uri)),
  );
  for (const target of targets.filter(({ network }) => network === "bluesky")) {
    const own = parts.filter(({ schedule_id }) => schedule_id === target.id);
    const out = own.map(({ remote_key }) => byKey.get(remote_key)).filter((post) => post !== undefined);
    if (own.some(({ remote_id, remote_key }) => remote_id !== byKey.get(remote_key)?.uri))
      found.push(`unlinked: ${target.id} names other posts than its own`);
    if (JSON.stringify(out.map(shown)) !== JSON.stringify(thread(target.texts, out)))
      found.push(`unlinked: ${target.id} is ${JSON.stringify(out.map(shown))}`);
  }
  return found;
}

const shown = ({ value }: Post) => {
  const reply = value.reply as { root: { uri: string }; parent: { uri: string } } | undefined;
  return [value.text, reply?.root.uri ?? null, reply?.parent.uri ?? null];
};
const thread = (texts: string[], out: Post[]) =>
  texts.map((text, at) => (at === 0 ? [text, null, null] : [text, out[0]?.uri, out[at - 1]?.uri]));

function differences(what: string, wanted: string[], there: string[]): string[] {
  const count = (list: string[], id: string) => list.filter((each) => each === id).length;
  return [...new Set([...wanted, ...there])].flatMap((id) => {
    const [planned, seen] = [count(wanted, id), count(there, id)];
    if (planned === seen) return [];
    return [`${seen > planned ? "doubled" : "lost"}: ${what} ${id} is there ${seen} times, not ${planned}`];
  });
}
