import { existsSync } from "node:fs";
import { resolve } from "node:path";
import pg from "pg";
import { loadBackup, readHeader, writeBackup } from "@/db/backup";
import { createPool } from "@/db/client";
import { withShreddingLock } from "@/db/shredding-lock";
import { eraseAgain } from "@/features/privacy";
import { systemClock } from "@/platform/clock";
import { type Config, parseConfig } from "@/platform/config";
import { StartError } from "@/platform/errors";
import type { Ledger } from "@/platform/ledger";
import { createKeyring } from "@/platform/secrets";
import { createStorage } from "@/platform/storage/create";
import { createErasures, createShredding } from "./anchors";
import { type DatabaseUrls, openDatabase } from "./database";
import { keptSecret } from "./secret";

type Here = { config: Config; secret: string; urls: DatabaseUrls };

/** As the person typed it: npm runs scripts elsewhere. */
const placeOf = (path: string) => resolve(process.env.INIT_CWD ?? process.cwd(), path);

/**
 * `admin backup --to FILE`, while ContentOS runs or not: all rows as they are at one moment. Files are not in it.
 * @throws StartError
 */
export async function backUpHere({ config, secret, urls }: Here, to: string | undefined): Promise<string> {
  if (!to) throw new StartError("Say where to write it: npm run admin -- backup --to FILE");
  const path = placeOf(to);
  if (existsSync(path)) throw new StartError(`${path} is there already: name another file.`);
  const keyring = createKeyring(secret, config.previousSecrets);
  const shredding = createShredding(config, keyring);
  const rows = await asSuperuser(urls, (client) =>
    withShreddingLock(client, async () => {
      await client.query("begin isolation level repeatable read read only");
      return writeBackup({ client, shredding, keyring, clock: systemClock }, path);
    }),
  );
  return `${rows} rows are in ${path}. It opens with the secret and with shredding-keys.jsonl of this data directory: keep those elsewhere, and files beside it.`;
}

/**
 * `admin restore FILE`, into what is empty: migrates up to where the backup was made, brings it in, and goes on.
 * @throws StartError, and nothing was brought in
 */
export async function restoreHere(file: string | undefined): Promise<string> {
  if (!file) throw new StartError("Say what to restore: npm run admin -- restore FILE");
  const path = placeOf(file);
  if (!existsSync(path)) throw new StartError(`There is nothing at ${path}.`);
  const { migration, madeAt } = await readHeader(path);
  const config = parseConfig(process.env);
  const secret = config.secret ?? keptSecret(config.dataDir);
  const keyring = createKeyring(secret, config.previousSecrets);
  const shredding = createShredding(config, keyring);
  const opening = { config, secret, say: () => {} };
  const empty = await openDatabase({ ...opening, until: migration });
  const done = await asSuperuser(empty.urls, async (client) => {
    await requireEmpty(client);
    return withShreddingLock(client, () => loadBackup({ client, shredding, keyring }, path));
  }).finally(() => empty.stop());
  // What was migrated since then.
  const database = await openDatabase(opening);
  const workerPool = createPool(database.urls.worker, { max: 1, applicationName: "contentos restore" });
  try {
    await eraseAgain(workerPool, {
      erasures: withGone(createErasures(config), done.gone),
      storage: createStorage({ config, keyring, clock: systemClock }),
      shredding,
    });
  } finally {
    await workerPool.end();
    await database.stop();
  }
  const { rows, people, workspaces } = done;
  return `${rows} rows of ${madeAt} are here. Left out, since they were erased: ${people} people or addresses, ${workspaces} workspaces. Everybody signs in anew.`;
}

/** Whoever has no key was erased, also where nobody has brought along the file that says so. */
const withGone = (erasures: Ledger, gone: string[]): Pick<Ledger, "list"> => ({
  list: async () => [...(await erasures.list()), ...gone.map((userId) => ({ userId, at: "", receipt: "" }))],
});

async function requireEmpty(client: pg.Client) {
  const { rows } = await client.query<{ used: boolean }>(
    "select exists (select from users) or exists (select from workspaces) as used",
  );
  if (rows[0]!.used)
    throw new StartError(
      "There are people or workspaces in this database: restore into an empty data directory (CONTENTOS_DATA_DIR) or database.",
    );
}

async function asSuperuser<T>({ backup }: DatabaseUrls, work: (client: pg.Client) => Promise<T>): Promise<T> {
  if (!backup)
    throw new StartError(
      "DATABASE_BACKUP_URL is not set: a backup sees the rows of all workspaces, so that it needs a superuser's address. Or use pg_dump, without keys for each person.",
    );
  const client = new pg.Client({ connectionString: backup, application_name: "contentos backup" });
  await client.connect();
  try {
    const { rows } = await client.query<{ may: boolean }>(
      "select rolsuper as may from pg_roles where rolname = current_user",
    );
    if (!rows[0]!.may)
      throw new StartError(
        "The log-in of DATABASE_BACKUP_URL is no superuser, so that row-level security hides rows from it.",
      );
    return await work(client);
  } finally {
    await client.end();
  }
}
