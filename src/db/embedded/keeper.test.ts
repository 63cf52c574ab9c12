import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, describe, expect, test, vi } from "vitest";
import { startEmbeddedPostgres } from "./index";
import { keepRunning } from "./keeper";
import { processToken } from "./processes";

const base = mkdtempSync(join(tmpdir(), "contentos-keeper-"));
afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 5 }));

async function pidOf(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query("select pg_read_file('postmaster.pid') as text");
    return Number(rows[0].text.split("\n")[0]);
  } finally {
    await client.end().catch(() => {});
  }
}
const alive = (pid: number) => processToken(pid) !== undefined;

describe("a server that is kept", () => {
  test("runs again at its address when it was killed, and ends when it is stopped", async () => {
    const said: string[] = [];
    const server = await startEmbeddedPostgres({
      dataDir: join(base, "data"),
      ownerPassword: "kept",
      kept: true,
      onProgress: (sentence) => said.push(sentence),
    });
    process.kill(server.pid, "SIGKILL");
    const again = await vi.waitFor(() => pidOf(server.superuserUrl), { timeout: 20_000, interval: 200 });
    expect(again).not.toBe(server.pid);
    await vi.waitFor(() => expect(said).toContain("The database had ended, and runs again."));
    await server.stop();
    expect(alive(again)).toBe(false);
    await pause(1_500);
    await expect(pidOf(server.superuserUrl)).rejects.toThrow();
  }, 90_000);

  test("is not made anew where its directory was removed", async () => {
    const directory = join(base, "removed");
    const startAgain = vi.fn(async () => process.pid);
    const child = spawn("sleep", ["60"]);
    const keeper = keepRunning({ pid: child.pid!, directory, startAgain, say: () => {} });
    child.kill("SIGKILL");
    await pause(1_500);
    expect(startAgain).not.toHaveBeenCalled();
    await keeper.stop();
  });

  test("is tried again until it starts, and why it does not is said once", async () => {
    const directory = join(base, "there");
    mkdirSync(directory);
    const said: string[] = [];
    const child = spawn("sleep", ["60"]);
    const startAgain = vi.fn(async () => process.pid);
    startAgain.mockRejectedValueOnce(new Error("No.")).mockRejectedValueOnce(new Error("No."));
    const keeper = keepRunning({ pid: child.pid!, directory, startAgain, say: (text) => void said.push(text) });
    await pause(1_200);
    expect(startAgain).not.toHaveBeenCalled();
    child.kill("SIGKILL");
    await vi.waitFor(() => expect(said).toEqual(["No.", "The database had ended, and runs again."]), 10_000);
    await pause(1_200);
    expect(startAgain).toHaveBeenCalledTimes(3);
    await keeper.stop();
  });
});
