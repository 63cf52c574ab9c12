import type { z } from "zod";
import { type Account, type CallContext, ChannelError, type Connected } from "@/channels/adapter";
import type { Channels } from "@/channels/registry";
import { BUILT_IN, CHANNEL_RULES, type Network } from "@/channels/rules";
import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import { withinPlan } from "@/features/billing";
import { workspaceKey } from "@/features/workspaces";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor, AnyActor } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import { keepAccess } from "./access";
import type { ChannelStatus, ListChannels } from "./contract";
import { canAdminister } from "./policy";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** How networks are reached. */
export type Reach = { channels: Channels; fetch: OutboundFetch; clock: Clock };

/** How long a person waits for a network, in ms. */
const CALL_TIMEOUT_MS = 30_000;

const noSuchChannel = () => new AppError("not_found", "There is no such channel in this workspace.");

export function requireAdmin(actor: Actor) {
  if (!canAdminister(actor))
    throw new AppError("forbidden", "Only Admins set up channels: ask one of your workspace.", {
      reason: "needs_admin",
    });
}

const isBuiltIn = ({ network }: queries.ChannelRow) => network === BUILT_IN;

function present(row: queries.ChannelRow) {
  const network = row.network as Network;
  const { label, limits } = CHANNEL_RULES[network];
  const { maxGraphemes = null, maxBytes = null } = limits;
  return { ...row, network, label, builtIn: isBuiltIn(row), limits: { ...limits, maxGraphemes, maxBytes } };
}

const recorded = (tx: Tx, actor: AnyActor, verb: string, subjectId: string, detail: Record<string, unknown> = {}) =>
  record(tx, actor, { action: `channels.${verb}`, subjectType: "channel", subjectId, detail });

export async function listChannels(tx: Tx, { network, limit, cursor }: z.output<typeof ListChannels>) {
  const after = decodeCursor(cursor, "createdAt");
  const rows = await queries.listChannels(tx, { network, after, count: limit + 1 });
  return toPage(rows.map(present), limit, "createdAt", (row) => row.createdAt.toISOString());
}

export async function getChannel(tx: Tx, id: string) {
  const channel = await queries.findChannel(tx, id);
  if (!channel) throw noSuchChannel();
  return present(channel);
}

/** Asks the network; not to be called in a transaction. */
export async function tryCredentials(
  reach: Reach,
  { network, ...input }: Record<string, unknown> & { network: string },
): Promise<Connected<unknown>> {
  try {
    return await reach.channels[network as Network].connect(input, callContext(reach));
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const isClear = error.kind === "refused" || error.kind === "revoked";
    throw new AppError(isClear ? "channel_refused" : "channel_unreachable", error.message, { cause: error });
  }
}

const callContext = ({ fetch, clock }: Reach): CallContext => ({
  fetch,
  clock,
  signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
});

/** Keeps an account whose credentials were tried. One that is known stays the same channel, under the name it has. */
export async function connectChannel(
  tx: Tx,
  actor: Actor,
  { network, connected }: { network: string; connected: Connected<unknown> },
  { keyring, channels }: { keyring: Keyring; channels: Channels },
) {
  requireAdmin(actor);
  const { name, remoteAccount, reveal } = connected;
  const key = await workspaceKey(tx);
  const account = () => queries.lockAccount(tx, network, remoteAccount);
  const change = { status: "Connected", healthMessage: null, checked: true, removed: false } as const;
  const channel = await withinPlan(tx, "channels", async () => {
    const { id } =
      (await account()) ??
      (await queries.insertChannel(tx, { network, name, remoteAccount, createdBy: actor.userId })) ??
      (await account())!;
    return queries.updateChannel(tx, id, change);
  });
  const before = await queries.findSealed(tx, channel.id);
  const { keep } = channels[network as Network];
  const known = keep && before && openSealed(keyring, key, before, channel);
  const { credentials, accessEndsAt } = known ? keep(known, connected) : connected;
  const sealed = keyring.seal(key, Buffer.from(JSON.stringify(credentials)), associatedData(channel));
  if (!(await queries.updateSealed(tx, channel.id, sealed))) await queries.insertSealed(tx, channel.id, sealed);
  await keepAccess(tx, channel.id, accessEndsAt);
  await recorded(tx, actor, "connected", channel.id, { network });
  await emit(tx, { type: "channels.connected", subjectId: channel.id, payload: { network } });
  return { ...(await getChannel(tx, channel.id)), ...(reveal && { reveal }) };
}

