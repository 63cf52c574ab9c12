import { pino } from "pino";
import { createDatabase } from "@/db/client";
import { withJob } from "@/db/scope";
import { startWorker } from "@/jobs/worker";

/** A worker in a process of its own, to be killed: it enters its job's scope, says so, and never finishes. */
const { APP_URL = "", WORKER_URL = "" } = process.env;
const db = createDatabase(APP_URL);

await startWorker({
  workerUrl: WORKER_URL,
  sessionUrl: WORKER_URL,
  log: pino({ level: "silent" }),
  tasks: {
    "test.hold": async (_payload, claim) => {
      await withJob(db, claim, async () => {});
      console.log(claim.workerId);
      await new Promise(() => {});
    },
  },
});
