import { createWriteStream, existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import { createDatabase, type Database } from "@/db/client";
import { readPerson, withWorkspace } from "@/db/scope";
import type { IdentityService } from "@/features/auth";
import {
  askForImportHere,
  downloadExport,
  exportTask,
  getExport,
  getImport,
  IMPORT_HERE,
  importHereTask,
  listImportEntries,
  openArchive,
  startExport,
  type TransferDeps,
} from "@/features/transfer";
import { ExportFilter, ImportOptions } from "@/features/transfer/contract";
import { listWorkspaces } from "@/features/workspaces";
import type { Tasks } from "@/jobs/tasks";
import { startWorker } from "@/jobs/worker";
import type { SessionClaim } from "@/platform/actor";
import { systemClock } from "@/platform/clock";
import type { Config } from "@/platform/config";
import { StartError } from "@/platform/errors";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import { createKeyring } from "@/platform/secrets";
import { createStorage } from "@/platform/storage/create";
import { react } from "@/reactions";
import type { DatabaseUrls } from "./database";

export type Flags = Partial<
  Record<
    "workspace" | "as" | "to" | "source" | "encoding" | "add" | "note" | "tier" | "reason" | "minutes" | "days",
    string
  >
> & {
  "dry-run"?: boolean;
};
export type Stage = {
  config: Config;
  secret: string;
  urls: DatabaseUrls;
  identity: IdentityService;
  log: Logger;
  say(line: string): void;
};

const POLL_MS = 500;

/** `admin import PATH --workspace SLUG --as EMAIL`: what lies at the path comes in as that person would bring it in. */
export async function importHere(stage: Stage, path: string, flags: Flags): Promise<string> {
  const from = resolve(process.env.INIT_CWD ?? process.cwd(), path);
  await stat(from).catch(() => {
    throw new StartError(`There is nothing at ${from}.`);
  });
  const options = ImportOptions.safeParse({
    ...(flags.source && { source: flags.source }),
    ...(flags.encoding && { encoding: flags.encoding }),
    dryRun: flags["dry-run"] ?? false,
  });
  if (!options.success) throw new StartError(`--${options.error.issues[0]!.path.join(".")} is not right.`);
  return asPerson(stage, flags, async (deps, claim) => {
    const wanted = { fileName: basename(from), options: options.data };
    const id = await withWorkspace(deps.db, claim, (tx, actor) => askForImportHere(tx, actor, wanted));
    const read = () => withWorkspace(deps.db, claim, (tx, actor) => getImport(tx, actor, id));
    const tasks = { [IMPORT_HERE]: importHereTask(deps, { importId: id, path: from }) };
    const done = await working(stage, tasks, read, ({ progress }) => `${progress.done} of ${progress.total ?? "?"}`);
    for await (const line of troubles(deps.db, claim, id)) stage.say(line);
    const counts = Object.entries(done.counts).map(([name, count]) => `${count} ${name}`);
    if (done.status !== "Finished") throw new StartError(`The import is ${done.status}: ${done.message ?? ""}`);
    return `${flags["dry-run"] ? "Would have been: " : ""}${counts.join(", ")}.`;
  });
}

/** What somebody has to look at. */
async function* troubles(db: Database, claim: SessionClaim, id: string): AsyncGenerator<string> {
  for (const outcome of ["Failed", "Conflict"] as const) {
    let cursor: string | undefined;
    do {
      const asked = { id, outcome, limit: 100, cursor };
      const page = await withWorkspace(db, claim, (tx, actor) => listImportEntries(tx, actor, asked));
      for (const { key, message } of page.items) yield `${outcome}: ${key}: ${message}`;
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
  }
}

/** `admin export --workspace SLUG --as EMAIL --to FILE` */
export async function exportHere(stage: Stage, flags: Flags): Promise<string> {
  if (!flags.to) throw new StartError("Say where the archive goes: --to FILE");
  const to = resolve(process.env.INIT_CWD ?? process.cwd(), flags.to);
  if (existsSync(to)) throw new StartError(`There is a file at ${to}: name another.`);
  return asPerson(stage, flags, async (deps, claim) => {
    const filter = ExportFilter.parse({});
    const { id } = await withWorkspace(deps.db, claim, (tx, actor) => startExport(tx, actor, { filter }));
    const read = () => withWorkspace(deps.db, claim, (tx, actor) => getExport(tx, actor, id));
    const done = await working(stage, { "transfer.export": exportTask(deps) }, read, () => "Writing the archive");
    if (done.status !== "Finished") throw new StartError(`The export is ${done.status}: ${done.message ?? ""}`);
    const archive = await withWorkspace(deps.db, claim, (tx, actor) => downloadExport(tx, actor, id));
    await pipeline(openArchive(deps, archive), createWriteStream(to, { flags: "wx", mode: 0o600 }));
    return `${done.items} items are in ${to}.`;
  });
}

type InWorkspace = (deps: TransferDeps, claim: SessionClaim) => Promise<string>;

/** A session of the person's, in the workspace of that address, until the command is done. */
async function asPerson({ config, secret, urls, identity, log }: Stage, flags: Flags, work: InWorkspace) {
  const { workspace, as } = flags;
  if (!workspace || !as) throw new StartError("Say for whom and where: --workspace SLUG --as EMAIL");
  const keyring = createKeyring(secret, config.previousSecrets);
  const storage = createStorage({ config, keyring, clock: systemClock });
  await storage.check();
  const fetch = createOutboundFetch({ allow: config.outboundAllow });
  const db = createDatabase(urls.app, react, { max: 4, applicationName: "contentos admin" });
  const { sessionId, end } = await identity.sessionByOperator(as);
  try {
    const workspaceId = await workspaceNamed(db, sessionId, workspace);
    const claim = { sessionId, workspaceId, requestId: undefined };
    return await work({ db, storage, keyring, fetch, clock: systemClock, log }, claim);
  } finally {
    await end();
    await db.pool.end();
  }
}

async function workspaceNamed(db: Database, sessionId: string, slug: string): Promise<string> {
  let cursor: string | undefined;
  do {
    const asked = { sort: "name", limit: 100, cursor } as const;
    const page = await readPerson(db, { sessionId }, (tx) => listWorkspaces(tx, asked));
    const found = page.items.find((one) => one.slug === slug);
    if (found) return found.id;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  throw new StartError(`They are in no workspace with the address ${slug}.`);
}

type Ending = { endedAt: Date | null };

/** Runs a worker for these jobs alone until the thing has ended, and says how far it is. */
async function working<T extends Ending>(
  { urls, log, say }: Stage,
  tasks: Tasks,
  read: () => Promise<T>,
  told: (thing: T) => string,
): Promise<T> {
  const worker = await startWorker({ workerUrl: urls.worker, sessionUrl: urls.session, tasks, log, concurrency: 1 });
  try {
    let last = "";
    for (;;) {
      const thing = await read();
      const line = told(thing);
      if (line !== last) say(line);
      last = line;
      if (thing.endedAt) return thing;
      await delay(POLL_MS);
    }
  } finally {
    await worker.stop();
  }
}
