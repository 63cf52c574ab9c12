import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { expectStatus } from "#tests/factories/approval";
import { addDomain, type Dns, setRecord, verifiedDomain } from "#tests/factories/domains";
import { PUBLIC_URL, sitePublisher } from "#tests/factories/site";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { startDnsServer } from "#tests/harness/dns-server";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { systemClock } from "@/platform/clock";
import { createTextLookup, type LookUpTexts } from "@/platform/dns";
import { createPurge } from "@/platform/purger";
import { checkDomainTask, purgeTask } from "../jobs";

const t = testDatabase({ max: 8 });
let dns: Dns;
const lookUpTexts: LookUpTexts = (name) => createTextLookup({ servers: [dns.address], timeoutMs: 500 })(name);
const call = caller(t, { lookUpTexts });

beforeAll(async () => {
  dns = await startDnsServer();
});
afterAll(() => dns.close());

type Workspace = Awaited<ReturnType<typeof seedWorkspace>>;
const verify = ({ admin }: Workspace, id: string) => call(admin, "POST", `/site/domains/${id}/verify`);
const listOf = async ({ admin }: Workspace) =>
  (await expectStatus(call(admin, "GET", "/site/domains"), 200)).items as {
    id: string;
    host: string;
    status: string;
    primary: boolean;
    problem: string | null;
  }[];
const ask = async (host: string) =>
  (await call(null, "GET", `/site/domains/ask?domain=${encodeURIComponent(host)}`)).status;
/** The daily check, as often as said. */
async function checkByClock(times = 1) {
  for (let done = 0; done < times; done++) {
    await makeDue(t);
    await runJobs(t, { "site.check_domain": checkDomainTask({ db: t.db, clock: systemClock, lookUpTexts }) });
  }
}

describe("a domain", () => {
  it("is claimed, proved by its record, and then the site's address", async () => {
    const workspace = await seedWorkspace(t);
    const added = await expectStatus(
      call(workspace.admin, "POST", "/site/domains", { host: "WWW.Client-A.example." }),
      201,
    );
    expect(added).toMatchObject({
      host: "www.client-a.example",
      status: "Pending",
      primary: false,
      url: "https://www.client-a.example",
      proof: {
        type: "TXT",
        name: "_contentos.www.client-a.example",
        value: expect.stringMatching(/^contentos=[\w-]{43}$/),
      },
      route: { type: "CNAME", name: "www.client-a.example", value: "contentos.test" },
      problem: null,
    });
    const id = String(added.id);
    expect((await verify(workspace, id)).body).toMatchObject({ status: "Pending", problem: "RecordMissing" });
    expect(await ask("www.client-a.example")).toBe(404);
    const proof = added.proof as { name: string; value: string };
    dns.texts.set(proof.name, ["v=spf1 -all", `${proof.value}x`]);
    expect((await verify(workspace, id)).body).toMatchObject({ status: "Pending", problem: "RecordMissing" });
    dns.failing.add(proof.name);
    expect((await verify(workspace, id)).body).toMatchObject({ status: "Pending", problem: "NoAnswer" });
    dns.failing.clear();
    setRecord(dns, proof);
    expect((await verify(workspace, id)).body).toMatchObject({ status: "Verified", primary: true, problem: null });
    for (const asked of ["www.client-a.example", "WWW.CLIENT-A.example."]) expect(await ask(asked)).toBe(200);
    for (const asked of ["client-a.example", "contentos.test", "127.0.0.1", "x"]) expect(await ask(asked)).toBe(404);

    const trail = await t.asOwner<{ action: string }>(
      "select action from audit_events where workspace_id = $1 order by at, action",
      [workspace.id],
    );
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["site.domain_added", "site.domain_verified", "site.primary_domain_changed"]),
    );
  });

  it("is one that can be somebody's: the deployment's own, a number and a single word are refused", async () => {
    const { admin } = await seedWorkspace(t);
    for (const host of [
      "contentos.test",
      "CONTENTOS.test.",
      "127.0.0.1",
      "localhost",
      "client",
      "https://x.example",
      "",
    ])
      expect([host, await call(admin, "POST", "/site/domains", { host })]).toMatchObject([
        host,
        { status: 400, body: { code: "invalid_request", issues: [{ path: "host" }] } },
      ]);
    await addDomain(call, admin, "twice.example");
    expect(await call(admin, "POST", "/site/domains", { host: "Twice.example" })).toMatchObject({
      status: 409,
      body: { code: "domain_taken" },
    });
  });

  it("is an Admin's matter, of their own workspace", async () => {
    const ours = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    const domain = await verifiedDomain(call, dns, theirs.admin, "theirs.example");
    const editor = await seedMember(t, ours.id, "Editor");
    const paths = [`/site/domains/${domain.id}/verify`, `/site/domains/${domain.id}/primary`];
    for (const path of paths) expect((await call(ours.admin, "POST", path)).status).toBe(404);
    expect((await call(ours.admin, "DELETE", `/site/domains/${domain.id}`)).status).toBe(404);
    const own = await addDomain(call, ours.admin, "ours.example");
    for (const [method, path, body] of [
      ["GET", "/site/domains"],
      ["POST", "/site/domains", { host: "x.example" }],
      ["POST", `/site/domains/${own.id}/verify`],
      ["POST", `/site/domains/${own.id}/primary`],
      ["DELETE", `/site/domains/${own.id}`],
    ] as const) {
      expect((await call(editor, method, path, body)).status).toBe(403);
      expect((await call(null, method, path, body)).status).toBe(401);
    }
    expect(await listOf(theirs)).toMatchObject([{ host: "theirs.example", status: "Verified", primary: true }]);
  });

  it("is one of several, of which a verified one is primary as long as there is one", async () => {
    const workspace = await seedWorkspace(t);
    const { admin } = workspace;
    const first = await verifiedDomain(call, dns, admin, "one.example");
    const second = await verifiedDomain(call, dns, admin, "two.example");
    const third = await addDomain(call, admin, "three.example");
    expect(await call(admin, "POST", `/site/domains/${third.id}/primary`)).toMatchObject({
      status: 409,
      body: { code: "domain_unverified" },
    });
    await expectStatus(call(admin, "POST", `/site/domains/${second.id}/primary`), 200);
    expect((await listOf(workspace)).map(({ primary }) => primary)).toEqual([false, true, false]);
    await expectStatus(call(admin, "DELETE", `/site/domains/${second.id}`), 204);
    expect(await listOf(workspace)).toMatchObject([{ id: first.id, primary: true }, { primary: false }]);
    await expectStatus(call(admin, "DELETE", `/site/domains/${first.id}`), 204);
    const [row] = await t.asOwner("select primary_host from workspaces where id = $1", [workspace.id]);
    expect(row).toEqual({ primary_host: null });
    expect(await ask("one.example")).toBe(404);
  });

  it("is limited in number", async () => {
    const { admin } = await seedWorkspace(t);
    for (let number = 0; number < 20; number++) await addDomain(call, admin, `n${number}.many.example`);
    expect((await call(admin, "POST", "/site/domains", { host: "more.many.example" })).body.code).toBe("domain_limit");
  });
});

