import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#tests/harness/free-port";

export type Deployment = { origin: string; stop(): Promise<void> };

/** `npm start` as a user types it, in a data directory of its own; builds where the sources are newer. */
export async function startDeployment(env: Record<string, string> = {}): Promise<Deployment> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), "contentos-e2e-"));
  const child = spawn(process.execPath, ["scripts/contentos.mjs", "start"], {
    env: {
      ...process.env,
      NODE_ENV: "test",
      PORT: String(port),
      CONTENTOS_DATA_DIR: dataDir,
      LOG_LEVEL: "error",
      // One person does here in a minute what people do in a quarter of an hour.
      RATE_LIMIT_FACTOR: "20",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said += chunk;
        if (said.includes("ContentOS is running")) resolve();
      });
    }
    child.on("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
  return {
    origin: `http://localhost:${port}`,
    async stop() {
      if (child.exitCode === null) {
        child.kill("SIGINT");
        await once(child, "exit");
      }
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
