import type { Logger } from "pino";
import type { Database } from "@/db/client";
import { enqueue } from "@/db/queue";
import { withJob } from "@/db/scope";
import { record } from "@/features/audit";
import type { SignDocument } from "@/features/auth";
import { addressesToPurge } from "@/features/site";
import type { JobClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import type { Ledger } from "@/platform/ledger";
import type { Mailer } from "@/platform/mailer";
import type { Purge } from "@/platform/purger";
import type { Shredding } from "@/platform/shredding";
import type { Storage } from "@/platform/storage/storage";
import { removeFiles } from "./files";
import * as queries from "./queries";
import { ERASE_WORKSPACE } from "./service";

type Deps = {
  db: Database;
  identity: { documentSigner(): Promise<SignDocument> };
  storage: Storage;
  purge?: Purge | null;
  mailer: Mailer;
  /** Written down outside of the database, so that a restored backup can be brought to where we are. */
  erasures: Ledger;
  /** Keys of what backups have of workspaces. */
  shredding: Shredding;
  clock: Clock;
  log: Logger;
  publicUrl: string;
};

const RECEIPT = "contentos-workspace-erasure+json";

/**
 * `privacy.erase_workspace`: caches of the site, files, and then the rows, layer by layer. Each step finds what is left, so
 * that a job which was cut off anywhere goes on when it is begun again. Files go once more in the end, since an upload may
 * have been on its way.
 */
export const eraseWorkspaceTask =
  (deps: Deps) =>
  async ({ erasureId = "" }: Record<string, string>, claim: JobClaim, signal: AbortSignal): Promise<void> => {
    const { db, identity, clock, erasures, publicUrl } = deps;
    const begun = await queries.begin(db, claim, erasureId);
    if (begun === "Held") return putOff(deps, claim, erasureId);
    if (!begun) return;
    // Ahead of the deed, since it may fail.
    const sign = await identity.documentSigner();
    // Addresses are made of rows, so that they are asked for before any is gone.
    const addresses = begun === "Begun" ? await purgeAll(deps, claim, signal) : 0;
    if (begun !== "Done") await eraseAll(deps, claim, erasureId, { addresses, signal });
    const last = await queries.step(db, claim, erasureId, {});
    if (last.status !== "Done") return;
    const objects = await removeFiles(deps.storage, last.workspaceId);
    const { done, workspaceId, addresses: admins } = await queries.step(db, claim, erasureId, { objects });
    const backupKeys = await queries.whileNoBackup(db, () => shred(deps, workspaceId));
    const at = clock.now().toISOString();
    const receipt = await sign(RECEIPT, { issuer: publicUrl, erasureId, workspaceId, at, backupKeys, ...done });
    await erasures.add({ workspaceId, at, receipt });
    await queries.keepReceipt(db, claim, erasureId, receipt);
    await tell(deps, admins, receipt);
  };

async function shred({ shredding }: Deps, workspaceId: string) {
  const keys = await shredding.load();
  const count = keys.destroy([`workspace:${workspaceId}`]);
  if (count > 0) await keys.save();
  return count;
}

const DAY_MS = 86_400_000;

/** A hold began in the moment in which it was asked for: it is looked at again each day, until somebody ends one of the two. */
const putOff = ({ db, clock }: Deps, claim: JobClaim, erasureId: string) =>
  withJob(db, claim, async (tx, actor) => {
    const runAt = new Date(clock.now().getTime() + DAY_MS);
    await enqueue(tx, { task: ERASE_WORKSPACE, payload: { erasureId }, runAt, jobKey: ERASE_WORKSPACE });
    record(tx, actor, {
      action: "privacy.workspace_erasure_held",
      subjectType: "workspace",
      subjectId: actor.workspaceId,
    });
  });

async function purgeAll({ db, publicUrl, purge }: Deps, claim: JobClaim, signal: AbortSignal): Promise<number> {
  if (!purge) return 0;
  const addresses = await withJob(db, claim, (tx) => addressesToPurge(tx, publicUrl, undefined));
  for (const url of addresses) {
    signal.throwIfAborted();
    await purge(url);
  }
  return addresses.length;
}

type Going = { addresses: number; signal: AbortSignal };

async function eraseAll(deps: Deps, claim: JobClaim, erasureId: string, { addresses, signal }: Going) {
  let { status, workspaceId } = await queries.step(deps.db, claim, erasureId, { addresses });
  while (status === "Running") {
    signal.throwIfAborted();
    const objects = await removeFiles(deps.storage, workspaceId);
    ({ status, workspaceId } = await queries.step(deps.db, claim, erasureId, { objects }));
  }
}

async function tell({ mailer, publicUrl, log }: Deps, addresses: string[], receipt: string) {
  for (const to of addresses) {
    await mailer
      .send({
        to,
        subject: "A workspace was erased",
        text: `A workspace whose Admin you were was erased, as its owner had asked. Nothing of it is left in the database, among the files or on its site.

What was done, and in how many rows of which table, is in this signed receipt. The head of its audit log is in it as well: an export that you made of that log is proved by it.

${receipt}

It can be checked by the keys at ${publicUrl}/api/v1/review/jwks.json.
`,
      })
      .catch((err: unknown) => log.error({ err }, "A workspace was erased, and an Admin was not told"));
  }
}
