import type { WorkspaceTx } from "@/db/client";
import { enqueue } from "@/db/queue";
import type { Actor, JobClaim } from "@/platform/actor";
import type { ImportOptions } from "./contract";
import { runImport, scopesOf, type TransferDeps } from "./jobs";
import * as queries from "./queries";
import { addImport, cancelImport, requireImporter } from "./service";

type Tx = WorkspaceTx;
type Wanted = { fileName: string; options: ImportOptions };

/** Only the command line takes jobs of this name: the path that they read is on its machine. */
export const IMPORT_HERE = "transfer.import_here";

/**
 * Asks for an import of what lies on this machine. One that was begun like this and not finished is ended first: the
 * command that ran it is gone, or is told so, and what it brought in is known.
 */
export async function askForImportHere(tx: Tx, actor: Actor, { fileName, options }: Wanted) {
  requireImporter(actor);
  const open = await queries.findOpenImport(tx);
  if (open?.assetId === null) await cancelImport(tx, actor, { id: open.id });
  const row = await addImport(tx, actor, { fileName, assetId: null, options: { ...options, format: "auto" } });
  await enqueue(tx, { task: IMPORT_HERE, payload: { importId: row.id }, jobKey: `${IMPORT_HERE}:${row.id}` });
  return row.id;
}

/** Of all such jobs, this process does the one that it asked for. */
export const importHereTask =
  (deps: TransferDeps, { importId, path }: { importId: string; path: string }) =>
  async (payload: Record<string, string>, claim: JobClaim, signal: AbortSignal) => {
    if (payload.importId !== importId) return;
    const scopes = scopesOf(deps.db, claim);
    const row = await scopes.asSystem((tx) => queries.findImport(tx, importId));
    if (row && !row.endedAt) await runImport(deps, scopes, row, { path, signal });
  };
