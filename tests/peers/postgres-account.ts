import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const isRoot = () => process.getuid?.() === 0;
const id = (flag: string) =>
  Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));

/** Why a server that refuses to run as root can't be started here; undefined where it can. */
export function postgresAccountMissing(program: string): string | undefined {
  if (!isRoot()) return undefined;
  try {
    id("-u");
    return undefined;
  } catch {
    return `no user postgres, and ${program} doesn't run as root`;
  }
}

/** Whom such a server runs as: whoever runs the tests, or Debian's user where that is root. */
export const postgresAccount = () => (isRoot() ? { uid: id("-u"), gid: id("-g") } : {});

/** A folder of theirs, which everybody may enter. */
export function homeOf({ uid, gid }: { uid?: number; gid?: number }, name: string): string {
  const home = mkdtempSync(join(tmpdir(), `contentos-${name}-`));
  chmodSync(home, 0o755);
  if (uid !== undefined) chownSync(home, uid, gid!);
  return home;
}
