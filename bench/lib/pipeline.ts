import type pg from "pg";
import Result from "pg/lib/result.js";
import { prepareValue } from "pg/lib/utils.js";

export type Statement = { name: string; text: string; values: unknown[] };

type Wire = NodeJS.EventEmitter & {
  stream: { cork(): void; uncork(): void };
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: unknown[] }): void;
  describe(portal: { type: "P"; name: string }): void;
  execute(portal: { portal: string }): void;
  sync(): void;
};

const prepared = new WeakMap<object, Set<string>>();

/** Any number of prepared statements under one Sync: one transaction, one round trip. For the limit only. */
export function pipeline(client: pg.PoolClient, statements: Statement[]): Promise<pg.QueryResult[]> {
  return new Promise((resolve, reject) => {
    const results = statements.map(() => new Result());
    let at = 0;
    const submittable = {
      submit(connection: Wire) {
        const known = prepared.get(connection) ?? new Set<string>();
        prepared.set(connection, known);
        connection.stream.cork();
        for (const { name, text, values } of statements) {
          if (!known.has(name)) connection.parse({ name, text });
          known.add(name);
          connection.bind({ statement: name, values: values.map((value) => prepareValue(value)) });
          connection.describe({ type: "P", name: "" });
          connection.execute({ portal: "" });
        }
        connection.sync();
        connection.stream.uncork();
        return null;
      },
      handleRowDescription: ({ fields }: { fields: unknown[] }) => results[at]!.addFields(fields),
      handleDataRow: ({ fields }: { fields: unknown[] }) => results[at]!.addRow(results[at]!.parseRow(fields)),
      handleCommandComplete: (message: unknown) => results[at++]!.addCommandComplete(message),
      handleError: reject,
      handleReadyForQuery: () => resolve(results as unknown as pg.QueryResult[]),
      handlePortalSuspended() {},
      handleEmptyQuery() {},
    };
    client.query(submittable as unknown as pg.Submittable);
  });
}
