// Throwaway PostgreSQL and Redis for Bluesky's AppView, from Debian's packages, in a directory of the caller's.
import { execFileSync, spawn } from "node:child_process";
import { accessSync, chownSync, constants, mkdirSync, readdirSync } from "node:fs";
import { connect, createServer } from "node:net";
import { delimiter, join } from "node:path";

const executable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const findRedis = () =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "redis-server"))
    .find(executable);

const findPostgres = () => {
  const root = "/usr/lib/postgresql";
  try {
    return readdirSync(root)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(root, version, "bin"))
      .find((bin) => executable(join(bin, "initdb")) && executable(join(bin, "postgres")));
  } catch {
    return undefined;
  }
};

/** What is not installed here, by Debian's names. */
export const missingServices = () => [
  ...(findRedis() ? [] : ["redis-server"]),
  ...(findPostgres() ? [] : ["postgresql"]),
];

export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket.destroy() && true));
    socket.once("error", () => resolve(false));
  });

const waitFor = async (name, child, port) => {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} did not answer on port ${port} within 30 s`);
};

/** PostgreSQL refuses to run as root; Debian's package made a user for it. */
const postgresUser = () => {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
};

/** `folder` must be reachable by the user postgres. `close` ends both at once: nothing in them is kept. */
export async function startServices(folder) {
  const missing = missingServices();
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(", ")}`);
  const data = join(folder, "postgres");
  mkdirSync(data);
  const user = postgresUser();
  if (user.uid !== undefined) chownSync(data, user.uid, user.gid);
  const bin = findPostgres();
  const options = { ...user, cwd: data, env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" }, stdio: "ignore" };
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"], options);

  const [postgresPort, redisPort] = [await freePort(), await freePort()];
  const settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=200"];
  const postgres = spawn(
    join(bin, "postgres"),
    ["-D", data, "-p", String(postgresPort), ...settings.flatMap((setting) => ["-c", setting])],
    options,
  );
  const redis = spawn(
    findRedis(),
    ["--port", String(redisPort), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
    { stdio: "ignore" },
  );
  const close = () => {
    postgres.kill("SIGQUIT");
    redis.kill("SIGKILL");
  };
  try {
    await Promise.all([waitFor("postgres", postgres, postgresPort), waitFor("redis-server", redis, redisPort)]);
  } catch (error) {
    close();
    throw error;
  }
  return {
    postgresUrl: `postgresql://postgres@127.0.0.1:${postgresPort}/postgres`,
    redisHost: `127.0.0.1:${redisPort}`,
    close,
  };
}
