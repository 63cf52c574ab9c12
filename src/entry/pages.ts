import type { RequestListener, Server } from "node:http";

type Options = { server: Server /** Reloads pages as they change. */; dev: boolean; afterMs?: number };

/**
 * Next behind its own handler. It is made ready when the first page is asked for or
 * the process has nothing else to do, so that the API answers before.
 */
export function createPages({ server, dev, afterMs = 200 }: Options) {
  type Pages = ReturnType<typeof import("next")["default"]>;
  let preparing: Promise<{ app: Pages; handle: RequestListener }> | undefined;
  // Whoever asks for a site was answered before; `src/proxy.ts` is to leave hosts alone.
  Object.assign(globalThis, { contentosRoutesHosts: true });
  const prepare = () => {
    preparing ??= (async () => {
      // Loaded when it is needed: a worker never does, and the API is there before.
      const { default: next } = await import("next");
      const app = next({ dev, dir: process.cwd(), httpServer: server });
      await app.prepare();
      return { app, handle: app.getRequestHandler() as RequestListener };
    })();
    return preparing;
  };
  const timer = setTimeout(() => void prepare().catch(() => {}), afterMs);
  const handle: RequestListener = (request, response) => {
    prepare().then(
      (pages) => pages.handle(request, response),
      () =>
        response
          .writeHead(500, { "Content-Type": "text/plain" })
          .end("The pages could not be started; the log says why.\n"),
    );
  };
  return {
    handle,
    close: async () => {
      clearTimeout(timer);
      const pages = await preparing?.catch(() => undefined);
      await pages?.app.close();
    },
  };
}
