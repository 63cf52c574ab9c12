import { createPool } from "@/db/client";
import { explainUnreachable } from "@/db/unreachable";
import { eraseWhoCameBack } from "@/features/privacy";
import type { Config } from "@/platform/config";
import { createErasures } from "./anchors";
import type { OpenedDatabase } from "./database";
import type { Runtime } from "./runtime";

type Options = {
  config: Config;
  database: Pick<OpenedDatabase, "urls">;
  runtime: Pick<Runtime, "log" | "storage">;
  say: (text: string) => void;
};

/** A restored backup has those again who were erased since it was made: they go ahead of whoever could read them. */
export async function eraseAgainAtStart({ config, database: { urls }, runtime: { log, storage }, say }: Options) {
  // One connection, past any pooler, since a lock is taken on it.
  const pool = createPool(urls.session, { max: 1, applicationName: "contentos start" });
  try {
    const client = await pool.connect().catch((error: unknown) => {
      throw explainUnreachable(error, urls.session, "DATABASE_WORKER_URL or DATABASE_SESSION_URL");
    });
    const { people, workspaces } = await eraseWhoCameBack(client, createErasures(config), storage).finally(() =>
      client.release(true),
    );
    if (people + workspaces === 0) return;
    log.warn({ people, workspaces }, "Erased again who and what a restored database had back");
    say(`  Erased again what a restored database had back: ${people} people, ${workspaces} workspaces`);
  } finally {
    await pool.end();
  }
}
