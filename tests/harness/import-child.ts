import { pino } from "pino";
import { createDatabase } from "@/db/client";
import { importTask } from "@/features/transfer";
import { startWorker } from "@/jobs/worker";
import { systemClock } from "@/platform/clock";
import { OutboundError } from "@/platform/outbound-fetch";
import { react } from "@/reactions";
import { testKeyring } from "./keyring";
import { folderStorage } from "./storage";

/** A worker in a process of its own, to be killed: it imports, and stops for good where it is asked for the picture of one entry. */
const { APP_URL = "", WORKER_URL = "", STORAGE = "", AT = "" } = process.env;
const log = pino({ level: "silent" });

await startWorker({
  workerUrl: WORKER_URL,
  sessionUrl: WORKER_URL,
  log,
  tasks: {
    "transfer.import": importTask({
      db: createDatabase(APP_URL, react),
      storage: folderStorage(STORAGE),
      keyring: testKeyring,
      clock: systemClock,
      log,
      fetch: async (url) => {
        if (String(url).endsWith(`${AT}.png`)) {
          console.log(AT);
          await new Promise(() => {});
        }
        throw new OutboundError("unreachable", "Nobody answers.", false);
      },
    }),
  },
});
