import type { z } from "zod";
import type { ScopedTx, WorkspaceTx } from "@/db/client";
import { sealOnceCommitted } from "@/db/scope-context";
import { decodeCursor, toPage } from "@/http/cursor";
import { type Actor, type AnyActor, actorIdOf } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import type { ListAuditChanges, ListAuditEvents } from "./contract";
import { canRead } from "./policy";
import * as queries from "./queries";

type AuditEntry = {
  /** Room and verb, such as `content.version_saved`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** Ids, numbers and words from our own lists; never secrets, and no texts of people. */
  detail?: Record<string, unknown>;
};

/** Writes down who did what, in the transaction that does it. The ids of one process sort as they were written. */
export function record(tx: ScopedTx, actor: AnyActor, { action, subjectType, subjectId, detail = {} }: AuditEntry) {
  sealOnceCommitted(tx);
  queries.insertEvent(tx, {
    id: newId(),
    actorKind: actor.role === "System" || actor.role === "Guest" ? actor.role : "Member",
    actorId: actorIdOf(actor),
    action,
    subjectType,
    subjectId,
    detail,
    requestId: actor.requestId ?? null,
  });
}

const SORT = "-at";

export async function listAuditEvents(
  tx: WorkspaceTx,
  actor: Actor,
  { limit, cursor, ...filter }: z.output<typeof ListAuditEvents>,
) {
  requireReader(actor);
  const rows = await queries.listEvents(tx, { ...filter, after: decodeCursor(cursor, SORT), count: limit + 1 });
  return toPage(rows, limit, SORT, (row) => row.at.toISOString());
}

export async function listAuditChanges(
  tx: WorkspaceTx,
  actor: Actor,
  { limit, cursor, ...filter }: z.output<typeof ListAuditChanges>,
) {
  requireReader(actor);
  const rows = await queries.listChanges(tx, { ...filter, after: decodeCursor(cursor, SORT), count: limit + 1 });
  return toPage(rows, limit, SORT, (row) => row.at.toISOString());
}

export function requireReader(actor: Actor) {
  if (!canRead(actor))
    throw new AppError("forbidden", "Only Admins read the audit log: ask one of your workspace.", {
      reason: "needs_admin",
    });
}
