import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { vi } from "vitest";
import { freePort } from "#tests/harness/free-port";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL("./wordpress/", import.meta.url));
/** Where Debian puts it. */
const SOURCE = "/usr/share/wordpress";
const TOOLS = ["/usr/bin/php", "/usr/sbin/mariadbd", "/usr/bin/mariadb-install-db", `${SOURCE}/wp-load.php`];

/** Why no WordPress can be started here; undefined where one can. */
export function wordPressMissing(): string | undefined {
  const missing = TOOLS.filter((tool) => !existsSync(tool));
  return missing.length > 0 ? `${missing.join(", ")} not found: run tests/peers/install.sh` : undefined;
}

export type WordPressServer = Awaited<ReturnType<typeof startWordPress>>;

/** A WordPress of its own, with a database of its own, on free ports of this machine. */
export async function startWordPress() {
  const directory = await mkdtemp(join(tmpdir(), "contentos-wordpress-"));
  await chmod(directory, 0o755);
  const port = await freePort();
  const root = join(directory, "root");
  const socket = join(directory, "db.sock");
  const children: ChildProcess[] = [];
  let web: ChildProcess | undefined;
  const close = async () => {
    for (const child of children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, "exit");
      // The web server's workers are processes of their own: its group ends as one.
      if (child === web) process.kill(-child.pid!, "SIGTERM");
      else child.kill("SIGTERM");
      await ended;
    }
    await rm(directory, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const php = (script: string, ...given: string[]) =>
    run("php", [join(HERE, script), root, url, ...given], { maxBuffer: 64 * 1024 * 1024 }).then(({ stdout }) => stdout);
  try {
    await startDatabase(directory, socket, children);
    await cp(SOURCE, root, {
      recursive: true,
      dereference: true,
      filter: (path) => !/wp-content\/(languages|uploads)/.test(path),
    });
    await mkdir(join(root, "wp-content/uploads"), { recursive: true });
    await rm(join(root, "wp-config.php"), { force: true });
    await writeFile(join(root, "wp-config.php"), configOf(socket));
    const { user, password } = JSON.parse(await php("install.php")) as { user: string; password: string };
    web = spawn("php", ["-S", `127.0.0.1:${port}`, "-t", root, join(HERE, "router.php")], {
      stdio: "ignore",
      detached: true,
      env: { ...process.env, PHP_CLI_SERVER_WORKERS: "3" },
    });
    children.push(web);
    const rest = restOf(url, user, password);
    await vi.waitFor(() => rest("GET", "types"), { timeout: 30_000, interval: 100 });
    let people = 0;
    /** Somebody with a role of WordPress', and an application password. */
    const person = async (role: string) => {
      people += 1;
      const name = `${role}${people}`;
      const made = JSON.parse(await php("person.php", name, role)) as { user: string; password: string };
      return { ...made, revoke: async () => void (await php("person.php", name, "revoke")) };
    };
    return {
      url,
      rest,
      upload: uploadOf(url, user, password),
      exported: () => php("export.php"),
      person,
      permalinks: (structure: string) => php("permalinks.php", structure),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startDatabase(directory: string, socket: string, children: ChildProcess[]) {
  const data = join(directory, "data");
  // As root, MariaDB asks to be told that it may.
  const user = process.getuid?.() === 0 ? ["--user=root"] : [];
  await run("mariadb-install-db", [
    "--no-defaults",
    ...user,
    `--datadir=${data}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
  ]);
  const flags = [
    `--datadir=${data}`,
    `--socket=${socket}`,
    "--skip-networking",
    `--pid-file=${join(directory, "db.pid")}`,
  ];
  children.push(
    spawn("mariadbd", ["--no-defaults", ...user, ...flags, "--innodb-flush-log-at-trx-commit=0"], { stdio: "ignore" }),
  );
  const create = () =>
    run("mariadb", [
      "--no-defaults",
      `--socket=${socket}`,
      "-uroot",
      "-e",
      "create database wordpress character set utf8mb4",
    ]);
  await vi.waitFor(create, { timeout: 60_000, interval: 200 });
}

/** Application passwords go over http where WordPress is told that it stands on a desk. */
const configOf = (socket: string) => `<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:${socket}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_ENVIRONMENT_TYPE', 'local'); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('DISABLE_WP_CRON', true);
define('AUTH_KEY', 'a'); define('SECURE_AUTH_KEY', 'b'); define('LOGGED_IN_KEY', 'c'); define('NONCE_KEY', 'd');
define('AUTH_SALT', 'e'); define('SECURE_AUTH_SALT', 'f'); define('LOGGED_IN_SALT', 'g'); define('NONCE_SALT', 'h');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
export type Made = { id: number; link: string; source_url: string; content: { rendered: string } };

/** WordPress' own REST API, as its administrator. */
const restOf =
  (url: string, user: string, password: string) =>
  async (method: string, path: string, body?: object): Promise<Made> => {
    const response = await fetch(`${url}/wp-json/wp/v2/${path}`, {
      method,
      headers: { authorization: basic(user, password), "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<Made>;
  };

const uploadOf =
  (url: string, user: string, password: string) =>
  async (fileName: string, bytes: Uint8Array): Promise<Made> => {
    const response = await fetch(`${url}/wp-json/wp/v2/media`, {
      method: "POST",
      headers: {
        authorization: basic(user, password),
        "content-type": "image/png",
        "content-disposition": `attachment; filename="${fileName}"`,
      },
      body: new Uint8Array(bytes),
    });
    if (!response.ok) throw new Error(`media: ${response.status} ${await response.text()}`);
    return response.json() as Promise<Made>;
  };
