import type { WorkspaceTx } from "@/db/client";
import { auditEvents } from "@/db/schema/audit";

export const insertEvent = (tx: WorkspaceTx, row: typeof auditEvents.$inferInsert) => tx.insert(auditEvents).values(row);
