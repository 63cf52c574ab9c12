import { createHash } from "node:crypto";
import type pg from "pg";
import Result from "pg/lib/result.js";
import { prepareValue } from "pg/lib/utils.js";

/** A statement that enters a scope and answers one column, `entered`. */
export type Entry = { name: string; text: string; values: (string | null)[] };

const MAX_PREPARED = 500;

/** The statements that a connection has parsed, by name. They outlive transactions, also failed ones. */
const prepared = new WeakMap<object, Set<string>>();
const names = new Map<string, string>();

type Config = { text: string; rowMode?: string; types?: unknown } | string;
type Entered = { entered: string; result: pg.QueryResult };

/**
 * Two statements under one Sync: the entry into a scope and a query. By the
 * protocol they are one transaction, and one round trip
 * (PostgreSQL documentation, "Message Flow", section on pipelining, read 2026-11-22).
 *
 * A `Submittable` of pg 8: `submit` writes, the handlers are called as answers come.
 */
export class EnteredQuery {
  private readonly result;
  private readonly text: string;
  private readonly parsing: string[] = [];
  private known = new Set<string>();
  private connection?: Wire;
  private completed = 0;
  private entered = "";
  private failure: Error | null = null;

  constructor(
    private readonly entry: Entry,
    config: Config,
    private readonly values: unknown[],
    private readonly done: (error: Error | null, answer: Entered) => void,
  ) {
    const { text, rowMode, types } =
      typeof config === "string"
        ? { text: config, rowMode: undefined, types: undefined }
        : { rowMode: undefined, types: undefined, ...config };
    this.text = text;
    this.result = new Result(rowMode, types);
  }

  /** Nothing is written before all values are: pg frees the connection when an error is returned, not when it is thrown. */
  submit(connection: Wire) {
    let values: unknown[];
    try {
      if (this.values.length > 65_535)
        throw new RangeError("More than 65,535 parameters: pass an array and use = any($1)");
      values = this.values.map((value) => prepareValue(value));
    } catch (error) {
      return error as Error;
    }
    this.connection = connection;
    this.known = prepared.get(connection) ?? new Set();
    prepared.set(connection, this.known);
    connection.on("parseComplete", this.onParsed);

    connection.stream.cork();
    this.run(connection, this.entry, this.entry.values);
    this.run(connection, { name: this.statementName(), text: this.text }, values);
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  /** Unnamed beyond a bound, so that ever-new statements don't fill the server's memory. */
  private statementName() {
    const name = nameOf(this.text);
    return this.known.has(name) || this.known.size < MAX_PREPARED ? name : "";
  }

  private readonly onParsed = () => {
    const name = this.parsing.shift();
    if (name) this.known.add(name);
  };

  private run(connection: Wire, statement: { name: string; text: string }, values: unknown[]) {
    if (!this.known.has(statement.name)) {
      connection.parse(statement);
      this.parsing.push(statement.name);
    }
    connection.bind({ statement: statement.name, values });
    connection.describe({ type: "P", name: "" });
    connection.execute({ portal: "" });
  }

  handleRowDescription(message: { fields: unknown[] }) {
    if (this.completed === 1) this.result.addFields(message.fields);
  }
  handleDataRow(message: { fields: unknown[] }) {
    if (this.completed === 0) {
      this.entered = String(message.fields[0]);
      return;
    }
    if (this.failure) return;
    try {
      this.result.addRow(this.result.parseRow(message.fields));
    } catch (error) {
      this.failure = error as Error;
    }
  }
  handleCommandComplete(message: unknown) {
    this.completed += 1;
    if (this.completed === 2) this.result.addCommandComplete(message);
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
    connection.sendCopyFail("COPY has no place in a read");
    connection.sync();
  }

  private finish(error: Error | null) {
    this.connection?.removeListener("parseComplete", this.onParsed);
    this.done(error, { entered: this.entered, result: this.result as unknown as pg.QueryResult });
  }
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
