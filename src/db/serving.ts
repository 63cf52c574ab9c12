import { randomUUID } from "node:crypto";
import pg from "pg";
import { StartError } from "@/platform/errors";

/**
 * Serving under a log-in that row-level security doesn't bind would open every workspace to everyone.
 * @throws StartError for a superuser, a role with BYPASSRLS, or an owner of tables
 */
export async function requireBoundLogin(url: string, name: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ user: string; unbound: boolean; owner: boolean }>(`
      select current_user as user, rolsuper or rolbypassrls as unbound,
        exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname in ('public', 'app') and c.relkind in ('r', 'p') and pg_has_role(current_user, c.relowner, 'usage')) as owner
      from pg_roles where rolname = current_user`);
    const { user, unbound, owner } = rows[0]!;
    if (unbound || owner) {
      const why = unbound ? "is a superuser or bypasses row-level security" : "owns tables";
      throw new StartError(
        `${name} logs in as ${user}, which ${why}, so that it would see every workspace: use the log-in contentos_app.`,
      );
    }
  } finally {
    await client.end();
  }
}

/** What the server says of a name that is taken, and of one that it doesn't know. */
const MIXED_UP = new Set(["42P05", "26000"]);

/**
 * Two clients give one name to a statement. Where a pooler lends both the same connection of the server's, without minding
 * names, the second is told that the name is taken; else requests would fail, now and then, from the second on.
 * @throws StartError for such a pooler, as far as it shows
 */
export async function requireNamedStatements(url: string, name: string) {
  const clients = [1, 2].map(() => new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 }));
  const statement = { name: `contentos ${randomUUID()}`, text: "select 1" };
  try {
    for (const client of clients) {
      client.on("error", () => {});
      await client.connect();
    }
    for (const client of [...clients, ...clients]) await client.query(statement);
  } catch (error) {
    if (!MIXED_UP.has((error as pg.DatabaseError).code ?? "")) throw error;
    throw new StartError(
      `${name} leads to a pooler that lends its connections by transaction and doesn't know prepared statements: set DATABASE_NAMED_STATEMENTS=false, let it pool by session, or take PgBouncer 1.21 or later with max_prepared_statements.`,
      { cause: error },
    );
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
