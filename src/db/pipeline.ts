import { createHash } from "node:crypto";
import type pg from "pg";
import Result from "pg/lib/result.js";
import { prepareValue } from "pg/lib/utils.js";

/** One statement with its parameters; `rowMode` and `types` are pg's. */
export type Statement = { text: string; values?: unknown[] | undefined; rowMode?: string | undefined; types?: unknown };

const MAX_PREPARED = 500;

/**
 * The statements that a connection has parsed, by name, with their answer's fields once these were told: they can't
 * change, as Postgres refuses to run a statement by name that would answer others. They outlive transactions, also failed ones.
 */
const prepared = new WeakMap<object, Map<string, unknown[] | undefined>>();
const names = new Map<string, string>();
/** Connections through a pooler that gives each transaction another one of the server's, which don't know our names. */
const nameless = new WeakSet<object>();

/** From now on its statements are parsed each time. */
export const forgoNames = (client: pg.PoolClient) => void nameless.add(client);

/**
 * Statements under one Sync: one round trip, and, by the protocol, one transaction where none is open yet
 * (PostgreSQL documentation, "Message Flow", section on pipelining, read 2026-11-22). The first that fails
 * keeps the rest from running.
 *
 * A `Submittable` of pg 8: `submit` writes, the handlers are called as answers come.
 */
class Pipeline {
  private readonly results;
  private readonly parsing: string[] = [];
  private known = new Map<string, unknown[] | undefined>();
  private readonly names: string[] = [];
  private connection?: Wire;
  private completed = 0;
  private failure: Error | null = null;

  constructor(
    private readonly statements: Statement[],
    private readonly done: (error: Error | null, results: pg.QueryResult[]) => void,
    private readonly mostNames = MAX_PREPARED,
  ) {
    this.results = statements.map(({ rowMode, types }) => new Result(rowMode, types));
  }

  /** Nothing is written before all values are: pg frees the connection when an error is returned, not when it is thrown. */
  submit(connection: Wire) {
    let values: unknown[][];
    try {
      values = this.statements.map((statement) => prepareValues(statement.values ?? []));
    } catch (error) {
      return error as Error;
    }
    this.connection = connection;
    this.known = prepared.get(connection) ?? new Map();
    prepared.set(connection, this.known);
    connection.on("parseComplete", this.onParsed);

    connection.stream.cork();
    for (const [at, { text }] of this.statements.entries()) this.run(connection, text, values[at]!);
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  private readonly onParsed = () => {
    const name = this.parsing.shift();
    if (name) this.known.set(name, undefined);
  };

  /** Unnamed beyond a bound, so that ever-new statements don't fill the server's memory. */
  private run(connection: Wire, text: string, values: unknown[]) {
    const known = nameOf(text);
    const name = this.known.has(known) || this.known.size < this.mostNames ? known : "";
    // The same statement may stand twice in a pipeline, and a name can be given once.
    if (!name || !(this.known.has(name) || this.parsing.includes(name))) {
      connection.parse({ name, text });
      this.parsing.push(name);
    }
    connection.bind({ statement: name, values });
    const fields = this.known.get(name);
    if (fields) this.results[this.names.length]?.addFields(fields);
    else connection.describe({ type: "P", name: "" });
    connection.execute({ portal: "" });
    this.names.push(name);
  }

  handleRowDescription(message: { fields: unknown[] }) {
    const name = this.names[this.completed];
    if (name && this.known.has(name)) this.known.set(name, message.fields);
    this.results[this.completed]?.addFields(message.fields);
  }
  handleDataRow(message: { fields: unknown[] }) {
    const result = this.results[this.completed];
    if (this.failure || !result) return;
    try {
      result.addRow(result.parseRow(message.fields));
    } catch (error) {
      this.failure = error as Error;
    }
  }
  handleCommandComplete(message: unknown) {
    this.results[this.completed]?.addCommandComplete(message);
    this.completed += 1;
  }
  /** The last call after a failure; pg itself waits for the server to be ready again. */
  handleError(error: Error) {
    this.finish(error);
  }
  handleReadyForQuery() {
    this.finish(this.failure);
  }
  handlePortalSuspended() {}
  handleEmptyQuery() {}
  handleCopyData() {}
  /** In copy mode the server has ignored our Sync: it takes another. */
  handleCopyInResponse(connection: Wire) {
    connection.sendCopyFail("COPY has no place in a scope");
    connection.sync();
  }

  private finish(error: Error | null) {
    this.connection?.removeListener("parseComplete", this.onParsed);
    this.done(error, this.results as unknown as pg.QueryResult[]);
  }
}

/** Sends statements together and answers all their results, or the error of the first that failed. */
export const pipeline = (client: pg.PoolClient, statements: Statement[]): Promise<pg.QueryResult[]> =>
  new Promise((resolve, reject) => {
    const settle = (error: Error | null, results: pg.QueryResult[]) => (error ? reject(error) : resolve(results));
    const work = new Pipeline(statements, settle, nameless.has(client) ? 0 : MAX_PREPARED);
    client.query(work as unknown as pg.Submittable);
  });

function prepareValues(values: unknown[]) {
  if (values.length > 65_535) throw new RangeError("More than 65,535 parameters: pass an array and use = any($1)");
  return values.map((value) => prepareValue(value));
}

function nameOf(text: string) {
  let name = names.get(text);
  if (!name) {
    name = createHash("sha256").update(text).digest("base64url");
    if (names.size < 10_000) names.set(text, name);
  }
  return name;
}

/** The part of pg's connection that a `Submittable` writes to; pg's types leave it out. */
type Wire = NodeJS.EventEmitter & {
  stream: { cork(): void; uncork(): void };
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: unknown[] }): void;
  describe(portal: { type: "P"; name: string }): void;
  execute(portal: { portal: string }): void;
  sync(): void;
  sendCopyFail(message: string): void;
};
