import { describe, expect, it } from "vitest";
import { aPublication, connectAccount, describeAdapter, kindOf, partsFor } from "#tests/peers/adapter-contract";
import { type ChannelAdapter, ChannelError, type RemotePart } from "@/channels/adapter";
import { createSiteAdapter, type SitePort } from "@/channels/site/adapter";
import { preview } from "@/channels/site/preview";
import { validate } from "@/channels/site/validate";
import { systemClock } from "@/platform/clock";

const refusedConnection = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

/** Pages in memory: what the site's room promises of its port, without its tables. */
function memorySite() {
  const pages = new Map<string, RemotePart>();
  let fault: "none" | "before" | "after" = "none";
  const through = <Answer>(act: () => Answer, writes: boolean): Answer => {
    if (fault === "before") throw refusedConnection();
    const answer = act();
    if (fault === "after" && writes) throw new Error("Connection terminated unexpectedly");
    return answer;
  };
  const port: SitePort = {
    publish: async (_site, _publication, { key }) =>
      through(() => {
        const page = pages.get(key) ?? { remoteId: key, remoteUrl: `http://localhost/s/brand/${key}` };
        pages.set(key, page);
        return page;
      }, true),
    find: async (_site, key) => through(() => pages.get(key) ?? null, false),
    remove: async (_site, remoteId) => through(() => void pages.delete(remoteId), true),
    metrics: async () => [
      { metricType: "views", value: 0 },
      { metricType: "reads", value: 0 },
      { metricType: "clicks", value: 0 },
    ],
  };
  return {
    port,
    pages,
    fail: (next: typeof fault) => {
      fault = next;
    },
  };
}

const context = () => ({
  fetch: () => Promise.reject(new Error("the site needs no network")),
  clock: systemClock,
  signal: new AbortController().signal,
});

describeAdapter("site", async () => {
  const site = memorySite();
  return {
    adapter: createSiteAdapter(site.port),
    context: context(),
    input: {},
    tells: true,
    count: async () => site.pages.size,
    cutAnswers: () => site.fail("after"),
    unplug: () => site.fail("before"),
    restore: () => site.fail("none"),
    close: async () => {},
  };
});

describe("site", () => {
  it("tells the port whose site is meant, and gives it the article", async () => {
    const calls: unknown[][] = [];
    const { port } = memorySite();
    const adapter: ChannelAdapter = createSiteAdapter({
      ...port,
      publish: async (...args) => {
        calls.push(args);
        return port.publish(...args);
      },
    });
    const subject = { adapter, context: context(), input: {} };
    const { account } = await connectAccount(subject);
    const publication = aPublication();
    const [part] = partsFor(adapter, publication, subject.context);
    await adapter.publish(account, publication, part!, [], subject.context);
    const { workspaceId, channelId } = account;
    expect(calls).toEqual([[{ workspaceId, channelId }, publication, { ...part, text: publication.body }]]);
  });

  it("keeps the port's own refusal", async () => {
    const { port } = memorySite();
    const adapter: ChannelAdapter = createSiteAdapter({
      ...port,
      publish: () => Promise.reject(new ChannelError("refused", "This address is taken.")),
    });
    const subject = { adapter, context: context(), input: {} };
    const { account } = await connectAccount(subject);
    const [part] = partsFor(adapter, aPublication(), subject.context);
    expect(await kindOf(adapter.publish(account, aPublication(), part!, [], subject.context))).toBe("refused");
  });

  it("shows an adaptation instead of the article, as clean HTML", () => {
    const [shown] = preview(aPublication({ title: "<b>", parts: ["Short **form** <script>alert(1)</script>"] })).parts;
    expect(shown!.html).toBe("<h1>&lt;b&gt;</h1>\n<p>Short <strong>form</strong> alert(1)</p>");
  });

  it("shows the words of a link to another item, and leads nowhere before it is out", () => {
    const body = "[the *guide*](content:0d5d1b8e-3c0c-4d7c-a3ee-d0ab27ac9ea7)";
    const [shown] = preview(aPublication({ title: "T", body, parts: [] })).parts;
    expect(shown!.html).toBe("<h1>T</h1>\n<p><a>the <em>guide</em></a></p>");
  });

  it("shows a title once, also where the text begins with it", () => {
    const htmlOf = (body: string) => preview(aPublication({ title: "Tides", body })).parts[0]!.html;
    expect(htmlOf("# Tides\n\nThey come.")).toBe("<h1>Tides</h1>\n<p>They come.</p>");
    expect(htmlOf("# Other\n\nThey come.")).toBe("<h1>Tides</h1>\n<h1>Other</h1>\n<p>They come.</p>");
  });

  it("wants a title, and wonders at a page without text", () => {
    const codes = (changes: Parameters<typeof aPublication>[0]) => validate(aPublication(changes)).map((f) => f.code);
    expect(codes({})).toEqual([]);
    expect(codes({ title: " " })).toEqual(["title_missing"]);
    expect(codes({ body: "\n" })).toEqual(["body_empty"]);
    expect(codes({ body: "\n", parts: ["Text"] })).toEqual([]);
  });
});
