import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Config } from "@/platform/config";
import { StartError } from "@/platform/errors";

/** Whoever held the port may be stopping right now. */
const PORT_RETRY = { times: 12, everyMs: 250 };

/** @throws StartError for a port that is taken or may not be used */
export async function listen(
  server: Server,
  { port, host }: Pick<Config, "port" | "host">,
): Promise<() => Promise<void>> {
  for (let attempt = 1; ; attempt++) {
    try {
      await once(server.listen(port, host), "listening");
      break;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EADDRINUSE" && attempt < PORT_RETRY.times) {
        await wait(PORT_RETRY.everyMs);
        continue;
      }
      throw refusal(code, port, host) ?? error;
    }
  }
  // Slow bodies and idle connections don't hold the server.
  server.requestTimeout = 60_000;
  server.headersTimeout = 20_000;
  server.keepAliveTimeout = 65_000;
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 5_000).unref();
    });
}

function refusal(code: string | undefined, port: number, host: string) {
  if (code === "EADDRINUSE") {
    return new StartError(
      `Port ${port} is in use: stop the program that uses it, or start with another, such as PORT=${port + 1} npm start.`,
    );
  }
  if (code === "EACCES")
    return new StartError(
      `Port ${port} may not be used by this user: start with one above 1024, such as PORT=3000 npm start.`,
    );
  if (code === "EADDRNOTAVAIL")
    return new StartError(`HOST is ${host}, which is no address of this machine: use 127.0.0.1 or 0.0.0.0.`);
  return undefined;
}
