import type pg from "pg";
import { createPool } from "@/db/client";
import { eraseWhoCameBack } from "@/features/privacy";
import type { Config } from "@/platform/config";
import { createErasures } from "./anchors";
import type { OpenedDatabase } from "./database";
import type { Runtime } from "./runtime";

type Options = {
  config: Config;
  database: Pick<OpenedDatabase, "urls">;
  runtime: Pick<Runtime, "log" | "storage" | "shredding">;
  say: (text: string) => void;
};

/**
 * A restored database has those again who were erased since its backup: they go ahead of whoever could read them. It may
 * also hold settings by which the next server that is made of it stops early.
 */
export async function afterRestore({ config, database: { urls }, runtime: { log, storage, shredding }, say }: Options) {
  const pool = createPool(urls.worker, { max: 1, applicationName: "contentos start" });
  try {
    const { people, workspaces } = await eraseWhoCameBack(pool, {
      erasures: createErasures(config),
      storage,
      shredding,
    });
    if (people + workspaces > 0) {
      log.warn({ people, workspaces }, "Erased again who and what a restored database had back");
      say(`  Erased again what a restored database had back: ${people} people, ${workspaces} workspaces`);
    }
    const left = await recoverySettings(pool);
    if (left.length > 0)
      say(`  The database still has settings of its restore, which a replica would obey: reset ${left.join(", ")}`);
  } finally {
    await pool.end();
  }
}

async function recoverySettings(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "select name from pg_settings where name ~ '^(recovery_target|restore_command)' and setting <> boot_val order by name",
  );
  return rows.map(({ name }) => name);
}
