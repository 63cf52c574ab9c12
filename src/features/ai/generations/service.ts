import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { decodeCursor, toPage } from "@/http/cursor";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { canJudge } from "../policy";
import type { GiveFeedback, ListGenerations } from "./contract";
import * as queries from "./queries";

type Tx = WorkspaceTx;

const present = ({ costMicros, ...row }: queries.GenerationRow) => ({
  ...row,
  costUsd: costMicros === null ? null : costMicros / 1e6,
});

const SORT = "-createdAt";

export async function listGenerations(tx: Tx, { limit, cursor, ...filter }: z.output<typeof ListGenerations>) {
  const { contentItemId, operation } = filter;
  const after = decodeCursor(cursor, SORT);
  const rows = await queries.listGenerations(tx, { contentItemId, operation, after, count: limit + 1 });
  return toPage(rows.map(present), limit, SORT, (row) => row.createdAt.toISOString());
}

/** The last word counts. */
export async function giveFeedback(
  tx: Tx,
  actor: Actor,
  { id, feedback }: z.output<typeof GiveFeedback> & { id: string },
) {
  const row = await queries.findGeneration(tx, id);
  if (!row) throw new AppError("not_found", "There is no such generation in this workspace.");
  if (!canJudge(actor, row)) {
    throw new AppError("forbidden", "Whoever asked says what became of it, or an Editor: ask one of them.");
  }
  await queries.judge(tx, id, feedback, actor.userId);
  return present({ ...row, feedback });
}
