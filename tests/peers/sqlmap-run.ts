import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = "tests/peers/sqlmap/sqlmap/sqlmap.py";

/** Why it can't be run; undefined where it can. */
export const sqlmapMissing = () =>
  existsSync(PROGRAM) ? undefined : "sqlmap is not installed: sh tests/peers/install.sh";

/** What is to be tried: a star stands behind each value into which something is to be injected. */
export type Target = { method: string; path: string; headers: Record<string, string>; body?: string | undefined };
export type Found = { name: string; place: string; parameter: string; techniques: string };

/** The same, without stars: what a client would send. */
export const unmarked = (target: Target): Target => ({
  ...target,
  path: target.path.replaceAll("*", ""),
  headers: Object.fromEntries(Object.entries(target.headers).map(([name, value]) => [name, value.replaceAll("*", "")])),
  body: target.body?.replaceAll("*", ""),
});

const asText = (port: number, name: string, { method, path, headers, body = "" }: Target) => {
  const lines = Object.entries({
    Host: `127.0.0.1:${port}`,
    ...headers,
    ...(body && { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(body)) }),
  }).map(([header, value]) => `${header}: ${value}`);
  // Its name is ahead of the path, since sqlmap tries no parameter of a path twice, by whatever method.
  return `${method} /${name}${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
};

/** As a proxy's log has them (Burp's): what `-l` reads. */
function asLog(port: number, targets: [string, Target][]) {
  const rule = "=".repeat(54);
  const head = `${rule}\r\n09:00:00  http://127.0.0.1:${port}  [127.0.0.1]\r\n${rule}\r\n`;
  return targets.map(([name, target]) => `${head}${asText(port, name, target)}\r\n${rule}\r\n`).join("\r\n");
}

type Options = {
  port: number;
  targets: [name: string, Target][];
  /** Letters of sqlmap: boolean, error, union, stacked, time. */
  technique: string;
  withinMs: number;
};

/**
 * Has sqlmap try all marked values of these requests, of which there have to be two at least: it writes down what it found
 * only where there are several. @throws where it did not come to its end in time
 */
export async function runSqlmap({ port, targets, technique, withinMs }: Options): Promise<Found[]> {
  const folder = await mkdtemp(join(tmpdir(), "contentos-sqlmap-"));
  try {
    const [log, results] = [join(folder, "log"), join(folder, "results.csv")];
    await writeFile(log, asLog(port, targets));
    const said = await run(["-l", log, "--results-file", results, "--output-dir", folder, ...settings(technique)], {
      folder,
      withinMs,
    });
    if (process.env.SQLMAP_SAYS) console.info(said);
    const rows = existsSync(results) ? (await readFile(results, "utf8")).trim().split("\n").slice(1) : [];
    return rows
      .map((row) => row.split(","))
      .map(([address = "", place = "", parameter = "", techniques = ""]) => ({
        name: new URL(address).pathname.split("/")[1] ?? "",
        ...{ place, parameter, techniques },
      }))
      .filter(({ place, parameter }) => place || parameter);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Whether something was really put into SQL: who is let to do that reads by it as whom the database is asked. Answers that
 * differ by a time or by chance, which look like a yes and a no, tell nothing.
 */
export async function readsDatabase({
  port,
  target,
  withinMs,
}: Omit<Options, "targets" | "technique"> & { target: [string, Target] }) {
  const folder = await mkdtemp(join(tmpdir(), "contentos-sqlmap-"));
  try {
    const log = join(folder, "log");
    await writeFile(log, asLog(port, [target]));
    const reading = [
      "-l",
      log,
      "--output-dir",
      folder,
      ...settings("BEU").filter((each) => !each.startsWith("--answers")),
    ];
    const said = await run([...reading, "--current-user"], { folder, withinMs });
    return /current user: '(contentos_\w+|postgres)'/.test(said);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const settings = (technique: string) => [
  ...["--batch", "--disable-coloring", "--flush-session", "--skip-waf", "--skip-heuristics"],
  ...["--level", "1", "--risk", "1", "--dbms", "postgresql", "--technique", technique, "--time-sec", "1"],
  ...["--threads", "2", "--timeout", "20", "--retries", "1"],
  // A refusal is an answer like any other.
  ...["--ignore-code", "*"],
  // Left to itself, it leaves a request and a host once it has found something there.
  "--answers=further tests involving=N,keep testing the others=Y,exploit this=N",
];

async function run(args: string[], { folder, withinMs }: { folder: string; withinMs: number }): Promise<string> {
  const child = spawn("python3", [PROGRAM, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, HOME: folder, PYTHONDONTWRITEBYTECODE: "1" },
  });
  let said = "";
  const hear = (bytes: Buffer) => {
    said = (said + bytes.toString()).slice(-400_000);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const timer = setTimeout(() => child.kill("SIGKILL"), withinMs);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearTimeout(timer);
  if (code !== 0) throw new Error(`sqlmap ended with ${code}: ${said.slice(-2_000)}`);
  return said;
}
