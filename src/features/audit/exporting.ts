import type { z } from "zod";
import type { Database, WorkspaceTx } from "@/db/client";
import { withWorkspace } from "@/db/scope";
import type { SessionClaim } from "@/platform/actor";
import type { Clock } from "@/platform/clock";
import { csv } from "@/platform/csv";
import type { ExportAudit } from "./contract";
import * as queries from "./queries";
import { record, requireReader } from "./service";

type Asked = z.output<typeof ExportAudit>;

/** Rows that are read at once, each time in a transaction of their own. */
const STEP = 1_000;

const COLUMNS = {
  events: "sequence hash sealedAt at actorKind actorId action subjectType subjectId detail requestId id".split(" "),
  changes: "sequence hash sealedAt at actorKind actorId login operation tableName rowId before after id".split(" "),
};

/**
 * The log as text, a page at a time; who takes it is written down before the first byte goes out. What is written while it
 * is read is left out, so that the file has an end.
 */
export async function exportAudit(deps: { db: Database; clock: Clock }, claim: SessionClaim, asked: Asked) {
  const { format, of, to = deps.clock.now().toISOString(), ...filter } = asked;
  await withWorkspace(deps.db, claim, async (tx, actor) => {
    requireReader(actor);
    const detail = { format, of, ...(filter.from && { from: filter.from }), ...(asked.to && { to: asked.to }) };
    record(tx, actor, { action: "audit.exported", subjectType: "workspace", subjectId: actor.workspaceId, detail });
  });
  const read = (after: After) => withWorkspace(deps.db, claim, (tx) => pageOf(tx, { of, to, ...filter }, after));
  return lines(read, format, COLUMNS[of]);
}

type After = { at: Date; id: string } | undefined;
type Line = {
  row: { at: Date; id: string };
  seal: { sequence: number; hash: string; sealedAt: Date } | null;
};

async function pageOf(
  tx: WorkspaceTx,
  { of, action, subjectId, ...rest }: Omit<Asked, "format">,
  after: After,
): Promise<Line[]> {
  const page = { after, count: STEP };
  if (of === "events") return queries.exportEvents(tx, { action, subjectId, ...rest }, page);
  return queries.exportChanges(tx, { tableName: action, rowId: subjectId, ...rest }, page);
}

async function* lines(read: (after: After) => Promise<Line[]>, format: Asked["format"], columns: string[]) {
  if (format === "csv") yield csv([columns]);
  let after: After;
  for (;;) {
    const page = await read(after);
    if (page.length > 0) yield page.map((line) => lineOf(line, format, columns)).join("");
    if (page.length < STEP) return;
    const { at, id } = page.at(-1)!.row;
    after = { at, id };
  }
}

function lineOf({ row, seal }: Line, format: Asked["format"], columns: string[]): string {
  const { sequence = null, hash = null, sealedAt = null } = seal ?? {};
  const whole: Record<string, unknown> = { sequence, hash, sealedAt, ...row };
  if (format === "jsonl") return `${JSON.stringify(whole)}\n`;
  return csv([columns.map((name) => cellOf(whole[name]))]);
}

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined || typeof value === "number") return value ?? null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "string" ? value : JSON.stringify(value);
}
