import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { setPolicy } from "#tests/factories/approval";
import { sitePublisher } from "#tests/factories/site";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { OPT_OUT, OPT_OUT_COOKIE } from "@/platform/privacy-signal";
import { BEACON_SCRIPT } from "./ui/beacon-script";
import { TRIAL_SCRIPT } from "./ui/trial-script";

const t = testDatabase();
const call = caller(t);
const COOKIE = `${OPT_OUT_COOKIE}=${OPT_OUT}`;
const SAYING_NO = [
  ["Global Privacy Control", { "sec-gpc": "1" }],
  ["the cookie of a choice", { cookie: `theme=dark; ${COOKIE}` }],
] as const;

let app: ReturnType<typeof testApp>;
let site: Awaited<ReturnType<typeof sitePublisher>>;
let slug: string;
let pageId: string;
let path: string;
let trialId: string;
beforeAll(async () => {
  app = testApp(t);
  const workspace = await seedWorkspace(t);
  slug = workspace.slug;
  await setPolicy(t, workspace.id, []);
  const editor = await seedMember(t, workspace.id, "Editor");
  site = await sitePublisher(t, workspace);
  const published = await site.publishNew();
  path = new URL(published.remoteUrl!).pathname;
  pageId = /data-beacon="[^"]*\/([^"/]+)"/.exec(await (await app.request(path)).text())![1]!;
  const headlines = ["What spring brings", "Spring, at last"];
  const made = await call(editor, "POST", "/site/trials", { contentItemId: published.item.id, headlines });
  expect(made.body.status).toBe("Running");
  trialId = String(made.body.id);
});
afterAll(() => site.close());

/** All that is counted of a visitor: views, reads and clicks of a page, and both of a headline. */
const counted = async () => {
  const [pages] = await t.asOwner<{ n: string }>("select coalesce(sum(value), 0) as n from site_counters");
  const [trials] = await t.asOwner<{ n: string }>("select sum(views + clicks) as n from site_trial_variants");
  return [Number(pages!.n), Number(trials!.n)];
};

async function visit(headers: Record<string, string>) {
  const send = (method: string, at: string, body?: string) =>
    app.request(`/s/${slug}${at}`, { method, headers, ...(body !== undefined && { body }) });
  const answers = await Promise.all([
    send("POST", `/beacon/${pageId}`),
    send("POST", `/beacon/${pageId}`, "read"),
    send("POST", `/beacon/${pageId}?event=click`),
    send("GET", `/beacon/${pageId}.gif`),
    send("POST", `/trial/${trialId}/1`, "view"),
  ]);
  // Nobody follows a headline more often than they saw it: the click comes after its view.
  return [...answers, await send("POST", `/trial/${trialId}/1`, "click")];
}

describe("a visitor who has opted out", () => {
  it.each(SAYING_NO)("by %s is not counted, is answered like any other, and gets the same page", async (_, no) => {
    const before = await counted();
    const answers = await visit(no);
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 200, 204, 204]);
    for (const answer of answers) expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await counted()).toEqual(before);
    const others = await visit({});
    expect(others.map(({ status }) => status)).toEqual(answers.map(({ status }) => status));
    expect(await counted()).toEqual([before[0]! + 4, before[1]! + 2]);
    const pages = await Promise.all([{}, no].map(async (headers) => (await app.request(path, { headers })).text()));
    expect(pages[0]).toBe(pages[1]);
  });

  it("is led to their choices from every page of a site", async () => {
    for (const at of [path, `/s/${slug}`, `/s/${slug}/nothing`])
      expect(await (await app.request(at)).text()).toContain('<a href="/privacy-choices">Your privacy choices</a>');
  });
});

/** As much of a browser as the scripts of a page ask for; what they tell, and whether they changed a headline. */
function run(script: string, { signal = false, cookie = "" }) {
  const told: string[] = [];
  const link = {
    textContent: "Spring launch",
    dataset: { trial: "t", variants: JSON.stringify([{ number: 1, headline: "Another", weight: 1 }]) },
    addEventListener: () => {},
  };
  const seeing = function (this: object, see: (entries: { isIntersecting: boolean }[]) => void) {
    Object.assign(this, { observe: () => setImmediate(() => see([{ isIntersecting: true }])), disconnect: () => {} });
  };
  const document = {
    cookie,
    body: { dataset: { beacon: "/beacon/x", readAfter: "5", trials: "/trial" } },
    querySelector: () => ({}),
    querySelectorAll: () => [link],
    addEventListener: () => {},
    visibilityState: "visible",
  };
  const navigator = {
    globalPrivacyControl: signal,
    sendBeacon: (address: string, what: string) => void told.push(`${address} ${what}`),
  };
  const window = { IntersectionObserver: seeing };
  runInNewContext(script, { document, navigator, window, ...window, setInterval: () => 0, clearInterval: () => {} });
  return new Promise<{ told: string[]; headline: string }>((resolve) =>
    setImmediate(() => setImmediate(() => resolve({ told, headline: link.textContent }))),
  );
}

describe("the scripts of a page", () => {
  it.each([
    ["the beacon", BEACON_SCRIPT, ["/beacon/x view"], "Spring launch"],
    ["headlines on trial", TRIAL_SCRIPT, ["/trial/t/1 view"], "Another"],
  ])("%s: tell nothing and change nothing for who has opted out", async (_, script, told, headline) => {
    expect(await run(script, {})).toEqual({ told, headline });
    expect(await run(script, { cookie: "contentos_privacy=other; a=b" })).toEqual({ told, headline });
    for (const no of [{ signal: true }, { cookie: `a=b; ${COOKIE}` }])
      expect(await run(script, no)).toEqual({ told: [], headline: "Spring launch" });
  });
});
