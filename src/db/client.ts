import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { AnyActor } from "@/platform/actor";
import type { DomainEvent } from "@/platform/events";
import { forgoNames } from "./pipeline";

type Handle = Omit<NodePgDatabase, "transaction" | "refreshMaterializedView">;

/** A transaction in which Postgres knows the workspace. Only the functions of `scope.ts` make one. */
export type WorkspaceTx = Handle & { readonly __scope: "workspace" };
/** A transaction in which Postgres knows the person, and no workspace. */
export type PersonTx = Handle & { readonly __scope: "person" };
/** A transaction that sees the published pages of one site. */
export type SiteTx = Handle & { readonly __scope: "site" };

/** A transaction in which Postgres knows a client and their review link, and shows what was put before them. */
export type GuestTx = Handle & { readonly __scope: "guest" };
/** A transaction of a workspace's directory, which sees no rows and calls the functions that are made for it. */
export type DirectoryTx = Handle & { readonly __scope: "directory" };
/** Where rows of a workspace are seen: all that a member may see, or what a client may. */
export type ScopedTx = WorkspaceTx | GuestTx;

/** What one room's event does in another, in the same transaction. */
export type React = (tx: ScopedTx, actor: AnyActor, event: DomainEvent) => Promise<void>;

/** The app's log-in, with the reactions that its events meet. */
export type Database = {
  readonly pool: pg.Pool;
  readonly react: React;
  /** Told the workspace of a transaction with events, once that is committed. */
  readonly announce?: ((workspaceId: string) => void) | undefined;
  /** Told the workspace of a transaction with audit rows, once that is committed. */
  readonly sealSoon?: ((workspaceId: string) => void) | undefined;
};

type PoolOptions = {
  max?: number;
  applicationName?: string;
  /** False behind a pooler that lends its connections by transaction and knows no prepared statements. */
  namedStatements?: boolean;
};

/** Waiting for a connection ends in an error after 5 s. The role carries the other limits: PgBouncer refuses them as startup parameters. */
export function createPool(
  connectionString: string,
  { max = 10, applicationName = "contentos", namedStatements = true }: PoolOptions = {},
) {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  });
  // Without a listener, a restart of the database would end this process.
  // The pool listens while a connection idles; from its checkout on, nobody would.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    client.on("error", () => {});
    if (!namedStatements) forgoNames(client);
  });
  return pool;
}

export const createDatabase = (
  connectionString: string,
  react: React = async () => {},
  options: PoolOptions = {},
): Database => ({
  pool: createPool(connectionString, options),
  react,
});

/** For what a library asks by names of its own. */
export const unnamed = (pool: pg.Pool): Pick<pg.Pool, "query"> => ({
  query: ((query: string | pg.QueryConfig, values?: unknown[]) =>
    typeof query === "string" ? pool.query(query, values) : pool.query({ ...query, name: undefined })) as never,
});