/** Undefined for what was disconnected, or opens no longer: connecting again is how that is put right. */
function openSealed(keyring: Keyring, key: Buffer, sealed: Buffer, channel: queries.ChannelRow): unknown {
  try {
    return JSON.parse(keyring.open(key, sealed, associatedData(channel)).toString());
  } catch {
    return undefined;
  }
}

/** Sealed credentials open for their own channel only. */
const associatedData = ({ workspaceId, id }: Pick<queries.ChannelRow, "workspaceId" | "id">) => [
  "channel credentials",
  workspaceId,
  id,
];

export async function updateChannel(tx: Tx, actor: Actor, { id, name }: { id: string; name: string }) {
  const channel = await lockForAdmin(tx, actor, id);
  if (channel.name === name) return present(channel);
  const renamed = await queries.updateChannel(tx, id, { name });
  await recorded(tx, actor, "renamed", id);
  return present(renamed);
}

/** Its credentials are overwritten; whoever connects the same account again finds the same channel. */
export async function disconnectChannel(tx: Tx, actor: Actor, { id }: { id: string }) {
  const channel = await lockForAdmin(tx, actor, id);
  if (isBuiltIn(channel)) throw new AppError("channel_built_in", "The workspace's own site can't be disconnected.");
  const { network } = channel;
  await queries.updateChannel(tx, id, { status: "Disconnected", healthMessage: null, removed: true });
  await queries.updateSealed(tx, id, Buffer.alloc(0));
  await keepAccess(tx, id, undefined);
  await recorded(tx, actor, "disconnected", id, { network });
  await emit(tx, { type: "channels.disconnected", subjectId: id, payload: { network } });
}

async function lockForAdmin(tx: Tx, actor: Actor, id: string) {
  const channel = await queries.lockChannel(tx, id);
  if (!channel || channel.removedAt) throw noSuchChannel();
  requireAdmin(actor);
  return channel;
}

export type Health = { status: "Connected" } | { status: "Failing" | "Revoked"; message: string };

/** Whether the account works now; not to be called in a transaction. */
export async function tryAccount(reach: Reach, network: Network, account: Account<unknown>): Promise<Health> {
  try {
    await reach.channels[network].check(account, callContext(reach));
    return { status: "Connected" };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { status: error.kind === "revoked" ? "Revoked" : "Failing", message: error.message };
  }
}

/** What an Admin needs to try a channel that there is. */
export async function openForCheck(tx: Tx, actor: Actor, { id }: { id: string }, opening: Opening) {
  const channel = await queries.findChannel(tx, id);
  if (!channel) throw noSuchChannel();
  requireAdmin(actor);
  return { network: channel.network as Network, account: await openAccount(tx, id, opening) };
}

export async function checkChannel(tx: Tx, actor: Actor, account: OpenAccount, health: Health) {
  await lockForAdmin(tx, actor, account.channelId);
  await markHealth(tx, actor, account, health);
  return getChannel(tx, account.channelId);
}

type Found = Pick<OpenAccount, "channelId"> & Partial<Pick<OpenAccount, "isNewest">>;

/**
 * Keeps how a channel was found. One that was disconnected meanwhile stays so, and what the credentials of an earlier
 * connection met says nothing of those that somebody has given since.
 */
export async function markHealth(tx: Tx, actor: AnyActor, found: Found, health: Health): Promise<void> {
  const { channelId } = found;
  const before = await queries.lockChannel(tx, channelId);
  if (!before) throw noSuchChannel();
  if (before.status === "Disconnected" || (found.isNewest && !(await found.isNewest(tx)))) return;
  const { status } = health;
  const healthMessage = status === "Connected" ? null : health.message;
  await queries.updateChannel(tx, channelId, { status, healthMessage, checked: true });
  if (status === before.status) return;
  await recorded(tx, actor, "health_changed", channelId, { from: before.status, to: status });
  if (status === "Revoked") {
    await emit(tx, { type: "channels.revoked", subjectId: channelId, payload: { network: before.network } });
  }
}

