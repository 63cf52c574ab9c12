// A Bluesky network of one's own: PLC directory and PDS, with `--appview` also the AppView that counts likes.
// Prints one line of JSON when it is ready; ends, with all it started, when its standard input closes.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startServices } from "./appview-services.mjs";

// dev-env's servers listen on all interfaces and take no host; nobody but this machine may reach them.
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
  const [first] = args;
  const callback = args.find((argument) => typeof argument === "function");
  if (first !== null && typeof first === "object") args[0] = { ...first, host: "127.0.0.1" };
  else args = [{ port: Number(typeof first === "function" ? 0 : (first ?? 0)), host: "127.0.0.1" }, callback];
  return listen.apply(this, args);
};

const folder = mkdtempSync(join(tmpdir(), "contentos-bluesky-"));
chmodSync(folder, 0o755);
process.env.TMPDIR = folder;

let services;
process.on("exit", () => {
  services?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(0));
process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0));
process.stdin.resume();

const { TestNetwork, TestNetworkNoAppView } = await import("@atproto/dev-env");
const ports = { plc: { port: await freePort() }, pds: { port: await freePort(), hostname: "localhost" } };

async function startWithAppView() {
  services = await startServices(folder);
  process.env.DB_POSTGRES_URL = services.postgresUrl;
  process.env.REDIS_HOST = services.redisHost;
  return await TestNetwork.create({
    ...ports,
    dbPostgresSchema: "contentos",
    bsky: { port: await freePort() },
    ozone: { port: await freePort() },
  });
}

const network = process.argv.includes("--appview")
  ? await startWithAppView()
  : await TestNetworkNoAppView.create(ports);
process.stdout.write(
  `${JSON.stringify({ pdsUrl: network.pds.url, plcUrl: network.plc.url, appViewUrl: network.bsky?.url ?? null })}\n`,
);
