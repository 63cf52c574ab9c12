import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server was asked about one key, in the order in which it answered. */
export type Exchange = { rkey: string; kind: "written" | "refused" | "found" | "absent" };

type Held = {
  rkey: string;
  /** Lets the caller's line go without an answer. */
  drop(): void;
};
type Hold = { at: "request" | "answer"; matches: (rkey: string) => Promise<boolean>; hit: (held: Held) => void };

/**
 * Stands between the workers and a real PDS: sees each write before the server does, writes down what the server
 * answered, and can hold one write, either before the server hears of it or with the answer that it gave.
 */
export async function startWatchingProxy(upstream: string, beforeWrite: (rkey: string) => Promise<void>) {
  const target = new URL(upstream);
  const exchanges: Exchange[] = [];
  let hold: Hold | undefined;
  let origin = "";

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse) {
    const body = await bodyOf(incoming);
    const path = incoming.url ?? "/";
    const rkey = writtenKey(path, body);
    if (rkey) await beforeWrite(rkey);
    const held = rkey && hold && (await hold.matches(rkey)) ? hold : undefined;
    if (held) hold = undefined;
    const drop = () => void outgoing.socket?.destroy();
    // Nothing is sent on: the server never hears of it.
    if (held?.at === "request") return held.hit({ rkey: rkey!, drop });
    // The server's to finish, whether or not the caller lives.
    const answer = await forward(target, incoming, body);
    note(path, rkey, answer.status);
    if (held) return held.hit({ rkey: rkey!, drop });
    const text = path.includes("com.atproto.server.")
      ? // The account's own server is named in a session, and is to be called through here too.
        Buffer.from(answer.body.toString().replaceAll(target.origin, origin))
      : answer.body;
    outgoing.writeHead(answer.status, { ...answer.headers, "content-length": String(text.length) }).end(text);
  }

  function note(path: string, rkey: string | undefined, status: number) {
    if (rkey) exchanges.push({ rkey, kind: status === 200 ? "written" : "refused" });
    const asked = path.includes("com.atproto.repo.getRecord") && new URL(path, origin).searchParams.get("rkey");
    if (asked && (status === 200 || status === 400))
      exchanges.push({ rkey: asked, kind: status === 200 ? "found" : "absent" });
  }

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.socket?.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: origin,
    exchanges,
    /** The next write that matches waits here, with its caller. */
    hold: (at: Hold["at"], matches: Hold["matches"]) =>
      new Promise<Held>((hit) => {
        hold = { at, matches, hit };
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function writtenKey(path: string, body: Buffer): string | undefined {
  if (!/com\.atproto\.repo\.(put|create)Record/.test(path)) return undefined;
  return (JSON.parse(body.toString()) as { rkey?: string }).rkey ?? "without a key";
}

async function bodyOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

type Answered = { status: number; headers: IncomingMessage["headers"]; body: Buffer };

const forward = (target: URL, incoming: IncomingMessage, body: Buffer) =>
  new Promise<Answered>((resolve, reject) => {
    const { "transfer-encoding": _chunked, "accept-encoding": _packed, ...headers } = incoming.headers;
    const onward = request(
      {
        host: "127.0.0.1",
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...headers, host: target.host, "content-length": String(body.length) },
      },
      async (answer) => {
        const { "transfer-encoding": _in, connection: _kept, ...rest } = answer.headers;
        resolve({ status: answer.statusCode ?? 502, headers: rest, body: await bodyOf(answer) });
      },
    );
    onward.on("error", reject);
    onward.end(body);
  });
