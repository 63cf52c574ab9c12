import type { WorkspaceTx } from "@/db/client";
import { billingSubscriptions } from "@/db/schema/billing";

export const insertSubscription = (tx: WorkspaceTx) => tx.insert(billingSubscriptions).values({});
