import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import * as sso from "../sso/queries";
import type { SecurityPolicyInput } from "./contract";
import { requireAdmin } from "./policy";
import * as queries from "./queries";

const NOTHING = {
  requireSecondFactor: false,
  requireSso: false,
  sessionHours: null as number | null,
  idleMinutes: null as number | null,
  keyDays: null as number | null,
  tokenSeconds: null as number | null,
};
type Terms = typeof NOTHING;

/** When a key that is made now ends at the latest; null for never. */
export async function latestKeyEnd(tx: WorkspaceTx, now: Date) {
  const days = (await queries.findPolicy(tx))?.keyDays;
  return days ? new Date(now.getTime() + days * 86_400_000) : null;
}

export async function getSecurityPolicy(tx: WorkspaceTx, actor: Actor) {
  requireAdmin(actor);
  return (await queries.findPolicy(tx)) ?? NOTHING;
}

/** @param hasTwo whether whoever sets it has shown two factors: nobody shuts themselves out */
export async function writeSecurityPolicy(tx: WorkspaceTx, actor: Actor, input: SecurityPolicyInput, hasTwo: boolean) {
  requireAdmin(actor);
  const { idleMinutes, keyDays, tokenSeconds } = (await queries.findPolicy(tx)) ?? NOTHING;
  const policy = { idleMinutes, keyDays, tokenSeconds, ...given(input) } as Terms;
  if (policy.requireSecondFactor && !hasTwo)
    throw new AppError("second_factor_required", "Set up your own second factor first: you would shut yourself out.");
  if (policy.requireSso) {
    const domains = await sso.listDomains(tx);
    if (!(await sso.readConnection(tx)) || !domains.some(({ verifiedAt }) => verifiedAt))
      throw new AppError("sso_not_configured", "Set up the identity provider and verify a domain first.");
  }
  await queries.writePolicy(tx, policy);
  const subject = { subjectType: "workspace", subjectId: actor.workspaceId };
  await record(tx, actor, { action: "auth.policy_changed", ...subject, detail: policy });
  return policy;
}

/** Without what was left out, so that it doesn't stand over what is there. */
const given = (input: SecurityPolicyInput) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Terms> &
    SecurityPolicyInput;
