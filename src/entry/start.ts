import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { parseConfig } from "@/platform/config";
import { StartError } from "@/platform/errors";
import { afterRestore } from "./after-restore";
import { openDatabase } from "./database";
import { listen } from "./listen";
import { createPages } from "./pages";
import { createRuntime, type Runtime } from "./runtime";
import { keptSecret } from "./secret";
import { untilStopped } from "./stopping";

type Command = "start" | "server" | "worker" | "dev";

const say = (text: string) => process.stdout.write(`${text}\n`);

/** `start` is server and worker in one process, and `dev` the same with pages that reload; the other two are one each. */
async function main(command: Command) {
  const began = performance.now();
  const config = parseConfig(process.env);
  const stopped = untilStopped();
  const cleanUp: (() => Promise<unknown>)[] = [];
  try {
    let handler: RequestListener = (_, response) => {
      response.writeHead(503, { "Retry-After": "1", "Content-Type": "text/plain" }).end("ContentOS is starting.\n");
    };
    const server = createServer((request, response) => handler(request, response));
    if (command !== "worker") cleanUp.push(await listen(server, config));

    say("  Opening the database");
    const secret = config.secret ?? keptSecret(config.dataDir);
    const database = await openDatabase({ config, secret, say: (sentence) => say(`  ${sentence}`) });
    cleanUp.push(() => database.stop());

    const runtime = await createRuntime({
      config,
      secret,
      urls: database.urls,
      streams: command !== "worker",
      directories: [config.dataDir, ...(database.directory ? [database.directory] : [])],
    });
    cleanUp.push(() => runtime.stop());
    await runtime.storage.check();
    await afterRestore({ config, database, runtime, say });
    if (command !== "worker") {
      const pages = createPages({ server, dev: command === "dev" });
      cleanUp.push(() => pages.close());
      handler = route(runtime, pages.handle);
    }
    if (command !== "server") cleanUp.push(await runtime.startWorker());
    // First, so that nobody's open stream holds up the rest.
    cleanUp.push(() => runtime.endStreams());

    tell(command, config.publicUrl, performance.now() - began);
    await stopped;
    say("\n  Stopping");
  } finally {
    for (const close of cleanUp.reverse()) await close();
  }
}

/** The API and the public sites are Hono's; all else is a page. So is what a host is asked for that is nobody's own. */
function route(runtime: Runtime, page: RequestListener): RequestListener {
  const api = getRequestListener((request, env) => runtime.app.fetch(request, env));
  const site = getRequestListener(async (request, { incoming, outgoing }) => {
    const env = { incoming, outgoing, unknownHost: false };
    const answer = await runtime.app.fetch(request, env);
    if (!env.unknownHost) return answer;
    page(incoming as IncomingMessage, outgoing as ServerResponse);
    return RESPONSE_ALREADY_SENT;
  });
  return (request, response) => {
    if (/^\/(api\/v1|s)(\/|\?|$)|^\/\.well-known\//.test(request.url ?? "")) return api(request, response);
    return (runtime.isSite(request) ? site : page)(request, response);
  };
}

function tell(command: Command, address: string, tookMs: number) {
  const after = `after ${(tookMs / 1000).toFixed(1)} s`;
  if (command === "worker") return say(`\n  The ContentOS worker is running ${after}. Ctrl-C stops it.\n`);
  say(`
  ContentOS is running ${after}.

    Open      ${address}
    API       ${address}/api/v1/docs
    Try       npm run demo     (in another terminal: a whole story, told through the API)

  Ctrl-C stops everything and loses nothing.
`);
}

main((process.argv[2] as Command | undefined) ?? "start").then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof StartError) process.stderr.write(`\n  ${error.message}\n\n`);
    else console.error(error);
    process.exit(1);
  },
);
