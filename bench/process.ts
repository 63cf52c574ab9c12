import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { median } from "./lib/load";
import { startServer } from "./lib/servers";

const START_MS = 5_000;
const IDLE_MB = 300;

/** How soon a warm start answers, and what an idle deployment holds, with its embedded Postgres. */
export async function benchProcess(dataDir: string, { rounds }: { rounds: number }) {
  const env = { CONTENTOS_DATA_DIR: dataDir, LOG_LEVEL: "info", DATABASE_URL: "" };
  const start = () => startServer({ args: ["scripts/contentos.mjs", "start"], env, ready: "is running" });
  const cold = await start();
  await cold.stop();
  const took: number[] = [];
  let heldMb = 0;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    const server = await start();
    await (await fetch(`${server.origin}/api/v1/health/ready`)).arrayBuffer();
    const page = await fetch(`${server.origin}/sign-in`);
    await page.arrayBuffer();
    if (!page.ok) throw new Error(`The sign-in page was answered with ${page.status}`);
    took.push(performance.now() - began);
    if (round === rounds - 1) {
      await wait(30_000);
      heldMb = pssMb(dataDir, server.pid);
    }
    await server.stop();
  }
  console.log("\nprocess                                                    figure   held to");
  const line = (name: string, figure: string, met: boolean, held: string) =>
    console.log(`${name.padEnd(56)} ${figure.padStart(8)}   ${held} ${met ? "met" : "MISSED"}`);
  line(
    "warm start until API and sign-in page have answered",
    `${median(took).toFixed(0)} ms`,
    median(took) <= START_MS,
    `${START_MS} ms`,
  );
  line("idle, PSS of all processes, Postgres included", `${heldMb.toFixed(0)} MB`, heldMb < IDLE_MB, `${IDLE_MB} MB`);
}

/** Proportional set size in MB of a process, its descendants, and the Postgres of that data directory with its own. */
function pssMb(dataDir: string, root: number): number {
  const parents = new Map<number, number>();
  const wanted = new Set([root]);
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
      if (readFileSync(`/proc/${entry}/cmdline`, "utf8").includes(`${dataDir}/postgres`)) wanted.add(Number(entry));
    } catch {
      // It ended meanwhile.
    }
  }
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, parent] of parents) {
      if (wanted.has(parent) && !wanted.has(pid)) {
        wanted.add(pid);
        grew = true;
      }
    }
  }
  let kilobytes = 0;
  for (const pid of wanted) {
    const pss = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8").match(/^Pss:\s+(\d+) kB/m);
    kilobytes += Number(pss?.[1] ?? 0);
  }
  return kilobytes / 1024;
}
