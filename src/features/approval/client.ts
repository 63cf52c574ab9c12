import type { GuestTx } from "@/db/client";
import type { GuestActor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import * as queries from "./queries";
import { decideStep, giveBack, goOn, notPending, type Step } from "./steps";

/** What is before a client, by item: the step that asks them, or the last one that a client decided. */
export async function reviewsForClient(tx: GuestTx, contentItemId?: string): Promise<Map<string, Step>> {
  const steps = await queries.clientSteps(tx, contentItemId);
  return new Map(steps.map((found) => [found.submission.contentItemId, found]));
}

/** Holds an item for a client, so that nobody decides on it meanwhile. @throws AppError `not_found` */
export async function holdForClient(tx: GuestTx, contentItemId: string) {
  if (!(await queries.lockItem(tx, contentItemId)))
    throw new AppError("not_found", "There is no such item behind this link.");
}

type Decision = {
  contentItemId: string;
  /** Of what the client saw: something else is not decided by it. */
  contentHash: string;
};

/**
 * Lets a client approve or decline what was put before them. The policies ask whether their link may decide and is of
 * that item; a guest is no member, so that no four eyes of members are asked.
 *
 * @throws AppError `not_found`, `not_pending`, `version_conflict` where something else is before them by now
 */
export async function decideAsClient(
  tx: GuestTx,
  guest: GuestActor,
  { contentItemId, contentHash }: Decision,
  verdict: Parameters<typeof decideStep>[3],
) {
  await holdForClient(tx, contentItemId);
  const found = (await reviewsForClient(tx, contentItemId)).get(contentItemId);
  if (found?.step.status !== "Pending") throw notPending();
  if (found.step.contentHash !== contentHash) {
    const { versionNumber, contentHash: current } = found.step;
    throw new AppError("version_conflict", "This was changed after you read it: read it again, and decide then.", {
      extensions: { current: { versionNumber, contentHash: current } },
    });
  }
  const decided = await decideStep(tx, guest, found, verdict, { decidedByGuest: guest.guestId });
  if (verdict.event === "approve") await goOn(tx, decided);
  else await giveBack(tx, decided);
  return decided;
}
