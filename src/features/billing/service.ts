import type { WorkspaceTx } from "@/db/client";
import * as queries from "./queries";

/** Every workspace begins on the free tier. */
export async function openSubscription(tx: WorkspaceTx) {
  await queries.insertSubscription(tx);
}
