import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { freePort } from "#tests/harness/free-port";

const HOME = join(fileURLToPath(new URL("./ghost/", import.meta.url)), "node_modules", "ghost");

/** Why no Ghost can be started here; undefined where one can. */
export const ghostMissing = (): string | undefined =>
  existsSync(join(HOME, "node_modules/sqlite3/package.json"))
    ? undefined
    : "Ghost is not installed: run tests/peers/install.sh";

export type GhostServer = Awaited<ReturnType<typeof startGhost>>;

/** A real Ghost with a database of its own, on a free port of this machine, and its owner signed in. */
export async function startGhost() {
  const directory = await mkdtemp(join(tmpdir(), "contentos-ghost-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await cp(join(HOME, "content"), join(directory, "content"), { recursive: true, dereference: true });
  const child = spawn(process.execPath, ["ghost.js"], {
    cwd: HOME,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "development",
      url,
      server__host: "127.0.0.1",
      server__port: String(port),
      database__client: "sqlite3",
      database__connection__filename: join(directory, "ghost.db"),
      database__useNullAsDefault: "true",
      paths__contentPath: join(directory, "content"),
      mail__transport: "stub",
      sendWelcomeEmail: "false",
      security__staffDeviceVerification: "false",
      privacy__useUpdateCheck: "false",
      privacy__useRpcPing: "false",
      privacy__useGravatar: "false",
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said = (said + chunk).slice(-4000);
    });
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const admin = await ownerOf(url).catch((error) => {
      throw new Error(`Ghost did not start: ${said.slice(-1000)}`, { cause: error });
    });
    return { url, admin, integration: () => makeIntegration(admin), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Admin = Awaited<ReturnType<typeof ownerOf>>;

/** Sets the site up, and speaks to it as its owner's browser does. */
async function ownerOf(url: string) {
  let cookie = "";
  const admin = async (method: string, path: string, body?: object): Promise<Record<string, never>> => {
    const response = await fetch(`${url}/ghost/api/admin/${path}`, {
      method,
      headers: { origin: url, cookie, "content-type": "application/json", "accept-version": "v5.0" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    cookie ||= (response.headers.get("set-cookie") ?? "").split(";")[0]!;
    return text.startsWith("{") ? JSON.parse(text) : {};
  };
  await vi.waitFor(() => admin("GET", "authentication/setup/"), { timeout: 120_000, interval: 250 });
  const [email, password] = ["owner@example.com", "tulips in the rain 1517"];
  await admin("POST", "authentication/setup/", {
    setup: [{ name: "Owner", email, password, blogTitle: "The magazine" }],
  });
  cookie = "";
  await admin("POST", "session/", { username: email, password });
  return admin;
}

type Integration = { id: string; api_keys: { type: string; secret: string }[] };

async function makeIntegration(admin: Admin) {
  const made = await admin("POST", "integrations/?include=api_keys", {
    integrations: [{ name: `ContentOS ${Math.random()}` }],
  });
  const [{ id, api_keys: keys }] = made.integrations as unknown as [Integration];
  const adminApiKey = keys.find(({ type }) => type === "admin")!.secret;
  return { adminApiKey, revoke: async () => void (await admin("DELETE", `integrations/${id}/`)) };
}
