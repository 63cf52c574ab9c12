import type { LookupAddress } from "node:dns";
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import net, { type AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { XrpcClient } from "@atproto/xrpc";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isPublicAddress, type Lookup } from "./outbound-address";
import { createOutboundFetch, OutboundError } from "./outbound-fetch";

const servers: (Server | net.Server)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

async function listen<S extends net.Server>(server: S, host = "127.0.0.1", port = 0) {
  servers.push(server);
  await new Promise<void>((done) => server.listen(port, host, done));
  return (server.address() as AddressInfo).port;
}

/** A real server that notes what it was asked; `base` is its address. */
async function serve(handler: RequestListener, host?: string, port?: number) {
  const seen: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
    handler(request, response);
  });
  const opened = await listen(server, host, port);
  return { seen, port: opened, base: `http://${host ?? "127.0.0.1"}:${opened}` };
}

const answer = (text: string) => (_: IncomingMessage, response: ServerResponse) => void response.end(text);
const lookupOf =
  (...answers: string[][]): Lookup =>
  async () =>
    (answers.length > 1 ? (answers.shift() ?? []) : (answers[0] ?? [])).map((address) => ({
      address,
      family: address.includes(":") ? 6 : 4,
    }));
const failure = async (promise: Promise<unknown>): Promise<OutboundError> => {
  const error = await promise.then(
    () => new Error("was answered"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OutboundError);
  return error as OutboundError;
};

describe("addresses", () => {
  it.each([
    ...["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.0.9", "168.63.129.16"],
    ...["169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1"],
    ...["203.0.113.7", "224.0.0.1", "240.0.0.1", "255.255.255.255"],
    ...["::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1"],
    ...["64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "3fff::1", "fc00::1", "fd00:ec2::254"],
    ...["fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "4000::1", "", "localhost", "127.1"],
  ])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::200e"])(
    "%s is public",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe("what may be reached", () => {
  it.each([
    ...["http://127.0.0.1:P/", "http://2130706433:P/", "http://0x7f.1:P/", "http://0177.0.0.1:P/", "http://127.1:P/"],
    ...["http://localhost:P/", "http://localhost.:P/", "http://127.0.0.1.:P/", "http://[::ffff:127.0.0.1]:P/"],
    ...["http://[::1]:P/", "http://[::]:P/", "http://0:P/", "http://１２７.0.0.1:P/", "http://169.254.169.254/latest/"],
  ])("%s is forbidden, and the server hears nothing", async (address) => {
    const { seen, port } = await serve(answer("secret"), "127.0.0.1");
    const error = await failure(createOutboundFetch({ allow: [] })(address.replace("P", String(port))));
    expect([error.kind, error.sent]).toEqual(["forbidden", false]);
    expect(seen).toEqual([]);
  });

  it.each([
    "ftp://example.org/",
    "file:///etc/passwd",
    "data:text/plain,hi",
    "gopher://x/",
    "http://u:p@example.org/",
    "/x",
    "http://",
  ])("%s is forbidden before anything is resolved", async (address) => {
    const lookup = vi.fn(lookupOf(["1.1.1.1"]));
    expect((await failure(createOutboundFetch({ allow: [], lookup })(address))).kind).toBe("forbidden");
    expect(lookup).not.toHaveBeenCalled();
  });

  it("opens a private address for an allowed host and port only", async () => {
    const { base, port } = await serve(answer("hello"));
    const other = await serve(answer("other"));
    for (const allow of [[`127.0.0.1:${port}`], ["127.0.0.1"], [`127.0.0.1.:${port}`]])
      expect(await (await createOutboundFetch({ allow })(base)).text()).toBe("hello");
    expect((await failure(createOutboundFetch({ allow: [`127.0.0.1:${port}`] })(other.base))).kind).toBe("forbidden");
    expect(() => createOutboundFetch({ allow: ["http://x/"] })).toThrow(/OUTBOUND_ALLOW/);
  });

  it("takes what has to be encrypted to https alone, and to hosts that the operator allowed", async () => {
    const { base, port, seen } = await serve(answer("hello"));
    const lookup = lookupOf(["93.184.216.34"]);
    const error = await failure(
      createOutboundFetch({ allow: [], lookup })(`http://a.example:${port}`, { encrypted: true }),
    );
    expect([error.kind, error.sent]).toEqual(["forbidden", false]);
    expect(error.message).toContain("https");
    expect(seen).toEqual([]);
    const allowed = createOutboundFetch({ allow: [`127.0.0.1:${port}`] });
    expect(await (await allowed(base, { encrypted: true })).text()).toBe("hello");
  });

  it("connects to the address that was checked, also when the name points elsewhere a moment later", async () => {
    const inside = await serve(answer("inside"));
    const outside = await serve(answer("outside"));
    const lookup = vi.fn(lookupOf(["93.184.216.34"], ["127.0.0.1"]));
    const pinned: LookupAddress[][] = [];
    const connect = net.connect.bind(net) as (options: net.TcpNetConnectOpts) => net.Socket;
    vi.spyOn(net, "connect").mockImplementation(((options: net.TcpNetConnectOpts) => {
      for (let i = 0; i < 2; i++)
        options.lookup?.(options.host ?? "", { all: true }, (_error, found) => pinned.push(found as LookupAddress[]));
      return connect({ host: "127.0.0.1", port: outside.port });
    }) as typeof net.connect);

    const response = await createOutboundFetch({ allow: [], lookup })(`http://rebind.example:${inside.port}/`);
    expect(await response.text()).toBe("outside");
    expect(pinned).toEqual([[{ address: "93.184.216.34", family: 4 }], [{ address: "93.184.216.34", family: 4 }]]);
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(inside.seen).toEqual([]);
  });

  it("asks the resolver once and stays with its answer", async () => {
    const first = await serve(answer("first"));
    const second = await serve(answer("second"), "127.0.0.2", first.port);
    const lookup = vi.fn(lookupOf(["127.0.0.1"], ["127.0.0.2"]));
    const fetch = createOutboundFetch({ allow: [`rebind.example:${first.port}`], lookup });
    expect(await (await fetch(`http://rebind.example:${first.port}/`)).text()).toBe("first");
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(second.seen).toEqual([]);
    expect(await (await fetch(`http://rebind.example:${first.port}/`)).text()).toBe("second");
  });

  it("leaves private addresses out of a mixed answer", async () => {
    const offered: unknown[] = [];
    vi.spyOn(net, "connect").mockImplementation(((options: net.TcpNetConnectOpts) => {
      options.lookup?.("", { all: true }, (_error, found) => offered.push(found));
      throw Object.assign(new Error("no network in this test"), { code: "ENETUNREACH" });
    }) as unknown as typeof net.connect);
    const lookup = lookupOf(["127.0.0.1", "1.1.1.1", "fd00::1"]);
    const error = await failure(createOutboundFetch({ allow: [], lookup })("http://mixed.example/"));
    expect(error.kind).toBe("unreachable");
    expect(offered).toEqual([[{ address: "1.1.1.1", family: 4 }]]);
  });
});

describe("redirects", () => {
  const to =
    (location: string, status = 302) =>
    (_: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(status, { location }).end();

  it("checks each target, and says that something was sent", async () => {
    const inside = await serve(answer("secret"));
    const { port } = inside;
    const targets = [
      ...[
        inside.base,
        `http://[::ffff:127.0.0.1]:${port}/`,
        `http://2130706433:${port}/`,
        `http://localhost.:${port}/`,
      ],
      ...["http://169.254.169.254/", "http://[::ffff:a9fe:a9fe]/", "http://[fd00:ec2::254]/", "//10.0.0.1/"],
      ...["file:///etc/passwd", "http://u:p@1.1.1.1/"],
    ];
    for (const target of targets) {
      const outer = await serve(to(target));
      const error = await failure(createOutboundFetch({ allow: [`127.0.0.1:${outer.port}`] })(outer.base));
      expect([target, error.kind, error.sent]).toEqual([target, "forbidden", true]);
    }
    expect(inside.seen).toEqual([]);
  });

  it("does not call the second request unreachable, since the first was sent", async () => {
    const gone = await listen(net.createServer());
    await new Promise((done) => servers.pop()?.close(done));
    const lookup = async () => Promise.reject(new Error("ENOTFOUND"));
    for (const target of [`http://127.0.0.1:${gone}/`, "http://nowhere.example/"]) {
      const outer = await serve(to(target, 303));
      const fetch = createOutboundFetch({ allow: ["127.0.0.1"], lookup });
      const error = await failure(fetch(outer.base, { method: "POST", body: "x" }));
      expect([target, error.kind, error.sent]).toEqual([target, "lost", true]);
    }
  });

  it.each([
    [301, "POST", "GET", ""],
    [302, "PUT", "PUT", "x"],
    [303, "PUT", "GET", ""],
    [307, "POST", "POST", "x"],
    [308, "POST", "POST", "x"],
  ])("after %i a %s becomes a %s", async (status, method, then, body) => {
    const target = await serve(answer("ok"));
    const outer = await serve(to(`${target.base}/there`, status));
    const response = await createOutboundFetch({ allow: ["127.0.0.1"] })(outer.base, {
      method,
      body: "x",
      headers: { authorization: "Bearer a", cookie: "a=b", "content-type": "text/x", "x-kept": "1" },
    });
    expect([response.redirected, response.url]).toEqual([true, `${target.base}/there`]);
    expect(outer.seen[0]?.headers).toMatchObject({ authorization: "Bearer a", cookie: "a=b" });
    const [seen] = target.seen;
    expect([seen?.method, seen?.body, seen?.headers["content-type"]]).toEqual([
      then,
      body,
      body ? "text/x" : undefined,
    ]);
    expect([seen?.headers.authorization, seen?.headers.cookie, seen?.headers["x-kept"]]).toEqual([
      undefined,
      undefined,
      "1",
    ]);
  });

  it("keeps Authorization within the origin", async () => {
    const server = await serve((request, response) =>
      request.url === "/" ? response.writeHead(302, { location: "/b" }).end() : response.end("ok"),
    );
    await createOutboundFetch({ allow: ["127.0.0.1"] })(server.base, { headers: { authorization: "a" } });
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(["a", "a"]);
  });

  it("follows five, and none where the caller says so", async () => {
    const server = await serve((request, response) => {
      const n = Number(request.url?.slice(1));
      return n === 0 ? response.end("done") : response.writeHead(302, { location: `/${n - 1}` }).end();
    });
    const fetch = createOutboundFetch({ allow: ["127.0.0.1"] });
    expect(await (await fetch(`${server.base}/5`)).text()).toBe("done");
    expect((await failure(fetch(`${server.base}/6`))).kind).toBe("redirects");
    expect((await failure(fetch(`${server.base}/1`, { redirect: "error" }))).kind).toBe("redirects");
    expect((await fetch(`${server.base}/1`, { redirect: "manual" })).status).toBe(302);
  });
});

describe("bounds", () => {
  const allow = ["127.0.0.1"];
  it("gives up a body that is too large, announced or not", async () => {
    const announced = await serve(answer("x".repeat(2000)));
    const streamed = await serve((_, response) => {
      const write = () => void (response.destroyed || response.write("x".repeat(1000), () => setImmediate(write)));
      write();
    });
    const fetch = createOutboundFetch({ allow, maxBytes: 1999 });
    expect((await failure(fetch(announced.base))).kind).toBe("too_large");
    expect((await (await fetch(announced.base, { maxBytes: 2000 })).text()).length).toBe(2000);
    expect((await failure((await fetch(streamed.base)).text())).kind).toBe("too_large");
  });

  it("counts after decompression", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const server = await serve((_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    expect(bomb.length).toBeLessThan(100_000);
    const response = await createOutboundFetch({ allow, maxBytes: 1024 * 1024 })(server.base);
    expect((await failure(response.arrayBuffer())).kind).toBe("too_large");
  });

  it("bounds name, headers and body as a whole", async () => {
    const dripping = await serve((_, response) => {
      const timer = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(timer));
    });
    const silent = await serve(() => undefined);
    const fetch = createOutboundFetch({ allow, timeoutMs: 150 });
    expect((await failure(fetch(silent.base))).kind).toBe("lost");
    expect((await failure((await fetch(dripping.base)).text())).kind).toBe("lost");
    const stuck = createOutboundFetch({ allow, timeoutMs: 100, lookup: () => new Promise(() => undefined) });
    expect((await failure(stuck("http://stuck.example/"))).kind).toBe("unreachable");
  });

  it("closes the connection of an answer that nobody reads", async () => {
    let closed = false;
    const server = await serve((_, response) => {
      response.on("close", () => {
        closed = true;
      });
      response.write("begun");
    });
    await createOutboundFetch({ allow, timeoutMs: 100 })(server.base);
    await vi.waitFor(() => expect(closed).toBe(true));
  });

  it("throws the caller's own abort as it is", async () => {
    const server = await serve(() => undefined);
    const reason = new Error("no longer wanted");
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    await expect(createOutboundFetch({ allow })(server.base, { signal: controller.signal })).rejects.toBe(reason);
    await expect(createOutboundFetch({ allow })(server.base, { signal: controller.signal })).rejects.toBe(reason);
    expect(server.seen.length).toBe(1);
  });
});

describe("sent or not", () => {
  const allow = ["127.0.0.1"];
  it("is unreachable where nobody listens or the name is unknown", async () => {
    const port = await listen(net.createServer());
    await new Promise((done) => servers.pop()?.close(done));
    const refused = await failure(
      createOutboundFetch({ allow })(`http://127.0.0.1:${port}/`, { method: "POST", body: "x" }),
    );
    expect([refused.kind, refused.sent]).toEqual(["unreachable", false]);
    const lookup = async () => Promise.reject(new Error("ENOTFOUND"));
    expect((await failure(createOutboundFetch({ allow, lookup })("http://nowhere.example/"))).kind).toBe("unreachable");
    expect((await failure(createOutboundFetch({ allow, lookup: lookupOf([]) })("http://a.example/"))).kind).toBe(
      "unreachable",
    );
  });

  it("is lost where the connection is cut after the request, within the headers or within the body", async () => {
    for (const reply of ["", "HTTP/1.1 200 OK\r\ncontent-le", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"]) {
      const server = net.createServer((socket) =>
        socket.once("data", () => socket.end(reply)).on("error", () => undefined),
      );
      const port = await listen(server);
      const whole = async () =>
        (await createOutboundFetch({ allow })(`http://127.0.0.1:${port}/`, { method: "POST", body: "x" })).text();
      const error = await failure(whole());
      expect([reply, error.kind, error.sent]).toEqual([reply, "lost", true]);
    }
  });
});

describe("as fetch", () => {
  const allow = ["127.0.0.1"];
  it("takes Request objects, URLs and forms, and answers with a global Response", async () => {
    const server = await serve((_, response) =>
      response.writeHead(201, { "set-cookie": ["a=1", "b=2"], "content-type": "application/json" }).end('{"ok":true}'),
    );
    const fetch: typeof globalThis.fetch = createOutboundFetch({ allow });
    const response = await fetch(new Request(server.base, { method: "PUT", body: "é", headers: { "x-a": "1" } }));
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.headers.getSetCookie(), await response.json()]).toEqual([
      201,
      ["a=1", "b=2"],
      { ok: true },
    ]);
    expect(server.seen[0]).toMatchObject({ method: "PUT", body: "é", headers: { "x-a": "1", "content-length": "2" } });
    const form = new FormData();
    form.set("field", "value");
    await fetch(new URL(server.base), { method: "POST", body: form });
    expect(server.seen[1]?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(server.seen[1]?.body).toContain("value");
  });

  it("passes answers without a body, HEAD, and statuses beyond 599", async () => {
    const server = await serve((request, response) => {
      if (request.method === "HEAD") response.writeHead(200, { "content-length": "99999999" }).end();
      else if (request.url === "/999")
        net.Socket.prototype.end.call(request.socket, "HTTP/1.1 999 No\r\ncontent-length: 0\r\n\r\n");
      else response.writeHead(204).end();
    });
    const fetch = createOutboundFetch({ allow });
    expect((await fetch(server.base)).body).toBeNull();
    expect((await fetch(server.base, { method: "HEAD" })).headers.get("content-length")).toBe("99999999");
    expect((await fetch(`${server.base}/999`)).status).toBe(599);
  });

  it("serves the Bluesky client", async () => {
    const server = await serve((_, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end('{"did":"did:x"}'),
    );
    const lexicon = {
      lexicon: 1 as const,
      id: "com.example.make" as const,
      defs: {
        main: {
          type: "procedure" as const,
          input: { encoding: "application/json" },
          output: { encoding: "application/json" },
        },
      },
    };
    const client = new XrpcClient({ service: server.base, fetch: createOutboundFetch({ allow }) }, [lexicon]);
    const { data } = await client.call("com.example.make", {}, { text: "hello" });
    expect(data).toEqual({ did: "did:x" });
    expect(server.seen[0]).toMatchObject({ method: "POST", url: "/xrpc/com.example.make", body: '{"text":"hello"}' });
  });
});
