import { Client, type DatabaseError } from "pg";

export const OWNER = "contentos_owner";
export const DATABASE = "contentos";

/** The address as a URL; a password may hold any character. */
export function urlOf({
  user,
  password,
  port,
  database,
}: {
  user: string;
  password: string;
  port: number;
  database: string;
}) {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that is cut while nobody waits for it would otherwise end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Refused passwords (also of a role that does not exist), refused log-ins, no database: the ways not to be set up. */
const NOT_SET_UP = new Set(["28P01", "28000", "3D000"]);

async function canSignIn(url: string): Promise<boolean> {
  try {
    await withClient(url, async () => undefined);
    return true;
  } catch (error) {
    if (NOT_SET_UP.has((error as DatabaseError).code ?? "")) return false;
    throw error;
  }
}

/** Sees to it that the owner can sign in with this password to a database of its own. */
export async function ensureOwner(
  urls: { owner: string; superuser: string },
  { ownerPassword, withStatements }: { ownerPassword: string; withStatements: boolean },
): Promise<void> {
  if (await canSignIn(urls.owner)) return;
  await withClient(urls.superuser, async (client) => {
    const { rowCount: roles } = await client.query("select from pg_roles where rolname = $1", [OWNER]);
    const verb = roles ? "alter" : "create";
    const password = client.escapeLiteral(ownerPassword);
    await client.query(`${verb} role ${OWNER} login createrole createdb nosuperuser password ${password}`);
    const { rowCount: databases } = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (!databases) await client.query(`create database ${DATABASE} owner ${OWNER}`);
    // In the superuser's database: it shows the statements of all of them, and the app's own has nothing to hide then.
    if (withStatements) await client.query("create extension if not exists pg_stat_statements");
  });
}
