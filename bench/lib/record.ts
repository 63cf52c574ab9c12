import type pg from "pg";
import type { Database } from "@/db/client";
import type { Statement } from "@/db/pipeline";

/**
 * What the app sends to Postgres for one request, so that the limit runs the same statements by construction.
 * `begin` and `commit` are left out: under one Sync the statements are one transaction by themselves.
 */
export async function record(db: Database, request: () => Promise<Response>): Promise<Statement[]> {
  const sent: Statement[] = [];
  const connect = db.pool.connect.bind(db.pool) as (then?: unknown) => Promise<pg.PoolClient>;
  // `pool.query` asks with a callback: what nobody waits for, as after the request's commit.
  db.pool.connect = ((then?: unknown) =>
    then ? connect(then) : connect().then((client) => recording(client, sent))) as never;
  try {
    const response = await request();
    if (!response.ok) {
      throw new Error(`The request to record was answered with ${response.status}: ${await response.text()}`);
    }
  } finally {
    db.pool.connect = connect as never;
  }
  return sent.filter(({ text }) => text !== "begin" && text !== "commit").map(({ text, values }) => ({ text, values }));
}

function recording(client: pg.PoolClient, sent: Statement[]): pg.PoolClient {
  return new Proxy(client, {
    get(target, property) {
      const value = Reflect.get(target, property);
      if (typeof value !== "function") return value;
      if (property !== "query") return value.bind(target);
      return (work: { statements?: Statement[] }, ...rest: unknown[]) => {
        if (!work.statements) throw new Error("A query went past the pipeline, and the limit would not know of it");
        sent.push(...work.statements);
        return value.call(target, work, ...rest);
      };
    },
  });
}
