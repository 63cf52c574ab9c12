import { sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { authPolicies } from "@/db/schema/auth";

const { requireSecondFactor, requireSso, sessionHours, idleMinutes, keyDays, tokenSeconds } = authPolicies;
const terms = { requireSecondFactor, requireSso, sessionHours, idleMinutes, keyDays, tokenSeconds };

export const findPolicy = async (tx: WorkspaceTx) => (await tx.select(terms).from(authPolicies))[0];

type Policy = NonNullable<Awaited<ReturnType<typeof findPolicy>>>;

export const writePolicy = (tx: WorkspaceTx, policy: Policy) =>
  tx
    .insert(authPolicies)
    .values(policy)
    .onConflictDoUpdate({ target: authPolicies.workspaceId, set: { ...policy, updatedAt: sql`now()` } });
