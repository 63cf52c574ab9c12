// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  AuditChangePage,
  AuditEventPage,
  AuditHead,
} from "../schemas.ts";

export type ListAuditEventsInput = {
  /** A room, or one of its verbs. */
  action?: string | undefined;
  subjectId?: string | undefined;
  actorId?: string | undefined;
  /** From this time on. RFC 3339. */
  from?: string | undefined;
  /** Before this time. RFC 3339. */
  to?: string | undefined;
  /** Rows whose detail has this text, as a key or as a value. */
  text?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List who did what, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listAuditEvents = /* @__PURE__ */ operation<ListAuditEventsInput, AuditEventPage>("listAuditEvents", "GET", "/audit", { scoped: true });

export type ListAuditChangesInput = {
  rowId?: string | undefined;
  /** Changes of rows of this table. */
  tableName?: string | undefined;
  actorId?: string | undefined;
  /** From this time on. RFC 3339. */
  from?: string | undefined;
  /** Before this time. RFC 3339. */
  to?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List what changed in which row, before and after, newest first. Bodies, secrets and what names a person are masked: it is told that they changed, and not to what. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listAuditChanges = /* @__PURE__ */ operation<ListAuditChangesInput, AuditChangePage>("listAuditChanges", "GET", "/audit/changes", { scoped: true });

/** Take the chain's newest hash, signed, to keep elsewhere. Signed as compact JWS of type `contentos-audit-head+json`. Verify it with the keys of `GET /review/jwks.json`. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getAuditHead = /* @__PURE__ */ operation<Nothing, AuditHead>("getAuditHead", "GET", "/audit/head", { scoped: true });

export type ExportAuditInput = {
  /** `"jsonl"` where it is left out. */
  format?: "jsonl" | "csv" | undefined;
  /** `"events"` where it is left out. */
  of?: "events" | "changes" | undefined;
  /** A room, or one of its verbs. */
  action?: string | undefined;
  subjectId?: string | undefined;
  actorId?: string | undefined;
  /** From this time on. RFC 3339. */
  from?: string | undefined;
  /** Before this time. RFC 3339. */
  to?: string | undefined;
  /** Rows whose detail has this text, as a key or as a value. */
  text?: string | undefined;
};

/** Take the log as a file, JSON Lines or CSV, oldest first. Each row comes with its place in the chain and its hash. That it was taken is itself a row of the log. Of changes, the filters for action, subject and text mean the table, the row and what changed. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const exportAudit = /* @__PURE__ */ operation<ExportAuditInput, Blob>("exportAudit", "GET", "/audit/export", { scoped: true, answers: "blob" });
