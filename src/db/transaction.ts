import { DrizzleQueryError } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Database, DirectoryTx, GuestTx, PersonTx, SiteTx, WorkspaceTx } from "./client";
import { nameGivenColumnsOnly } from "./named-columns";
import { pipeline, type Statement } from "./pipeline";
import { afterCommit } from "./scope-context";

export type Handle = PersonTx | WorkspaceTx | SiteTx | GuestTx | DirectoryTx;

export async function inTransaction<T>(
  db: Database,
  entry: Statement,
  work: (tx: Handle, entered: string) => Promise<T>,
): Promise<T> {
  const client = await db.pool.connect();
  const handle = transactionHandle(client);
  const tx = asTx(handle);
  let committed = false;
  let broken: Error | undefined;
  try {
    const [, entered] = await pipeline(client, [{ text: "begin" }, entry]);
    const result = await work(tx, entered!.rows[0].entered);
    if (client.getTransactionStatus() === "I") throw new Error("The work ended its own transaction");
    await handle.commit();
    committed = true;
    return result;
  } catch (error) {
    handle.close();
    await client.query("rollback").catch((lost: Error) => {
      broken = lost;
    });
    if (spoils(error)) broken ??= error as Error;
    throw error;
  } finally {
    handle.close();
    client.release(broken);
    // Only now, since it takes a connection of its own.
    if (committed) afterCommit(tx, db);
  }
}

export async function inOneRead<T>(
  db: Database,
  entry: Statement,
  read: (tx: Handle) => Promise<T>,
  onEntry?: (entered: string) => void,
): Promise<T> {
  const client = await db.pool.connect();
  const readOnly = { ...entry, text: `${entry.text}, set_config('transaction_read_only', 'on', true)` };
  let spent = false;
  let broken = false;
  const query = async (config: Statement | string, values?: unknown[]) => {
    if (spent) throw new Error("A read is one statement; withWorkspace is for several");
    spent = true;
    try {
      const [entry, result] = await pipeline(client, [readOnly, statementOf(config, values)]);
      onEntry?.(entry!.rows[0].entered);
      return result;
    } catch (error) {
      broken ||= spoils(error);
      throw error;
    }
  };
  try {
    return await read(asTx({ query }));
  } finally {
    spent = true;
    client.release(broken || client.getTransactionStatus() !== "I");
  }
}

/** After these, the connection's prepared statements are not what we believe; after no SQLSTATE of the server's, nothing is. */
const SPOILING = new Set(["0A000", "26000", "42P05"]);
function spoils(raised: unknown): boolean {
  const error = raised instanceof DrizzleQueryError ? raised.cause : raised;
  return error instanceof pg.DatabaseError && SPOILING.has(error.code ?? "");
}

const asTx = (client: object) =>
  nameGivenColumnsOnly(drizzle({ client: client as pg.PoolClient, casing: "snake_case" })) as unknown as Handle;

const statementOf = (config: Statement | string, values: unknown[] | undefined): Statement =>
  typeof config === "string" ? { text: config, values } : { ...config, values: values ?? config.values };

/**
 * What Drizzle takes for a client. Of two queries run side by side, one may fail while the other has yet to be
 * sent: it must not be sent later, on a connection that by then serves another workspace.
 *
 * What is said `later` travels with the next statement, or with the commit: it saves a round trip, and costs
 * nothing in meaning, since the order stays.
 */
function transactionHandle(client: pg.PoolClient) {
  let open = true;
  let waiting: Statement[] = [];
  const send = async (last: Statement): Promise<pg.QueryResult> => {
    const together = [...waiting, last];
    waiting = [];
    return (await pipeline(client, together)).at(-1)!;
  };
  const requireOpen = () => {
    if (!open) throw new Error("This transaction is over");
  };
  return {
    close: () => {
      open = false;
    },
    query: (config: Statement | string, values?: unknown[]) => {
      requireOpen();
      return send(statementOf(config, values));
    },
    later: (statement: Statement) => {
      requireOpen();
      waiting.push(statement);
    },
    async commit() {
      const { command } = await send({ text: "commit" });
      if (command !== "COMMIT")
        throw new Error("A failed statement was swallowed: Postgres answered the commit with a rollback");
    },
  };
}