/** The channel that every workspace has from its founding. */
export async function createSiteChannel(tx: Tx, actor: AnyActor): Promise<void> {
  const row = { network: "site", name: "Site", remoteAccount: "site", createdBy: actor.userId };
  const channel = await queries.insertChannel(tx, row);
  if (channel) await recorded(tx, actor, "connected", channel.id, { network: row.network });
}

export type ChannelSummary = {
  id: string;
  network: Network;
  name: string;
  status: ChannelStatus;
  accessEndsAt: Date | null;
};

const summarize = ({ id, network, name, status, accessEndsAt }: queries.ChannelRow): ChannelSummary => ({
  id,
  network: network as Network,
  name,
  status,
  accessEndsAt,
});

/** Undefined where the workspace has no such channel. One that was disconnected is still told. */
export const channelOf = async (tx: Tx, id: string): Promise<ChannelSummary | undefined> =>
  (await channelsByIds(tx, [id])).get(id);

export async function channelsByIds(tx: Tx, ids: string[]): Promise<Map<string, ChannelSummary>> {
  const rows = ids.length > 0 ? await queries.findChannels(tx, [...new Set(ids)]) : [];
  return new Map(rows.map((row) => [row.id, summarize(row)]));
}

/** All that aren't disconnected, whatever their health: at most 1,000. */
export const connectedChannels = async (tx: Tx): Promise<ChannelSummary[]> =>
  (await queries.listChannels(tx, { network: undefined, after: undefined, count: 1_000 })).map(summarize);

export type Opening = {
  keyring: Keyring;
  /** Begins a transaction of its own in the same workspace, as an Admin or a job: `(work) => withJob(db, claim, work)`. */
  enter: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
};

const wasDisconnected = () => new AppError("channel_disconnected", "This channel was disconnected: connect it again.");

export type OpenAccount = Account<unknown> & {
  /** Whether nobody has connected the channel anew since; to be asked with the channel's row held. */
  isNewest(tx: Tx): Promise<boolean>;
};

/**
 * A channel's account with its secrets opened; its network is called after the transaction has ended.
 *
 * @throws AppError `not_found`, or `channel_disconnected`
 */
export async function openAccount(tx: Tx, channelId: string, { keyring, enter }: Opening): Promise<OpenAccount> {
  const [channel] = await queries.findChannels(tx, [channelId]);
  if (!channel) throw noSuchChannel();
  if (channel.status === "Disconnected") throw wasDisconnected();
  const { workspaceId } = channel;
  if (isBuiltIn(channel))
    return { channelId, workspaceId, credentials: {}, saveCredentials: async () => {}, isNewest: async () => true };
  const key = await workspaceKey(tx);
  let sealed = await queries.findSealed(tx, channelId);
  if (!sealed) throw new Error("This channel has no credentials, or its reader is neither an Admin nor a job");
  // Between the two statements somebody may have.
  if (sealed.length === 0) throw wasDisconnected();
  return {
    channelId,
    workspaceId,
    credentials: JSON.parse(keyring.open(key, sealed, associatedData(channel)).toString()),
    async saveCredentials(next, access) {
      const renewed = keyring.seal(key, Buffer.from(JSON.stringify(next)), associatedData(channel));
      // What somebody has connected meanwhile is newer than what this call renewed, and stays.
      const isKept = await enter(async (later) => {
        const isNewest = await queries.updateSealed(later, channelId, renewed, sealed);
        if (isNewest && access) await keepAccess(later, channelId, access.endsAt);
        return isNewest;
      });
      if (isKept) sealed = renewed;
    },
    isNewest: async (later) => (await queries.findSealed(later, channelId))?.equals(sealed!) ?? false,
  };
}
