import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Member } from "#tests/factories";
import type { WorkspaceTx } from "@/db/client";

type Sent = { text: string; values: unknown[] };

/** The one statement that a read sends, with its parameters; nothing is run. */
export async function statementOf(read: (tx: WorkspaceTx) => Promise<unknown>) {
  let sent: Sent | undefined;
  const query = async ({ text }: { text: string }, values: unknown[]) => {
    sent = { text, values };
    return { rows: [] };
  };
  const client = { query } as unknown as pg.PoolClient;
  await read(drizzle({ client, casing: "snake_case" }) as unknown as WorkspaceTx);
  if (!sent) throw new Error("Nothing was asked");
  return sent;
}

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
};
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/**
 * How a statement meets these tables for a member, after so many runs: Postgres may take one plan for all parameters
 * from the sixth on.
 */
export async function scansOf(client: pg.Client, who: Member, { text, values }: Sent, tables: string[], runs: number) {
  await client.query("begin");
  await client.query("select app.enter_session($1, $2)", [who.sessionId, who.workspaceId]);
  await client.query(`prepare page as ${text}`);
  const given = values.map((value) => (value === null ? "null" : pg.escapeLiteral(String(value)))).join(", ");
  const execute = given ? `execute page(${given})` : "execute page";
  for (let run = 0; run < runs; run++) await client.query(execute);
  const { rows } = await client.query(`explain (analyze, format json, timing off) ${execute}`);
  await client.query("deallocate page");
  await client.query("rollback");
  const [{ Plan: plan }] = rows[0]["QUERY PLAN"] as [{ Plan: Node }];
  const met = nodesOf(plan).filter((node) => tables.includes(node["Relation Name"] ?? ""));
  return {
    found: plan["Actual Rows"],
    /** The tables of which every row was looked at. */
    read: met.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]),
    rows: met.reduce(
      (sum, node) => sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
      0,
    ),
  };
}
