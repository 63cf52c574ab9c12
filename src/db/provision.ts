import pg from "pg";
import { StartError } from "@/platform/errors";

/** The log-ins that serve, apart from the owner's. Their passwords are configuration; `undefined` leaves one as it is. */
export type RolePasswords = { app: string | undefined; auth: string | undefined; worker: string | undefined };

const LOGINS = { app: "contentos_app", auth: "contentos_auth", worker: "contentos_worker" } as const;

/**
 * Makes the roles and the job schema where they are missing, as the owner. Roles
 * belong to the whole server, so that several deployments on one server share them.
 *
 * @throws StartError where the owner may not make roles
 */
export async function provision(client: pg.ClientBase, passwords: RolePasswords) {
  await makeRole(client, "contentos_definer", "nologin");
  for (const [key, role] of Object.entries(LOGINS) as [keyof RolePasswords, string][]) {
    await makeRole(client, role, "login");
    const password = passwords[key];
    if (password) await client.query(`alter role ${role} password ${pg.escapeLiteral(password)}`);
  }
  await letAppActForClients(client);
  // To hand functions over, the owner must be able to become their owner.
  await client.query("grant contentos_definer, contentos_worker to current_user");
  const { rows } = await client.query("select 1 from pg_namespace where nspname = 'graphile_worker'");
  if (rows.length === 0) await client.query("create schema graphile_worker authorization contentos_worker");
  const { rows: names } = await client.query<{ name: string }>("select quote_ident(current_database()) as name");
  await client.query(`grant connect on database ${names[0]!.name} to contentos_app, contentos_auth, contentos_worker`);
  // A temporary table would stand before ours for whoever has the pooled connection next.
  await client.query(`revoke temporary on database ${names[0]!.name} from public`);
  await boundLogins(client, names[0]!.name);
}

/** How long a log-in may hold a connection for nothing, run a statement and wait for a lock: what migration 0001 says. */
const BOUNDS: Record<string, Record<string, string>> = {
  contentos_app: { idle_in_transaction_session_timeout: "15s", statement_timeout: "30s", lock_timeout: "10s" },
  contentos_auth: { idle_in_transaction_session_timeout: "15s", statement_timeout: "15s" },
};

/** They stand with the role in this database and not in a dump of it, so that a restored or copied one has none. */
async function boundLogins(client: pg.ClientBase, database: string) {
  for (const [role, bounds] of Object.entries(BOUNDS)) {
    const { rows } = await client.query(
      `select 1 from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
       where d.datname = current_database() and s.setrole = $1::regrole`,
      [role],
    );
    if (rows.length > 0) continue;
    for (const [name, value] of Object.entries(bounds))
      await client.query(`alter role ${role} in database ${database} set ${name} = '${value}'`);
  }
}

/**
 * A client with a review link is served by the app's log-in under a role with little of its own. The log-in takes it for
 * a transaction, and inherits nothing of it: what is granted to clients, and their policies, are not its own otherwise.
 */
async function letAppActForClients(client: pg.ClientBase) {
  await makeRole(client, "contentos_guest", "nologin");
  const { rows } = await client.query(`
    select 1 from pg_auth_members
    where roleid = 'contentos_guest'::regrole and member = 'contentos_app'::regrole`);
  if (rows.length > 0) return;
  // How a grant is inherited is decided when it is made: by the role's attribute, in every version from 15 on.
  await client.query("alter role contentos_app noinherit");
  await client.query("grant contentos_guest to contentos_app");
}

async function makeRole(client: pg.ClientBase, role: string, kind: "login" | "nologin") {
  const exists = async () => (await client.query("select 1 from pg_roles where rolname = $1", [role])).rows.length > 0;
  if (await exists()) return;
  try {
    await client.query(`create role ${role} ${kind} nosuperuser nobypassrls`);
  } catch (error) {
    // Another deployment on the same server may have made it at the same moment.
    if (await exists()) return;
    throw new StartError(
      `The user of DATABASE_URL may not create the role ${role}: run "create role ${role} ${kind}" as a superuser, or give that user CREATEROLE, and start again.`,
      { cause: error },
    );
  }
}
