import { v5 } from "uuid";
import type { WorkspaceTx } from "@/db/client";
import { refusalOf } from "@/http/problem";
import type { Actor } from "@/platform/actor";
import { WorkTooLongError } from "@/platform/bounded-work";
import type { Clock } from "@/platform/clock";
import { AppError } from "@/platform/errors";
import type { ImportOptions } from "./contract";
import type { Pictures } from "./pictures";
import { canImport } from "./policy";
import * as queries from "./queries";
import { type Detected, readEntries } from "./readers/detect";
import { type Found, isPiece, type Piece, SourceProblem } from "./readers/entry";
import type { Source } from "./readers/source";
import { type Intake, needsTaking, type Outcome, takeIn } from "./taking-in";

/** In a transaction of the person who asked for the import. */
export type AsPerson = <T>(work: (tx: WorkspaceTx, actor: Actor) => Promise<T>) => Promise<T>;

export type ImportRun = {
  importId: string;
  workspaceId: string;
  options: ImportOptions;
  asPerson: AsPerson;
  pictures: Pictures;
  clock: Clock;
  /** Aborts once the job may be in other hands. */
  signal: AbortSignal;
};

/** The import was canceled, or whoever asked may import no more: nothing further is taken in. */
export class ImportStopped extends Error {
  override name = "ImportStopped";
}

/**
 * Takes in what a source holds, entry by entry. The source is read twice: first for what its entries call one another,
 * so that links lead to items that are made only later. An entry that was taken in before, by this run or one that was
 * killed, is not taken in again.
 */
export async function importEntries(run: ImportRun, source: Source, detected: Detected, name: string) {
  const { targets, total, idOf } = await survey(run, source, detected, name);
  await run.asPerson((tx) => queries.updateImport(tx, run.importId, { total }));
  const now = run.clock.now();
  const intake: Intake = { source: name, format: detected.format, options: run.options, targets, idOf, now };
  let position = 0;
  for await (const found of readEntries(source, detected, run.options)) {
    run.signal.throwIfAborted();
    await takeFound(run, intake, found, ++position);
  }
}

async function survey(run: ImportRun, source: Source, detected: Detected, name: string) {
  const known = await run.asPerson((tx) => queries.itemsOfSource(tx, name));
  const idOf = (key: string) => known.get(key) ?? itemIdOf(run.workspaceId, name, key);
  const targets = new Map<string, string>();
  let total = 0;
  for await (const found of readEntries(source, detected, run.options)) {
    run.signal.throwIfAborted();
    total++;
    if (!isPiece(found)) continue;
    const id = idOf(found.key);
    for (const alias of found.aliases) if (!targets.has(alias)) targets.set(alias, id);
  }
  return { targets, total, idOf };
}

/** The same entry has the same id, whichever run makes its item: links can be written before it is there. */
const itemIdOf = (workspaceId: string, source: string, key: string) => v5(JSON.stringify([source, key]), workspaceId);

async function takeFound(run: ImportRun, intake: Intake, found: Found, position: number) {
  const place = { importId: run.importId, position, key: found.key, title: null };
  if (!isPiece(found)) {
    const [outcome, message] =
      "skipped" in found ? (["Skipped", found.skipped] as const) : (["Failed", found.problem] as const);
    return report(run, place, async () => ({ outcome, message, notes: [], contentItemId: null }));
  }
  const work = await workOn(run, intake, found, position);
  if (work === "Reported") return;
  try {
    if (work === "Wanted") found.read();
  } catch (error) {
    return reportRefusal(run, place, error);
  }
  const titled = work === "Wanted" ? { ...place, title: found.read().title } : place;
  const pictures = await picturesOf(run, work === "Wanted" && !run.options.dryRun ? found : undefined);
  for (let attempt = 1; ; attempt++) {
    try {
      return await report(run, titled, async (tx, actor) => {
        const outcome = await takeIn(tx, actor, intake, found, pictures.assets);
        const told = outcome.outcome === "Imported" || outcome.outcome === "Updated";
        return told ? { ...outcome, notes: [...outcome.notes, ...pictures.notes] } : outcome;
      });
    } catch (error) {
      if (passes(error) && attempt < MOST_ATTEMPTS) continue;
      return reportRefusal(run, titled, error);
    }
  }
}

const MOST_ATTEMPTS = 4;

/** Somebody made the same tag at this moment; or the machine was too busy to look a text through in time. */
function passes(error: unknown): boolean {
  const refusal = refusalOf(error);
  return refusal?.code === "conflict" || refusal?.cause instanceof WorkTooLongError;
}

/** What an entry was refused for; what says nothing of it is thrown, and the job is tried again. */
export async function reportRefusal(run: ImportRun, place: Place, error: unknown) {
  const refusal = error instanceof SourceProblem ? error : refusalOf(error);
  if (refusal === undefined || (refusal instanceof AppError && PASSING.has(refusal.code))) throw error;
  const message = refusal instanceof AppError ? toldOf(refusal) : refusal.message;
  await report(run, place, async () => ({ outcome: "Failed", message, notes: [], contentItemId: null }));
}

const PASSING = new Set(["overloaded", "timeout", "disk_full", "internal"]);

const toldOf = ({ message, issues = [] }: AppError) =>
  [message, ...issues.map(({ path, message }) => `${path}: ${message}`)].join(" ").slice(0, 1_000);

export type Place = Pick<queries.OutcomeRow, "importId" | "position" | "key" | "title">;

/** What became of an entry, in the transaction that did it. */
export async function report(run: ImportRun, place: Place, work: (tx: WorkspaceTx, actor: Actor) => Promise<Outcome>) {
  await run.asPerson(async (tx, actor) => {
    await stopUnlessRunning(tx, actor, place.importId);
    if (await queries.hasOutcome(tx, place.importId, place.position)) return;
    await queries.insertOutcome(tx, { ...place, ...(await work(tx, actor)) });
  });
}

export async function stopUnlessRunning(tx: WorkspaceTx, actor: Actor, importId: string) {
  if (!canImport(actor)) throw new ImportStopped("Whoever asked for this import is no Editor or Admin any more.");
  const row = await queries.lockImport(tx, importId);
  if (row?.status !== "Running") throw new ImportStopped("It was canceled.");
}

/** What an entry says is read, and its pictures are brought in, only where there is work to do for it. */
const workOn = ({ asPerson, importId }: ImportRun, intake: Intake, piece: Piece, position: number) =>
  asPerson(async (tx) => {
    if (await queries.hasOutcome(tx, importId, position)) return "Reported";
    return (await needsTaking(tx, intake, piece)) ? "Wanted" : "Known";
  });

/** Brought in before the entry, outside its transaction. */
async function picturesOf({ pictures }: ImportRun, piece: Piece | undefined) {
  const assets = new Map<string, string>();
  const notes: string[] = [];
  for (const picture of piece?.read().images ?? []) {
    const brought = await pictures.bring(picture);
    if ("assetId" in brought) assets.set(picture.address, brought.assetId);
    else notes.push(brought.problem);
  }
  return { assets, notes };
}
