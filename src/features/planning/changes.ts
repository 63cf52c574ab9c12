import type { WorkspaceTx } from "@/db/client";
import { record } from "@/features/audit";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { canWrite } from "./policy";
import type { Position } from "./queries";

type Tx = WorkspaceTx;
type Kind = "tag" | "campaign" | "template" | "view";

export function requireWriter(actor: Actor) {
  if (!canWrite(actor))
    throw new AppError("forbidden", "Editors and Admins write tags, campaigns and templates: ask one of them.", {
      reason: "needs_editor",
    });
}

export const noSuch = (kind: Kind) => new AppError("not_found", `There is no such ${kind} in this workspace.`);

/** An id of the body that names nothing here. */
export const unknownAt = (path: string, kind: string) =>
  new AppError("invalid_request", `Name a ${kind} of this workspace.`, {
    issues: [{ path, message: `No ${kind} of this workspace has this id.` }],
  });

/** The one row, or the refusal. */
export async function found<Row>(kind: Kind, rows: Promise<Row[]>): Promise<Row> {
  const [row] = await rows;
  if (!row) throw noSuch(kind);
  return row;
}

export const recorded = (
  tx: Tx,
  actor: Actor,
  kind: Kind,
  verb: string,
  subjectId: string,
  detail: Record<string, unknown> = {},
) =>
  record(tx, actor, {
    action: `planning.${kind}_${verb}`,
    subjectType: `planning_${kind}`,
    subjectId,
    detail,
  });

/** The fields that an input names. */
export const givenOf = <T extends object>(input: T) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

type Listed = { id: string; name: string; createdAt: Date };
type Asked = { sort: "name" | "-name" | "createdAt" | "-createdAt"; limit: number; cursor?: string | undefined };

/** A page of what has a name and a time. */
export async function pageOf<Row extends Listed>(
  { sort, limit, cursor }: Asked,
  list: (position: Position) => PromiseLike<Row[]>,
) {
  const column = sort.endsWith("name") ? "name" : "createdAt";
  const rows = await list({
    sort: { column, descending: sort.startsWith("-") },
    after: decodeCursor(cursor, sort),
    count: limit + 1,
  });
  return toPage(rows, limit, sort, (row) => (column === "name" ? row.name : row.createdAt.toISOString()));
}
