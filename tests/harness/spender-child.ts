import { createDatabase } from "@/db/client";
import { withWorkspace } from "@/db/scope";
import { reserveCredits } from "@/features/billing";

/** Reserves credits in a process of its own, says so, and never settles: to be killed. */
const { APP_URL = "", SESSION_ID = "", WORKSPACE_ID = "" } = process.env;
const db = createDatabase(APP_URL, undefined, { max: 1 });
const claim = { sessionId: SESSION_ID, workspaceId: WORKSPACE_ID, requestId: undefined };
for (;;) {
  const { reservationId } = await withWorkspace(db, claim, (tx) => reserveCredits(tx, { credits: 1, seconds: 1 }));
  console.log(reservationId);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
}
