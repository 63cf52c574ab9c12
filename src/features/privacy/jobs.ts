import type { Logger } from "pino";
import type { Database } from "@/db/client";
import type { SignDocument } from "@/features/auth";
import type { Payments } from "@/features/billing";
import type { Clock } from "@/platform/clock";
import type { Ledger } from "@/platform/ledger";
import type { Mailer } from "@/platform/mailer";
import type { Shredding } from "@/platform/shredding";
import * as queries from "./queries";

type Deps = {
  db: Database;
  identity: { documentSigner(): Promise<SignDocument> };
  mailer: Mailer;
  /** Written down outside of the database, so that a restored backup can be brought to where we are. */
  erasures: Ledger;
  /** Keys of what backups have of people. */
  shredding: Shredding;
  clock: Clock;
  log: Logger;
  publicUrl: string;
  /** Stripe, where plans are sold. */
  payments?: Pick<Payments, "cancelNow"> | null;
};

const RECEIPT = "contentos-erasure+json";

/** `privacy.erase`: does what is due, one person at a time, and tells each by a last mail, with a signed receipt. */
export const eraseTask = (deps: Deps) => async (): Promise<void> => {
  const { db, identity, log } = deps;
  await writeDownUntold(deps);
  await tellHeld(deps);
  await endPayments(deps);
  for (const id of await queries.findDue(db)) {
    // Ahead of the deed, since it may fail.
    const sign = await identity.documentSigner();
    const done = await queries.erase(db, id, (erased) => shred(deps, erased));
    if (!done) continue;
    await tell(deps, sign, id, done).catch((error: unknown) =>
      log.error({ err: error, erasureId: id }, "An erasure was done, and its receipt was not told"),
    );
  }
};

/** What backups have of them can't be read from then on, wherever copies are. */
async function shred({ shredding }: Deps, { userId, email }: queries.Erased) {
  const keys = await shredding.load();
  const count = keys.destroy([`person:${userId}`, keys.ofAddress(email)]);
  if (count > 0) await keys.save();
  return count;
}

/**
 * A subscription ends at Stripe before who pays it is erased: afterwards nobody could end it. Where that fails, they wait for
 * the next time.
 */
async function endPayments({ db, log, payments }: Deps) {
  for (const paying of await queries.findPaying(db)) {
    try {
      if (!payments) throw new Error("Plans are not sold here any more: set STRIPE_SECRET_KEY, or end it at Stripe");
      await payments.cancelNow(paying.subscriptionId);
      await queries.endPaying(db, paying);
    } catch (error) {
      log.error({ err: error, ...paying }, "An erasure waits, since a subscription could not be ended at Stripe");
    }
  }
}

/** Whoever asked is told once why it takes longer, and that they may complain of it (GDPR, articles 12 (4) and 17 (3) e). */
async function tellHeld({ db, mailer, log }: Deps) {
  for (const { erasureId, email, workspaces } of await queries.findHeld(db)) {
    try {
      await mailer.send({
        to: email,
        subject: "Your ContentOS account is not erased yet",
        text: `You asked that your account is erased. That has to wait: a legal hold says that nothing of what belongs to ${workspaces.join(", ")} may go, and you are or were a member there.

It is done by itself when the hold ends. You can take it back until then. If you think that the hold is wrong, ask an Admin of that workspace; you may also complain to a supervisory authority for data protection, or go to court.
`,
      });
      await queries.toldOfHold(db, erasureId);
    } catch (error) {
      log.error({ err: error, erasureId }, "An erasure is delayed by a legal hold, and who asked was not told");
    }
  }
}

/** A process ended, or the disk was full, between the deed and its line: the address is gone by now, so that nobody is mailed. */
async function writeDownUntold(deps: Deps) {
  const untold = await queries.findUntold(deps.db);
  if (untold.length === 0) return;
  const sign = await deps.identity.documentSigner();
  for (const one of untold)
    await writeDown(deps, sign, one).catch((err: unknown) =>
      deps.log.error({ err, erasureId: one.erasureId }, "An erasure was done, and could not be written down"),
    );
}

/** Outside of the database first, since a kept receipt says that this was done. */
async function writeDown(deps: Deps, sign: SignDocument, { erasureId, userId, counts, backupKeys }: queries.Untold) {
  const { db, erasures, clock, publicUrl } = deps;
  const at = clock.now().toISOString();
  const receipt = await sign(RECEIPT, { issuer: publicUrl, erasureId, userId, at, rows: counts, backupKeys });
  await erasures.add({ userId, at, receipt });
  await queries.keepReceipt(db, erasureId, receipt);
  return receipt;
}

async function tell(deps: Deps, sign: SignDocument, erasureId: string, { email, ...wiped }: queries.Erased) {
  const { mailer, publicUrl } = deps;
  const receipt = await writeDown(deps, sign, { erasureId, ...wiped });
  await mailer.send({
    to: email,
    subject: "Your ContentOS account was erased",
    text: `Your account was erased, as you asked. Nothing that names you is left in the database, and what backups made by ContentOS have of you can't be read any more.

What was done, and in how many rows of which table, is in this signed receipt:

${receipt}

It can be checked by the keys at ${publicUrl}/api/v1/review/jwks.json. This is the last mail that we send to this address.
`,
  });
}
