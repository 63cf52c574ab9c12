import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { createDatabase } from "@/db/client";
import { withJob } from "@/db/scope";
import { verifyChain } from "@/features/audit";
import { startWorker } from "@/jobs/worker";
import type { JobClaim } from "@/platform/actor";
import { StartError } from "@/platform/errors";
import { createKeyring } from "@/platform/secrets";
import type { Stage } from "./admin-transfer";
import { createAnchors } from "./anchors";

/** Named for this process, so that no other worker takes the jobs. */
const TASK = `audit.verify_${process.pid}`;
const POLL_MS = 100;

type Checked = Awaited<ReturnType<typeof verifyChain>>;
type Tools = Stage & { workerPool: Pick<pg.Pool, "query"> };

/**
 * `admin audit verify [--workspace SLUG]`: the logs of all workspaces, or of one, each within its own scope.
 * @throws StartError that says which are broken, and where first
 */
export async function verifyHere(tools: Tools, slug: string | undefined): Promise<string> {
  const { rows } = await tools.workerPool.query<{ id: string; slug: string }>("select * from app.audited_workspaces()");
  const asked = rows.filter((row) => slug === undefined || row.slug === slug);
  if (asked.length === 0) throw new StartError(slug ? `There is no workspace ${slug}.` : "There is no workspace yet.");
  const broken: string[] = [];
  const count = await verifyEach(tools, asked, (name, found) => {
    const { kind, sequence, rowId } = found.firstBroken ?? {};
    const line = `${name}: ${found.status}, ${found.checked} rows, anchored up to ${found.anchoredTo ?? "nothing"}`;
    tools.say(
      found.firstBroken ? `${line}; first broken: ${kind} at ${sequence ?? "no seal"} (row ${rowId ?? "gone"})` : line,
    );
    if (found.status === "Broken") broken.push(name);
  });
  if (broken.length > 0) throw new StartError(`The audit log was changed past ContentOS: ${broken.join(", ")}.`);
  return `${count} rows are as they were written.`;
}

async function verifyEach(
  { config, secret, urls, log, workerPool }: Tools,
  workspaces: { id: string; slug: string }[],
  tell: (slug: string, found: Checked) => void,
): Promise<number> {
  const deps = { anchors: createAnchors(config), keyring: createKeyring(secret, config.previousSecrets) };
  const db = createDatabase(urls.app, undefined, { max: 2, applicationName: "contentos admin" });
  let count = 0;
  let left = workspaces.length;
  let failure: unknown;
  const verify = async ({ workspaceId }: Record<string, string>, claim: JobClaim) => {
    try {
      for (let from: number | null = 0; from !== null; ) {
        const start: number = from;
        const found: Checked = await withJob(db, claim, (tx, actor) => verifyChain(tx, actor, deps, start));
        count += found.checked;
        from = found.next;
        tell(workspaces.find(({ id }) => id === workspaceId)!.slug, found);
      }
    } catch (error) {
      failure = error;
    } finally {
      left -= 1;
    }
  };
  const worker = await startWorker({
    workerUrl: urls.worker,
    sessionUrl: urls.session,
    tasks: { [TASK]: verify },
    log,
  });
  try {
    for (const { id } of workspaces)
      await workerPool.query(
        "select graphile_worker.add_job($1, json_build_object('workspaceId', $2::text), max_attempts => 1)",
        [TASK, id],
      );
    while (left > 0) await delay(POLL_MS);
    if (failure) throw failure;
  } finally {
    await worker.stop();
    await db.pool.end();
  }
  return count;
}
