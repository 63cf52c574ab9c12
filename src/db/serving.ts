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
