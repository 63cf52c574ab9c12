import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { isFull } from "./failures";
import { processToken } from "./processes";

const LOOK_EVERY_MS = 500;
/** Where the disk is full, each try would read the log anew and end as the one before. */
const TRY_ANYWAY_MS = 30_000;

type Options = {
  /** Of the server's first process. */
  pid: number;
  /** The disk that may be full. */
  directory: string;
  /** Answers the pid of the server that runs then. */
  startAgain: () => Promise<number>;
  say: (sentence: string) => void;
};

/**
 * Starts a server again that ended by itself: Postgres recovers from most by itself, and ends where it can't write its log.
 * A full disk is waited for.
 */
export function keepRunning({ pid, directory, startAgain, say }: Options): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  let token = processToken(pid);
  const lives = () => token !== undefined && processToken(pid) === token;

  async function keep() {
    for (let triedAt = Number.NEGATIVE_INFINITY, told = ""; !signal.aborted; ) {
      await delay(LOOK_EVERY_MS, undefined, { signal, ref: false }).catch(() => {});
      // Removed under us, to start over: nothing is made in its place.
      if (signal.aborted || lives() || !existsSync(directory)) continue;
      if (isFull(directory) && performance.now() - triedAt < TRY_ANYWAY_MS) continue;
      triedAt = performance.now();
      try {
        pid = await startAgain();
        token = processToken(pid);
        triedAt = Number.NEGATIVE_INFINITY;
        say("The database had ended, and runs again.");
        told = "";
      } catch (error) {
        const { message } = error as Error;
        if (message !== told) say(message);
        told = message;
      }
    }
  }

  const keeping = keep();
  return {
    async stop() {
      stopping.abort();
      await keeping;
    },
  };
}
