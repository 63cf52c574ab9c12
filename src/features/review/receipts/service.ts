import { decodeJwt } from "jose";
import type { z } from "zod";
import type { GuestTx, ScopedTx, WorkspaceTx } from "@/db/client";
import type { SignDocument } from "@/features/auth";
import { findItem } from "@/features/content";
import { decodeCursor, toPage } from "@/http/cursor";
import { AppError } from "@/platform/errors";
import { newId } from "@/platform/ids";
import { type ListReceipts, RECEIPT_TYPE, type Receipt } from "./contract";
import * as queries from "./queries";

export type Signing = { sign: SignDocument; issuer: string; now: Date };
type Document = z.output<typeof Receipt>["document"];
export type Decided = Omit<Document, "iss" | "receipt" | "at"> & { submissionId: string; approvalId: string | null };

const present = (row: queries.ReceiptRow) => ({ ...row, document: decodeJwt<Document>(row.jws) });

/** Signs what a client decided and keeps it: from here on, nobody can say that it was something else. */
export async function keepReceipt(
  tx: GuestTx,
  { submissionId, approvalId, ...decided }: Decided,
  { sign, issuer, now }: Signing,
) {
  const id = newId();
  const document: Document = { iss: issuer, receipt: id, at: now.toISOString(), ...decided };
  const { decision, item, versionNumber, contentHash, comment } = decided;
  const row = await queries.insertReceipt(tx, {
    id,
    decision,
    contentItemId: item.id,
    versionNumber,
    contentHash,
    comment,
    submissionId,
    approvalId,
    jws: await sign(RECEIPT_TYPE, document),
    at: now,
  });
  return present(row);
}

/** Of a client, their own; of members, all of their workspace. */
export async function getReceipt(tx: ScopedTx, { id }: { id: string }) {
  const row = await queries.findReceipt(tx, id);
  if (!row) throw new AppError("not_found", "There is no such receipt here.");
  return present(row);
}

export async function listReceipts(
  tx: WorkspaceTx,
  { id, limit, cursor }: z.output<typeof ListReceipts> & { id: string },
) {
  if (!(await findItem(tx, id))) throw new AppError("not_found", "There is no such content item in this workspace.");
  const after = decodeCursor(cursor, "-at");
  const rows = await queries.listReceipts(tx, { contentItemId: id, after, count: limit + 1 });
  return toPage(rows.map(present), limit, "-at", (row) => row.at.toISOString());
}

/** The client's own decisions on an item. */
export const receiptsOfClient = (tx: GuestTx, contentItemId: string) => queries.ownReceipts(tx, contentItemId, 50);
