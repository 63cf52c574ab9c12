import type pg from "pg";
import { setTier, topUp } from "@/features/billing";
import { TIER_NAMES, type TierName } from "@/features/billing/contract";
import { sqlState } from "@/http/problem";
import { isUuid } from "@/platform/actor";
import { StartError } from "@/platform/errors";

type Operator = Pick<pg.Pool, "query">;
type Asked = { workspace?: string; add?: string; note?: string; tier?: string };

const MAX_CREDITS = 10_000_000;

/** `admin credits --workspace ID [--add 500 [--note TEXT]] [--tier Team]`: what a workspace has, after what is asked was done. */
export async function manageCredits(operator: Operator, { workspace, add, note, tier }: Asked): Promise<string> {
  if (!workspace) throw new StartError("Say whose: npm run admin -- credits --workspace ID");
  const named = TIER_NAMES.find((name) => name === tier);
  if (tier !== undefined && !named) throw new StartError(`--tier is one of ${TIER_NAMES.join(", ")}.`);
  const credits = Number(add ?? 0);
  if (!Number.isInteger(credits) || Math.abs(credits) > MAX_CREDITS) {
    throw new StartError(`--add is a whole number up to ${MAX_CREDITS}; below zero takes back what was added.`);
  }
  const told = isUuid(workspace)
    ? await change(operator, workspace, { named, credits, note: note ?? null })
    : undefined;
  if (!told) throw new StartError(`There is no workspace with the id ${workspace}.`);
  const { included, used, reserved, toppedUp, remaining } = told;
  return `${remaining} credits remain: ${included} included this month, ${used} used, ${reserved} reserved, ${toppedUp} topped up.`;
}

async function change(
  operator: Operator,
  workspace: string,
  { named, credits, note }: { named: TierName | undefined; credits: number; note: string | null },
) {
  if (named && !(await setPlan(operator, workspace, named))) return undefined;
  return topUp(operator, workspace, credits, note);
}

/** `admin tier Team --workspace ID`: the plan of the account that pays for a workspace; `default` gives it the deployment's. */
export async function managePlan(
  operator: Operator,
  { workspace, tier }: { workspace?: string; tier: string | undefined },
): Promise<string> {
  const named = TIER_NAMES.find((name) => name === tier);
  if (!named && tier !== "default") {
    throw new StartError(`Say which: npm run admin -- tier ${TIER_NAMES.join("|")}|default --workspace ID`);
  }
  if (!workspace) throw new StartError(`Say whose: npm run admin -- tier ${tier} --workspace ID`);
  const told = isUuid(workspace) ? await setPlan(operator, workspace, named ?? null) : undefined;
  if (!told) throw new StartError(`There is no workspace with the id ${workspace}.`);
  return `The account that pays for this workspace has the plan ${told.tier} now; it is in the audit log of each of its workspaces.`;
}

async function setPlan(operator: Operator, workspace: string, tier: TierName | null) {
  try {
    return await setTier(operator, workspace, tier);
  } catch (error) {
    if (sqlState(error) !== "CO409") throw error;
    throw new StartError("This account pays by Stripe: change its plan there, or have it canceled first.");
  }
}
