import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { freePorts } from "#tests/harness/free-port";

const run = promisify(execFile);
const TOOLS = ["ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "monmaptool", "ceph-authtool", "ceph"];
const found = await Promise.all(
  TOOLS.map((tool) =>
    run("sh", ["-c", `command -v ${tool}`]).then(
      () => true,
      () => false,
    ),
  ),
);

/** Why no S3 server can be started here; undefined where one can. */
export function cephMissing(): string | undefined {
  const missing = TOOLS.filter((_, index) => !found[index]);
  if (missing.length > 0) return `${missing.join(", ")} not found: run tests/peers/install.sh`;
  return process.getuid?.() === 0 ? undefined : "Ceph's daemons are started as root here";
}

export type CephServer = Awaited<ReturnType<typeof startCeph>>;

const ACCESS_KEY = { accessKeyId: "CONTENTOSTEST0000001", secretAccessKey: "the-secret-of-the-tests-of-contentos-1" };

/** One monitor, one store in memory and Ceph's S3 gateway, on free ports of this machine. */
export async function startCeph() {
  const directory = await mkdtemp(join(tmpdir(), "contentos-ceph-"));
  const [monV2, monV1, gateway] = await freePorts(3);
  const config = join(directory, "ceph.conf");
  const fsid = randomUUID();
  for (const name of ["mon", "osd", "run", "log"]) await mkdir(join(directory, name));
  await writeFile(config, configOf({ directory, fsid, monV2: monV2!, monV1: monV1!, gateway: gateway! }));

  const daemons: ChildProcess[] = [];
  const ceph = (tool: string, ...options: string[]) => run(tool, ["-c", config, ...options], { timeout: 60_000 });
  const start = (tool: string, ...options: string[]) => {
    // In the foreground, so that they end with us.
    const daemon = spawn(tool, ["-f", "-c", config, ...options], { stdio: "ignore" });
    daemons.push(daemon);
  };
  const close = async () => {
    for (const daemon of daemons.reverse()) {
      if (daemon.exitCode !== null || daemon.signalCode !== null) continue;
      const ended = once(daemon, "exit");
      daemon.kill("SIGKILL");
      await ended;
    }
    await rm(directory, { recursive: true, force: true });
  };

  try {
    const keyring = join(directory, "keyring");
    const monmap = join(directory, "monmap");
    const address = `[v2:127.0.0.1:${monV2},v1:127.0.0.1:${monV1}]`;
    await run("monmaptool", ["--create", "--addv", "a", address, "--fsid", fsid, monmap]);
    await run("ceph-authtool", ["-C", keyring, "-g", "-n", "mon.", "--cap", "mon", "allow *"]);
    const all = ["--cap", "mon", "allow *", "--cap", "osd", "allow *", "--cap", "mgr", "allow *"];
    await run("ceph-authtool", [keyring, "-g", "-n", "client.admin", ...all]);
    await ceph("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap, "--keyring", keyring);
    start("ceph-mon", "-i", "a");
    const store = randomUUID();
    await ceph("ceph", "osd", "new", store);
    for (const [name, ...caps] of [
      ["osd.0", "mon", "allow profile osd", "osd", "allow *", "mgr", "allow profile osd"],
      ["client.gateway", "mon", "allow rw", "osd", "allow rwx"],
    ] as const)
      await appendFile(keyring, (await ceph("ceph", "auth", "get-or-create", name, ...caps)).stdout);
    await ceph("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", store);
    await ceph("ceph", "osd", "crush", "add", "osd.0", "1.0", "root=default", "host=local");
    start("ceph-osd", "-i", "0");
    await until(async () => /\b1 up/.test((await ceph("ceph", "osd", "stat")).stdout));
    start("radosgw", "-n", "client.gateway");
    const endpoint = `http://127.0.0.1:${gateway}`;
    await until(async () => (await fetch(endpoint)).ok);
    const { accessKeyId, secretAccessKey } = ACCESS_KEY;
    const keys = [`--access-key=${accessKeyId}`, `--secret-key=${secretAccessKey}`];
    await ceph("radosgw-admin", "user", "create", "--uid=contentos", "--display-name=ContentOS", ...keys);
    return { endpoint, region: "default", ...ACCESS_KEY, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function until(check: () => Promise<boolean>) {
  for (let tries = 1; ; tries++) {
    try {
      if (await check()) return;
    } catch (error) {
      if (tries >= 200) throw error;
    }
    if (tries >= 200) throw new Error("Ceph did not get ready in time");
    await wait(300);
  }
}

type Place = { directory: string; fsid: string; monV2: number; monV1: number; gateway: number };

const configOf = ({ directory, fsid, monV2, monV1, gateway }: Place) => `[global]
fsid = ${fsid}
mon host = [v2:127.0.0.1:${monV2},v1:127.0.0.1:${monV1}]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
ms bind ipv4 = true
auth allow insecure global id reclaim = true
keyring = ${directory}/keyring
run dir = ${directory}/run
log file = ${directory}/log/$name.log
admin socket = ${directory}/run/$name.asok
pid file = ${directory}/run/$name.pid
mon data = ${directory}/mon
mon data avail warn = 1
mon data avail crit = 0
mon allow pool size one = true
osd data = ${directory}/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd max object name len = 256
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
rgw dns name = 127.0.0.1
rgw frontends = beast endpoint=127.0.0.1:${gateway}
rgw enable usage log = false
`;
