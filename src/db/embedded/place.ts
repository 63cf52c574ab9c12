import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StartError } from "@/platform/errors";
import { type Account, canEnter } from "./processes";

/** Where root puts what the unprivileged user must reach, when the data directory itself is out of its reach. */
export const REACHABLE_ROOT = "/var/lib/contentos";

const POINTER = "postgres-is-at";

export type Place = {
  /** Postgres' own data directory; it may not exist yet, its parent does. */
  data: string;
  /** Where a copy of the binaries may be put so that `account` can run them. */
  copies: string;
  account: Account | undefined;
};

/** Makes the data directory. As root others may enter it, but not list it, since Postgres has to pass through. */
export function makeDataDir(dataDir: string): string {
  if (!existsSync(dataDir)) {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  }
  return realpathSync(dataDir);
}

/** Says where Postgres lives and as whom it runs; `dataDir` is absolute and exists. */
export function choosePlace(dataDir: string, reachableRoot: string): Place {
  const uid = process.getuid?.();
  return uid === 0 ? placeForRoot(dataDir, reachableRoot) : placeForUser(dataDir, uid);
}

function placeForUser(dataDir: string, uid: number | undefined): Place {
  const data = pointedAt(dataDir) ?? join(dataDir, "postgres");
  if (uid !== undefined && existsSync(data) && statSync(data).uid !== uid) {
    throw new StartError(
      `The database in ${data} belongs to another user: start ContentOS as the user that started it first, or move ${dataDir} away to begin with an empty one.`,
    );
  }
  return { data, copies: dataDir, account: undefined };
}

function placeForRoot(dataDir: string, reachableRoot: string): Place {
  const inside = join(dataDir, "postgres");
  const elsewhere = pointedAt(dataDir);
  if (elsewhere !== undefined) {
    return { data: elsewhere, copies: reachableRoot, account: ownerOf(elsewhere) ?? unprivileged() };
  }
  const owner = ownerOf(inside);
  const account = owner ?? unprivileged();
  if (canEnter(dataDir, account)) return { data: inside, copies: dataDir, account };
  if (owner) {
    throw new StartError(
      `Postgres can't run as root, and the owner of ${inside} (uid ${owner.uid}) can't enter ${dataDir} any more: let that user pass through the directories above it, or set DATABASE_URL.`,
    );
  }
  return { data: settleElsewhere(dataDir, reachableRoot, account), copies: reachableRoot, account };
}

function settleElsewhere(dataDir: string, reachableRoot: string, account: Account): string {
  const root = join(reachableRoot, createHash("sha256").update(dataDir).digest("hex").slice(0, 16));
  for (const directory of [dirname(reachableRoot), reachableRoot, root]) {
    if (existsSync(directory)) continue;
    mkdirSync(directory, { recursive: true });
    chmodSync(directory, 0o755);
  }
  if (!canEnter(root, account)) {
    throw new StartError(
      `Postgres can't run as root, and its user (uid ${account.uid}) can enter neither ${dataDir} nor ${root}: move ContentOS to a directory that other users may enter, start it as an ordinary user, or set DATABASE_URL.`,
    );
  }
  const data = join(root, "postgres");
  const why = "Postgres does not run as root, and the user that it runs as can't enter this directory.";
  writeFileSync(join(dataDir, POINTER), `${data}\n\n${why}\nRemove this file and that directory to start over.\n`);
  return data;
}

/** The place that an earlier start as root has chosen. That it is gone is not a reason to begin with an empty one. */
function pointedAt(dataDir: string): string | undefined {
  const pointer = join(dataDir, POINTER);
  if (!existsSync(pointer)) return undefined;
  const data = readFileSync(pointer, "utf8").split("\n", 1)[0]?.trim();
  if (!data || !existsSync(dirname(data))) {
    throw new StartError(
      `${pointer} says that the database is at ${data}, which does not exist: put it back, or remove ${pointer} to begin with an empty one.`,
    );
  }
  return data;
}

function ownerOf(directory: string): Account | undefined {
  if (!existsSync(directory)) return undefined;
  const { uid, gid } = statSync(directory);
  return uid === 0 ? undefined : { uid, gid };
}

function unprivileged(): Account {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, uid, gid] =
      lines.map((line) => /^([^:]+):[^:]*:(\d+):(\d+):/.exec(line)?.slice(1) ?? []).find(([user]) => user === name) ??
      [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new StartError(
    "Postgres can't run as root, and this system has no user named postgres or nobody: start ContentOS as an ordinary user, or set DATABASE_URL.",
  );
}
