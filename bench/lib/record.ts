import type pg from "pg";
import type { Database } from "@/db/client";
import type { Statement } from "./pipeline";

type Recorded = { entry?: { text: string; values: unknown[] }; text: string; values: unknown[] };

/**
 * What the app sends to Postgres for one request, so that the limit runs the same statements by construction.
 * `begin` and `commit` are left out: under one Sync the statements are one transaction by themselves.
 */
export async function record(db: Database, request: () => Promise<Response>): Promise<Statement[]> {
  const sent: Recorded[] = [];
  const connect = db.pool.connect.bind(db.pool) as () => Promise<pg.PoolClient>;
  db.pool.connect = (async () => recording(await connect(), sent)) as never;
  try {
    const response = await request();
    if (!response.ok)
      throw new Error(`The request to record was answered with ${response.status}: ${await response.text()}`);
  } finally {
    db.pool.connect = connect as never;
  }
  return sent.flatMap(({ entry, text, values }) => [...(entry ? [named(entry)] : []), named({ text, values })]);
}

function recording(client: pg.PoolClient, sent: Recorded[]): pg.PoolClient {
  return new Proxy(client, {
    get(target, property) {
      if (property !== "query") {
        const value = Reflect.get(target, property);
        return typeof value === "function" ? value.bind(target) : value;
      }
      return (config: unknown, values?: unknown[]) => {
        note(config, values, sent);
        return (target.query as (...args: unknown[]) => unknown)(config, values);
      };
    },
  });
}

function note(config: unknown, values: unknown[] | undefined, sent: Recorded[]) {
  if (typeof config === "string") {
    const entry = config.match(/^begin; (select app\.enter_\w+\()(.*)\) as entered$/);
    if (entry) {
      const given = entry[2]!.split(", ").map((literal) => (literal === "null" ? null : literal.replace(/^'|'$/g, "")));
      sent.push({ text: `${entry[1]}${given.map((_, n) => `$${n + 1}`).join(", ")}) as entered`, values: given });
    } else if (config !== "commit") sent.push({ text: config, values: values ?? [] });
    return;
  }
  const query = config as {
    submit?: unknown;
    entry?: { text: string; values: unknown[] };
    text: string;
    values?: unknown[];
  };
  if (query.submit && query.entry) sent.push({ entry: query.entry, text: query.text, values: query.values ?? [] });
  else sent.push({ text: query.text, values: values ?? query.values ?? [] });
}

let count = 0;
const named = ({ text, values }: { text: string; values: unknown[] }): Statement => ({
  name: `s${++count}`,
  text,
  values,
});
