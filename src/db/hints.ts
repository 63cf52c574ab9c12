import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";

/** Any log-in of the database may listen here, so that a hint tells a workspace's id and nothing else. */
const CHANNEL = "contentos_events";
/** A notification has at most 8,000 bytes. */
const MOST_IDS = 200;
/** NOTIFY takes a lock of the whole server at its commit; so there is one for all that was committed meanwhile. */
const EVERY_MS = 50;

/**
 * Says, outside of the transactions that did it, in which workspaces something was committed: at once, and then at
 * most every 50 ms. What gets lost, with its process or for want of a connection, is found by who looks now and then.
 */
export const createAnnouncer = (pool: pg.Pool, everyMs = EVERY_MS) =>
  gathered(everyMs, (ids) => pool.query("select pg_notify($1, $2)", [CHANNEL, ids.join(",")]));

/** How long at most the rows of an audit log wait for their sealer to be woken, in ms. */
const SEAL_EVERY_MS = 500;

/** Wakes the sealers of the workspaces in which audit rows were committed. What gets lost is found by the sweep. */
export const createSealWaker = (pool: pg.Pool, everyMs = SEAL_EVERY_MS) =>
  gathered(everyMs, (ids) => pool.query("select app.wake_sealer(id) from unnest($1::uuid[]) id", [ids]));

/** Sends at once, and then at most every so often what has come meanwhile. */
function gathered(everyMs: number, say: (ids: string[]) => Promise<unknown>): (workspaceId: string) => void {
  const waiting = new Set<string>();
  let resting = false;
  const send = () => {
    const ids = [...waiting];
    waiting.clear();
    for (let at = 0; at < ids.length; at += MOST_IDS) say(ids.slice(at, at + MOST_IDS)).catch(() => {});
    resting = ids.length > 0;
    if (resting) setTimeout(send, everyMs).unref();
  };
  return (workspaceId) => {
    waiting.add(workspaceId);
    if (!resting) send();
  };
}

type Listening = {
  /** Leads to Postgres itself: a pooler in transaction mode would drop what is said between transactions. */
  connectionString: string;
  onHint: (workspaceId: string) => void;
  /** Whenever it listens anew: what was said before went by unheard. */
  onGap: () => void;
  log: Logger;
};

const BACKOFF_MS = { first: 100, most: 5_000 };
const TIMEOUT_MS = 5_000;
/** A connection may die without a word, so it is asked now and then. */
const CHECK_MS = 30_000;

/** Listens on one connection, and on another one whenever that is lost. Answers at once, also while nothing can be reached. */
export function listenForHints({ connectionString, onHint, onGap, log }: Listening): { close(): Promise<void> } {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => stopping.signal.addEventListener("abort", () => resolve()));

  async function listen(onReady: () => void) {
    const client = new pg.Client({
      connectionString,
      application_name: "contentos events",
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      keepAlive: true,
    });
    const lost = new Promise<void>((resolve) => {
      client.on("error", () => resolve());
      client.on("end", () => resolve());
    });
    client.on("notification", ({ payload = "" }) => {
      for (const workspaceId of payload.split(",")) onHint(workspaceId);
    });
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      onReady();
      const over = Promise.race([lost, stopped]).then(() => true);
      while (!(await Promise.race([over, delay(CHECK_MS, false, { signal: stopping.signal, ref: false })])))
        await client.query("select 1");
    } finally {
      await Promise.race([client.end().catch(() => {}), delay(TIMEOUT_MS, undefined, { ref: false })]);
    }
  }

  const listening = (async () => {
    let waitMs = BACKOFF_MS.first;
    while (!stopping.signal.aborted) {
      await listen(() => {
        waitMs = BACKOFF_MS.first;
        onGap();
      }).catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn({ err: error }, "Live updates can't listen, and are looked for instead");
      });
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      waitMs = Math.min(waitMs * 2, BACKOFF_MS.most);
    }
  })();

  return {
    async close() {
      stopping.abort();
      await listening;
    },
  };
}
