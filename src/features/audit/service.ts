import type { WorkspaceTx } from "@/db/client";
import type { AnyActor } from "@/platform/actor";
import * as queries from "./queries";

export type AuditEntry = {
  /** Room and verb, such as `content.version_saved`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** Ids, numbers and words from our own lists; never secrets, and no texts of people. */
  detail?: Record<string, unknown>;
};

/** Writes down who did what, in the transaction that does it. */
export const record = (tx: WorkspaceTx, actor: AnyActor, { action, subjectType, subjectId, detail = {} }: AuditEntry) =>
  queries.insertEvent(tx, {
    actorKind: actor.role === "System" ? "System" : "Member",
    actorId: actor.userId,
    action,
    subjectType,
    subjectId,
    detail,
    requestId: actor.requestId ?? null,
  });