describe("a host that two claim", () => {
  it("is whose record is found first, and stays theirs as long as it is there", async () => {
    const [one, other] = [await seedWorkspace(t), await seedWorkspace(t)];
    const mine = await addDomain(call, one.admin, "contested.example");
    const claimed = await addDomain(call, other.admin, "Contested.Example.");
    // Another's record proves nothing for oneself.
    setRecord(dns, mine.proof);
    expect((await verify(other, claimed.id)).body).toMatchObject({ status: "Pending", problem: "RecordMissing" });
    setRecord(dns, claimed.proof);
    await expectStatus(verify(one, mine.id), 200);
    const refused = await verify(other, claimed.id);
    expect(refused).toMatchObject({ status: 409, body: { code: "domain_taken" } });
    expect(JSON.stringify(refused.body)).not.toContain(one.slug);
    await checkByClock(4);
    expect(await listOf(one)).toMatchObject([{ status: "Verified" }]);
    expect(await listOf(other)).toMatchObject([{ status: "Pending" }]);
    const third = await seedWorkspace(t);
    expect((await call(third.admin, "POST", "/site/domains", { host: "contested.example" })).body.code).toBe(
      "domain_taken",
    );

    // The record is gone: lost at the third check by the clock, and by none that a person asks for.
    dns.texts.set(mine.proof.name, [claimed.proof.value]);
    for (let asked = 0; asked < 5; asked++) await verify(one, mine.id);
    await checkByClock(2);
    expect(await listOf(one)).toMatchObject([{ status: "Verified", problem: "RecordMissing" }]);
    expect((await verify(other, claimed.id)).status).toBe(409);
    await checkByClock(1);
    expect(await listOf(one)).toMatchObject([{ status: "Lost", primary: false }]);
    expect((await verify(other, claimed.id)).body).toMatchObject({ status: "Verified", primary: true });
    expect((await verify(one, mine.id)).body).toMatchObject({ status: "Lost", problem: "RecordMissing" });
    // Not even with the old record beside the new one.
    setRecord(dns, mine.proof);
    expect((await verify(one, mine.id)).body.code).toBe("domain_taken");
  });

  it("has one owner when both ask at the same moment", async () => {
    const [one, other] = [await seedWorkspace(t), await seedWorkspace(t)];
    const [a, b] = [
      await addDomain(call, one.admin, "race.example"),
      await addDomain(call, other.admin, "race.example"),
    ];
    dns.texts.set(a.proof.name, [a.proof.value, b.proof.value]);
    const answers = await Promise.all([verify(one, a.id), verify(other, b.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("is not lost by a name server that does not answer, and a domain added anew needs a new record", async () => {
    const workspace = await seedWorkspace(t);
    const domain = await verifiedDomain(call, dns, workspace.admin, "steady.example");
    dns.failing.add(domain.proof.name);
    await checkByClock(4);
    dns.failing.clear();
    expect(await listOf(workspace)).toMatchObject([{ status: "Verified", problem: "NoAnswer" }]);
    await expectStatus(call(workspace.admin, "DELETE", `/site/domains/${domain.id}`), 204);
    const again = await addDomain(call, workspace.admin, "steady.example");
    expect((await verify(workspace, again.id)).body).toMatchObject({ status: "Pending", problem: "RecordMissing" });
    await checkByClock(1);
    expect(await listOf(workspace)).toMatchObject([{ status: "Pending" }]);
  });
});

describe("a cache before the site", () => {
  const purged: string[] = [];
  const failing = new Set<string>();
  let cache: Server;
  beforeAll(async () => {
    cache = createServer((request, response) => {
      const url = `${request.method} ${request.headers.host}${request.url}`;
      if (failing.delete(url)) return void response.writeHead(503).end();
      purged.push(url);
      response.writeHead(url.endsWith("sitemap.xml") ? 404 : 200).end();
    });
    await once(cache.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => void cache.close());
  const tasks = () => ({
    "site.purge": purgeTask({
      db: t.db,
      publicUrl: PUBLIC_URL,
      purge: createPurge(`http://127.0.0.1:${(cache.address() as AddressInfo).port}`),
    }),
  });
  const purge = async () => {
    purged.length = 0;
    await makeDue(t);
    await runJobs(t, tasks());
    return [...purged].sort();
  };

  it("forgets a page and what lists it, under every host, when it is published and taken down", async () => {
    await purge();
    const workspace = await seedWorkspace(t);
    await verifiedDomain(call, dns, workspace.admin, "cached.example");
    const site = await sitePublisher(t, workspace);
    const page = await site.publishNew({ title: "Spring" });
    expect(page.remoteUrl).toBe("https://cached.example/spring");
    const both = (path: string) => [
      `PURGE cached.example${path || "/"}`,
      `PURGE contentos.test/s/${workspace.slug}${path}`,
    ];
    const paths = ["", "/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/spring", `/${page.item.id}`];
    const all = paths.flatMap(both).sort();
    expect([...new Set(await purge())]).toEqual(all);
    expect(await purge()).toEqual([]);
    await site.remove(page.remoteId);
    expect(await purge()).toEqual(all);

    // What the cache refuses is tried again.
    const branding = { branding: { theme: { font: "Serif" } } };
    await expectStatus(call(workspace.admin, "PUT", `/workspaces/${workspace.id}`, branding), 200);
    failing.add("PURGE cached.example/");
    await purge();
    expect(purged).not.toContain("PURGE cached.example/");
    expect(await purge()).toEqual(all);
    await site.close();
  });

  it("forgets all of a site when what its pages show is changed, also where it stood before", async () => {
    const workspace = await seedWorkspace(t);
    const site = await sitePublisher(t, workspace);
    await site.publishNew({ title: "Spring" });
    await purge();
    const changing = async (change: object) => {
      await expectStatus(call(workspace.admin, "PUT", `/workspaces/${workspace.id}`, change), 200);
      return new Set(await purge());
    };
    const at = (slug: string) => [`PURGE contentos.test/s/${slug}`, `PURGE contentos.test/s/${slug}/spring`];
    const seen = (urls: Set<string>, slug: string) => at(slug).map((url) => urls.has(url));
    for (const change of [
      { name: "Another name" },
      { language: "de" },
      { timeZone: "Europe/Berlin" },
      { branding: { tagline: "Plainly told" } },
      { branding: { theme: { font: "Serif" } } },
    ])
      expect([change, ...seen(await changing(change), workspace.slug)]).toEqual([change, true, true]);
    const moved = await changing({ slug: `${workspace.slug}-moved` });
    expect([...seen(moved, workspace.slug), ...seen(moved, `${workspace.slug}-moved`)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    // What pages don't show changes none of them.
    expect(await changing({ lateAfterMinutes: 30 })).toEqual(new Set());
    await site.close();
  });
});
