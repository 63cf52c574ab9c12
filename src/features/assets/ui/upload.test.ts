import { abortUpload, type Client, completeUpload, createUpload, getAsset, getUpload } from "@contentos/sdk";
import { describe, expect, it } from "vitest";
import { isRefusal, typeOf, type Uploading, uploadFile } from "./upload";

/** A server that keeps the parts it was sent; `outcome` is what it makes of the file. */
function makeServer(outcome: "Ready" | "Refused" = "Ready") {
  const server = { calls: [] as string[], received: new Set<number>(), status: "None", sizeBytes: 0, lost: 0 };
  const upload = () => ({
    id: "u",
    status: server.status,
    sizeBytes: server.sizeBytes,
    partBytes: 4,
    assetId: server.status === "Ready" ? "a" : null,
    reason: server.status === "Refused" ? "This is a program." : null,
    parts: Array.from({ length: Math.ceil(server.sizeBytes / 4) }, (_, at) => ({
      number: at + 1,
      sizeBytes: Math.min(4, server.sizeBytes - at * 4),
      received: server.received.has(at + 1),
      ...(!server.received.has(at + 1) && { url: `part:${at + 1}`, headers: {} }),
    })),
  });
  const answers: Record<string, (input: { body: { sizeBytes: number } }) => unknown> = {
    [createUpload.id]: ({ body }) => {
      Object.assign(server, { status: "Open", sizeBytes: body.sizeBytes });
      return upload();
    },
    [getUpload.id]: upload,
    [completeUpload.id]: () => {
      server.status = outcome;
      return upload();
    },
    [abortUpload.id]: () => {
      server.status = "Aborted";
    },
    [getAsset.id]: () => ({ id: "a" }),
  };
  const client = {
    call: async (operation: { id: string }, input: never) => {
      server.calls.push(operation.id);
      return answers[operation.id]!(input);
    },
  } as unknown as Client;
  const send: NonNullable<Uploading["send"]> = async ({ url }, bytes, onSent) => {
    server.calls.push(url);
    onSent(bytes.size);
    if (server.lost > 0) {
      server.lost -= 1;
      throw new Error("The line broke.");
    }
    server.received.add(Number(url.slice("part:".length)));
  };
  return { server, client, send };
}

const FILE = () => new File(["0123456789"], "ten.txt", { type: "text/plain" });
const wait = async () => {};

describe("uploading a file", () => {
  it("sends every part, tells how far it is, and answers the asset", async () => {
    const { server, client, send } = makeServer();
    const shares: number[] = [];
    const asset = await uploadFile(client, FILE(), { send, wait, onProgress: (share) => shares.push(share) });
    expect(asset.id).toBe("a");
    expect([...server.received].sort()).toEqual([1, 2, 3]);
    expect(shares.at(-1)).toBe(1);
    expect(Math.max(...shares)).toBe(1);
  });

  it("sends again only what did not arrive", async () => {
    const { server, client, send } = makeServer();
    server.lost = 1;
    await uploadFile(client, FILE(), { send, wait });
    const parts = server.calls.filter((call) => call.startsWith("part:"));
    expect(parts).toEqual(["part:1", "part:2", "part:3", "part:1"]);
  });

  it("goes on where the same file broke off", async () => {
    const { server, client, send } = makeServer();
    const file = FILE();
    server.received.add(2);
    server.lost = 100;
    await expect(uploadFile(client, file, { send, wait })).rejects.toThrow("The line broke.");
    server.lost = 0;
    server.calls.length = 0;
    await uploadFile(client, file, { send, wait });
    expect(server.calls.filter((call) => call.startsWith("part:"))).toEqual(["part:1", "part:3"]);
    expect(server.calls).not.toContain(createUpload.id);
  });

  it("says why a file was refused", async () => {
    const { client, send } = makeServer("Refused");
    const refused = await uploadFile(client, FILE(), { send, wait }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ message: "This is a program." });
    expect([isRefusal(refused), isRefusal(new Error("The line broke."))]).toEqual([true, false]);
  });

  it("is given up by its signal, at the server as well", async () => {
    const { server, client, send } = makeServer();
    const stop = new AbortController();
    const stopping: typeof send = async (...given) => {
      await send(...given);
      stop.abort(new Error("Enough."));
      throw new Error("cut");
    };
    await expect(uploadFile(client, FILE(), { send: stopping, wait, signal: stop.signal })).rejects.toThrow("Enough.");
    expect(server.status).toBe("Aborted");
  });

  it("tells a type by the name where the browser does not know it", () => {
    expect(typeOf({ name: "notes.md", type: "" })).toBe("text/markdown");
    expect(typeOf({ name: "notes.md", type: "text/x-markdown" })).toBe("text/x-markdown");
    expect(typeOf({ name: "md", type: "" })).toBe("application/octet-stream");
    expect(typeOf({ name: "feed.rss", type: "application/rss+xml" })).toBe("application/xml");
    expect(typeOf({ name: "page.html", type: "text/html" })).toBe("text/html");
  });
});
