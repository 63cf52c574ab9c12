import { randomBytes, randomUUID } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { StartError } from "@/platform/errors";
import type { Binaries } from "./binaries";
import { toolFailure } from "./failures";
import type { Place } from "./place";
import { runTool } from "./processes";
import { HBA } from "./settings";

/** Refuses a data directory that these binaries can't read. */
export function refuseOtherMajor(data: string, ours: number): void {
  const theirs = majorOf(data);
  if (theirs === undefined || theirs === String(ours)) return;
  throw new StartError(
    `The database in ${data} was made by Postgres ${theirs} and this ContentOS brings Postgres ${ours}: dump it with the ContentOS that made it, or set DATABASE_URL to a Postgres ${theirs} server on it, or move ${data} away to begin with an empty one.`,
  );
}

function majorOf(data: string): string | undefined {
  const file = join(data, "PG_VERSION");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/**
 * Makes the data directory if there is none, and the superuser's password if it has none. The server must not run.
 * A killed start leaves either nothing or a whole directory, since it is made beside and renamed.
 */
export async function prepareCluster(
  { data, account }: Place,
  { binaries, passwordFile, say }: { binaries: Binaries; passwordFile: string; say: (sentence: string) => void },
): Promise<void> {
  if (majorOf(data) === undefined) {
    refuseStrangers(data);
    say("Making a new database; this takes a few seconds.");
    rmSync(passwordFile, { force: true });
    await initialise({ data, account }, binaries);
  }
  if (!existsSync(passwordFile)) await setSuperuserPassword({ data, account }, binaries, passwordFile);
}

function refuseStrangers(data: string): void {
  if (!existsSync(data) || readdirSync(data).length === 0) return;
  throw new StartError(
    `${data} is not empty and holds no Postgres database: move it away, or choose another data directory, and start again.`,
  );
}

type Target = Pick<Place, "data" | "account">;

async function initialise({ data, account }: Target, binaries: Binaries): Promise<void> {
  sweepParts(data);
  const part = `${data}.part-${randomUUID()}`;
  mkdirSync(part, { mode: 0o700 });
  chmodSync(part, 0o700);
  if (account) chownSync(part, account.uid, account.gid);
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  // Nobody may sign in until pg_hba.conf is ours; the password follows in single-user mode.
  const args = ["-D", part, "--username=postgres", "--auth=reject", "--no-instructions", ...locale];
  try {
    const { ok, output } = await runTool(binaries.tool("initdb"), args, account);
    if (!ok) throw toolFailure("make a database in", output, dirname(data));
    writeFileSync(join(part, "pg_hba.conf"), HBA);
    renameSync(part, data);
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}

/** What starts that were killed left behind. */
function sweepParts(data: string): void {
  for (const name of readdirSync(dirname(data))) {
    if (!name.startsWith(`${basename(data)}.part-`)) continue;
    rmSync(join(dirname(data), name), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function setSuperuserPassword(
  { data, account }: Target,
  binaries: Binaries,
  passwordFile: string,
): Promise<void> {
  const password = randomBytes(24).toString("hex");
  const { ok, output } = await runTool(
    binaries.tool("postgres"),
    ["--single", "-D", data, "-c", "log_min_error_statement=panic", "postgres"],
    account,
    `ALTER ROLE postgres PASSWORD '${password}'\n`,
  );
  // Single-user mode ends with 0 also after a statement that failed.
  if (!ok || /\b(ERROR|FATAL|PANIC):/.test(output)) throw toolFailure("set a password in", output, data);
  const part = `${passwordFile}.part`;
  rmSync(part, { force: true });
  writeFileSync(part, `${password}\n`, { mode: 0o600 });
  renameSync(part, passwordFile);
}
