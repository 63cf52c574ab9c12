import type { Who } from "./actors";
import { workspace } from "./vocabulary";

/** What a table of commands can't say. `right` is the count of rows that the last statement meets, or a SQLSTATE. */
export type Case = {
  who: Who | "contentos_auth" | "contentos_worker";
  label: string;
  statement: string;
  right: string;
};

export const holds = (condition: string) => `select 1 where ${condition}`;
export const change = (table: string, row: string, set: string) =>
  `update ${table} set ${set} where workspace_id = ${workspace("others")} and id = ${row}`;
