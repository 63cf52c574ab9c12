import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { deadOrigin, routedFetch, startCuttingProxy } from "#tests/harness/cutting-proxy";
import { aPublication, connectAccount, describeAdapter, kindOf, partsFor } from "#tests/peers/adapter-contract";
import { type ChannelAdapter, ChannelError } from "@/channels/adapter";
import { createWebhookAdapter } from "@/channels/webhook/adapter";
import { webhookInput } from "@/channels/webhook/input";
import { preview } from "@/channels/webhook/preview";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch } from "@/platform/outbound-fetch";

const SECRET = `whsec_${Buffer.from("a receiver's secret of 32 bytes!").toString("base64")}`;

type Answer = { status: number; headers?: Record<string, string>; body?: string };
type Delivery = { headers: IncomingHttpHeaders; body: string };

/** A receiver as the standard wants it: checks the signature, takes each id once. */
async function startReceiver(secret = SECRET) {
  const deliveries: Delivery[] = [];
  const held = new Map<string, unknown>();
  const seen = new Set<string>();
  let answer: Answer | undefined;
  const take = (body: string, headers: IncomingHttpHeaders): Answer => {
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>);
    } catch {
      return { status: 401 };
    }
    deliveries.push({ headers, body });
    if (answer) return answer;
    const id = String(headers["webhook-id"]);
    const { type, data } = JSON.parse(body);
    if (!seen.has(id) && type === "publication.published") held.set(data.id, data);
    if (!seen.has(id) && type === "publication.removed") held.delete(data.id);
    seen.add(id);
    return { status: 200, body: JSON.stringify({ url: `https://blog.example.com/${data.id}` }) };
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const { status, headers, body } = take(Buffer.concat(chunks).toString(), request.headers);
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    held,
    answerWith: (next: Answer | undefined) => {
      answer = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
const contextWith = (fetch = outbound) => ({ fetch, clock: systemClock, signal: new AbortController().signal });

const adapter: ChannelAdapter = createWebhookAdapter();

describeAdapter("webhook", async () => {
  const receiver = await startReceiver();
  const proxy = await startCuttingProxy(receiver.url);
  const dead = await deadOrigin();
  let route = proxy.url;
  return {
    adapter,
    context: contextWith(routedFetch(outbound, () => route)),
    input: { url: `${proxy.url}/hooks?token=1`, secret: SECRET },
    wrongInput: { url: `${proxy.url}/hooks`, secret: `whsec_${Buffer.alloc(32, 7).toString("base64")}` },
    tells: false,
    count: async () => receiver.held.size,
    cutAnswers: () => proxy.cut((method) => method === "POST"),
    unplug: () => {
      route = dead;
    },
    restore: () => {
      proxy.pass();
      route = proxy.url;
    },
    revoke: async () => receiver.answerWith({ status: 410 }),
    async close() {
      await proxy.close();
      await receiver.close();
    },
  };
});

describe("webhook", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const connected = async () => {
    const receiver = await startReceiver();
    closing.push(receiver.close);
    const subject = {
      adapter,
      context: contextWith(),
      input: { url: `${receiver.url}/in`, secret: SECRET },
    };
    const { account } = await connectAccount(subject);
    const publication = aPublication({ parts: ["a", "b"] });
    const [part] = partsFor(subject.adapter, publication, subject.context);
    const publish = () => subject.adapter.publish(account, publication, part!, [], subject.context);
    return { receiver, subject, account, publication, part: part!, publish };
  };

  it("pings at connection, then delivers the publication under the part's key, the same bytes each time", async () => {
    const { receiver, publication, part, publish } = await connected();
    const remote = await publish();
    await publish();
    const [ping, first, second] = receiver.deliveries;
    expect(JSON.parse(ping!.body)).toMatchObject({ type: "ping", data: {} });
    expect(second!.body).toBe(first!.body);
    expect(first!.headers["webhook-id"]).toBe(part.key);
    // What has no images says none.
    const { images, partImages, ...said } = publication;
    expect([images, partImages]).toEqual([[], []]);
    expect(JSON.parse(first!.body)).toEqual({
      type: "publication.published",
      timestamp: part.createdAt.toISOString(),
      data: { id: part.key, ...said },
    });
    expect(remote).toEqual({ remoteId: part.key, remoteUrl: `https://blog.example.com/${part.key}` });
  });

  it.each([
    [{ status: 204 }],
    [{ status: 200, body: "thank you" }],
    [{ status: 200, body: "null" }],
    [{ status: 202, body: JSON.stringify({ url: "javascript:alert(1)" }) }],
    [{ status: 201, body: JSON.stringify({ url: 7 }) }],
  ])("takes %j for a delivery without an address", async (answer) => {
    const { receiver, part, publish } = await connected();
    receiver.answerWith(answer);
    expect(await publish()).toEqual({ remoteId: part.key, remoteUrl: undefined });
  });

  it.each([
    [{ status: 400 }, "refused", undefined],
    [{ status: 404 }, "refused", undefined],
    [{ status: 302, headers: { location: "/elsewhere" } }, "refused", undefined],
    [{ status: 401 }, "revoked", undefined],
    [{ status: 403 }, "revoked", undefined],
    [{ status: 410 }, "revoked", undefined],
    [{ status: 429, headers: { "retry-after": "7" } }, "passing", 7000],
    [{ status: 503, headers: { "retry-after": "120" } }, "passing", 120_000],
    [{ status: 503 }, "passing", undefined],
    [{ status: 500 }, "lost", undefined],
    [{ status: 504 }, "lost", undefined],
  ])("takes %j for %s", async (answer, kind, retryAfterMs) => {
    const { receiver, publish } = await connected();
    receiver.answerWith(answer);
    const error = await publish().catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ChannelError);
    expect({ kind: error.kind, retryAfterMs: error.retryAfterMs }).toEqual({ kind, retryAfterMs });
    expect(receiver.deliveries).toHaveLength(2);
  });

  it("makes a secret where none is given, shows it once, and keeps address and secret out of the name", async () => {
    const strict = await startReceiver();
    closing.push(strict.close);
    const subject = { adapter, context: contextWith(), input: { url: `${strict.url}/t0ken` } };
    const { connected, account } = await connectAccount(subject);
    const secret = connected.reveal?.["Signing secret"];
    expect(secret).toMatch(/^whsec_/);
    expect(webhookInput.safeParse({ url: strict.url, secret }).success).toBe(true);
    expect(connected.credentials).toEqual({ url: `${strict.url}/t0ken`, secret });
    expect(connected.name + connected.remoteAccount).not.toContain("t0ken");
    // The receiver has another secret still, and that is told as soon as it matters.
    expect(await kindOf(subject.adapter.check(account, subject.context))).toBe("revoked");
  });

  it("is not connected to who is gone, nor to a place that is forbidden", async () => {
    const { receiver, subject } = await connected();
    receiver.answerWith({ status: 404 });
    expect(await kindOf(connectAccount(subject))).toBe("refused");
    expect(await kindOf(connectAccount({ ...subject, input: { url: await deadOrigin() } }))).toBe("passing");
    const guarded = contextWith(createOutboundFetch({ allow: [] }));
    receiver.answerWith(undefined);
    expect(await kindOf(connectAccount({ ...subject, context: guarded }))).toBe("refused");
    expect(await kindOf(connectAccount(subject))).toBe("none");
  });

  it("wants an http address and a secret of the standard", () => {
    const takes = (input: unknown) => webhookInput.safeParse(input).success;
    expect(takes({ url: "https://example.com", secret: SECRET })).toBe(true);
    expect(takes({ url: "ftp://example.com" })).toBe(false);
    expect(takes({ url: "https://example.com", secret: "hunter2" })).toBe(false);
    expect(takes({ url: "https://example.com", secret: `whsec_${Buffer.alloc(23).toString("base64")}` })).toBe(false);
    expect(takes({ url: "https://example.com", more: 1 })).toBe(false);
  });

  it("previews the data that it sends, escaped", () => {
    const [shown] = preview(aPublication({ title: "<img src=x>" })).parts;
    expect(shown!.html).toContain("&lt;img src=x&gt;");
    expect(shown!.html).not.toContain("<img");
  });
});
