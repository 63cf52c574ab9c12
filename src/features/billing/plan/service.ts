import type { PersonTx, WorkspaceTx } from "@/db/client";
import { AppError } from "@/platform/errors";
import { type LimitName, TIERS } from "../tiers";
import * as queries from "./queries";

type Tx = WorkspaceTx;

/** How much is used of each limit. */
export const usedOf = (usage: queries.Usage): Record<LimitName, number> => ({
  seats: usage.members + usage.invited,
  workspaces: usage.workspaces,
  channels: usage.channels,
  storageBytes: usage.storageBytes,
});

const GIB = 1024 ** 3;

/** What is full, and how there is room again. */
const FULL: Record<LimitName, (allowed: number) => string> = {
  seats: (n) => `${n} members, open invitations among them: remove one`,
  workspaces: (n) => `${n === 1 ? "1 workspace" : `${n} workspaces`}: have one taken over by its owner`,
  channels: (n) => `${n} channels: disconnect one`,
  storageBytes: (n) => `${n / GIB} GiB of files: remove some`,
};

function planLimit(usage: Pick<queries.Usage, "tier">, limit: LimitName, used: number) {
  const { tier } = usage;
  const allowed = TIERS[tier][limit];
  return new AppError(
    "plan_limit",
    `The plan ${tier} has room for ${FULL[limit](allowed)}, or have whoever pays choose a greater plan in the settings under Billing.`,
    { extensions: { limit: { name: limit, tier, allowed, used } } },
  );
}

/** Whether the account pays for more workspaces than its plan has, and this is one of those that came last. */
export const isOverPlan = ({ tier, ahead }: Pick<queries.Usage, "tier" | "ahead">) => ahead >= TIERS[tier].workspaces;

/** What is there can be read, edited and exported; nothing is added, planned or spent. */
function requirePlace(usage: queries.Usage) {
  if (!isOverPlan(usage)) return;
  const { tier, workspaces } = usage;
  const allowed = TIERS[tier].workspaces;
  throw new AppError(
    "workspace_over_plan",
    `The plan ${tier} has ${allowed === 1 ? "1 workspace" : `${allowed} workspaces`}, and this is one beyond: nothing is lost, and nothing is added until whoever pays chooses a greater plan in the settings under Billing.`,
    { extensions: { limit: { name: "workspaces", tier, allowed, used: workspaces } } },
  );
}

/**
 * Does what takes of a limit, where there is room. Of two at once the second waits for the first to commit, since both hold
 * the workspace's subscription until the end of their transactions. What takes nothing more is never refused.
 * @throws AppError `plan_limit`, `workspace_over_plan`
 */
export async function withinPlan<T>(
  tx: Tx,
  limit: Exclude<LimitName, "workspaces">,
  work: () => Promise<T>,
): Promise<T> {
  const before = await queries.usage(tx, { hold: true });
  const done = await work();
  const after = await queries.usage(tx, { hold: true });
  const [had, has] = [usedOf(before)[limit], usedOf(after)[limit]];
  if (has <= had) return done;
  requirePlace(before);
  if (has > TIERS[before.tier][limit]) throw planLimit(before, limit, had);
  return done;
}

/** For who has just become a member in this transaction; what is invited has its seat, and gives it to them. */
export async function requireSeat(tx: Tx) {
  const usage = await queries.usage(tx, { hold: true });
  requirePlace(usage);
  if (usage.members > TIERS[usage.tier].seats) throw planLimit(usage, "seats", usage.members - 1);
}

/** For who is about to have one workspace more; their account is held until the end of the transaction. */
export async function requireWorkspaceRoom(tx: PersonTx | Tx) {
  const { tier, workspaces } = await queries.holdOwnAccount(tx);
  if (workspaces >= TIERS[tier].workspaces) throw planLimit({ tier }, "workspaces", workspaces);
}

/** Nothing new is planned on channels beyond the plan's number; the ones that are there longest are within it. */
export async function requireChannelInPlan(tx: Tx, channelId: string) {
  const usage = await queries.usage(tx, { hold: false, channelId });
  requirePlace(usage);
  if (usage.channelsAhead >= TIERS[usage.tier].channels) throw planLimit(usage, "channels", usage.channels);
}

export async function requireWithinWorkspaces(tx: Tx) {
  requirePlace(await queries.usage(tx, { hold: false }));
}
