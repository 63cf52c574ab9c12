import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import yauzl from "yauzl";
import { seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { OPT_OUT, OPT_OUT_COOKIE } from "@/platform/privacy-signal";

const t = testDatabase();
const call = caller(t);
const CHOICE = "/privacy/choice";
const COOKIE = `${OPT_OUT_COOKIE}=${OPT_OUT}`;
const SIGNAL = { "sec-gpc": "1" };
type Who = Parameters<typeof call>[0];

const read = (who: Who, headers: Record<string, string> = {}) => call(who, "GET", CHOICE, undefined, headers);
const choose = (who: Who, optedOut: boolean, headers: Record<string, string> = {}) =>
  call(who, "PUT", CHOICE, { optedOut }, headers);
const cookieOf = ({ headers }: { headers: Headers }) => headers.get("set-cookie") ?? "";
const kept = (userId: string) =>
  t.asOwner("select opted_out, made_by from privacy_choices where user_id = $1 order by made_at", [userId]);

describe("a visitor", () => {
  test("opts out by a cookie that tells nothing else, and takes it back", async () => {
    expect((await read(null)).body).toEqual({ optedOut: false, signal: false, cookie: false, account: null });
    const chosen = await choose(null, true);
    expect(chosen).toMatchObject({ status: 200, body: { optedOut: true, cookie: true, account: null } });
    expect(cookieOf(chosen)).toMatch(new RegExp(`^${COOKIE}; Max-Age=34560000; Path=/; Secure; SameSite=Lax$`));
    expect((await read(null, { cookie: `a=b; ${COOKIE}` })).body).toMatchObject({ optedOut: true, cookie: true });
    for (const cookie of [`${COOKIE}x`, `x${COOKIE}`, `${OPT_OUT_COOKIE}=`])
      expect((await read(null, { cookie })).body).toMatchObject({ optedOut: false });
    const undone = await choose(null, false, { cookie: COOKIE });
    expect(undone.body).toMatchObject({ optedOut: false, cookie: false });
    expect(cookieOf(undone)).toContain(`${OPT_OUT_COOKIE}=; Max-Age=0`);
  });

  test("has opted out by Global Privacy Control, whatever was chosen beside it", async () => {
    expect((await read(null, SIGNAL)).body).toMatchObject({ optedOut: true, signal: true, cookie: false });
    expect((await choose(null, false, SIGNAL)).body).toMatchObject({ optedOut: true, signal: true });
    for (const said of ["0", "", "true", "11"])
      expect((await read(null, { "sec-gpc": said })).body).toMatchObject({ optedOut: false, signal: false });
  });

  test("is told by each host that the signal is honoured", async () => {
    const answer = await testApp(t).request("/.well-known/gpc.json");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({ gpc: true, lastUpdate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    const own = await testApp(t).request("/.well-known/gpc.json", { headers: { host: "news.acme.example" } });
    expect(await own.json()).toMatchObject({ gpc: true });
  });

  test("is not made to choose by another site, and chooses by yes or no", async () => {
    const crossed = await choose(null, false, { "sec-fetch-site": "cross-site" });
    expect([crossed.status, crossed.body.code, cookieOf(crossed)]).toEqual([403, "cross_site_request", ""]);
    for (const body of [{}, { optedOut: "yes" }, { optedOut: true, userId: "x" }, "{"])
      expect((await call(null, "PUT", CHOICE, body)).status).toBe(400);
  });
});

describe("whoever has signed in", () => {
  test("has their choice kept with its time, as a row for each change that nobody alters", async () => {
    const [person, other] = [await seedPerson(t), await seedPerson(t)];
    expect((await read(person)).body).toMatchObject({ optedOut: false, account: null });
    const chosen = await choose(person, true);
    expect(chosen.body).toMatchObject({ optedOut: true, account: { optedOut: true, madeBy: "Person" } });
    const { madeAt } = chosen.body.account as { madeAt: string };
    expect(Math.abs(Date.parse(madeAt) - Date.now())).toBeLessThan(600_000);
    await choose(person, true);
    await choose(person, false);
    expect((await read(person)).body).toMatchObject({ optedOut: false, account: { optedOut: false } });
    await choose(person, true, SIGNAL);
    expect(await kept(person.userId)).toEqual([
      { opted_out: true, made_by: "Person" },
      { opted_out: false, made_by: "Person" },
      { opted_out: true, made_by: "Signal" },
    ]);
    expect((await read(other)).body).toMatchObject({ optedOut: false, account: null });
    expect(await kept(other.userId)).toEqual([]);
  });

  test("finds it in each browser, by what every page asks for", async () => {
    const person = await seedPerson(t);
    await choose(person, true);
    for (const path of [CHOICE, "/privacy/consents"]) {
      const elsewhere = await call(person, "GET", path);
      expect(cookieOf(elsewhere)).toContain(COOKIE);
      expect(cookieOf(await call(person, "GET", path, undefined, { cookie: COOKIE }))).toBe("");
    }
    expect((await call(person, "GET", "/privacy/consents")).body.choice).toMatchObject({ optedOut: true });
    expect(cookieOf(await call(await seedPerson(t), "GET", "/privacy/consents"))).toBe("");
  });

  test("takes it along", async () => {
    const { id } = await seedWorkspace(t);
    const person = await seedMember(t, id, "Writer");
    await choose(person, true, SIGNAL);
    await choose(person, false);
    const answer = await testApp(t).request("/api/v1/privacy/export", {
      headers: { authorization: `Bearer ${person.sessionId}` },
    });
    const zip = await yauzl.fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
    let text = "";
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== "account/privacy_choices.json") continue;
      for await (const chunk of await zip.openReadStreamPromise(entry)) text += String(chunk);
    }
    expect(JSON.parse(text)).toEqual([
      { optedOut: false, madeBy: "Person", madeAt: expect.any(String) },
      { optedOut: true, madeBy: "Signal", madeAt: expect.any(String) },
    ]);
  });

  test("takes it with them when they are erased", async () => {
    const [person, stays] = [await seedPerson(t), await seedPerson(t)];
    for (const one of [person, stays]) await choose(one, true);
    const [row] = await t.asOwner<{ counts: Record<string, number> }>("select app.wipe_person($1) as counts", [
      person.userId,
    ]);
    expect(row!.counts.privacy_choices).toBe(1);
    expect(await kept(person.userId)).toEqual([]);
    expect(await kept(stays.userId)).toHaveLength(1);
  });
});

describe("the notice at collection", () => {
  test("is ours in two languages, until the operator puts their own in place", async () => {
    const folder = await mkdtemp(join(tmpdir(), "contentos-notice-"));
    const here = caller(t, { legalFolder: folder });
    const notice = async (language?: string) =>
      (await here(null, "GET", `/privacy/notice${language ? `?language=${language}` : ""}`)).body;
    const ours = await notice();
    expect(ours).toMatchObject({ title: "Your privacy choices", version: expect.stringMatching(/^[0-9a-f]{12}$/) });
    for (const told of ["Identifiers", "What for", "How long", "Nothing is sold", "Sec-GPC: 1"])
      expect(ours.html).toContain(told);
    expect((await notice("de")).html).toContain("Nichts wird verkauft");
    await writeFile(join(folder, "choices.md"), "# Ours\n\nWe sell flowers. <script>alert(1)</script>\n");
    expect(await notice("de")).toMatchObject({ title: "Ours" });
    await writeFile(join(folder, "choices.de.md"), "# Unseres\n\nBlumen.\n");
    expect(await notice("de")).toMatchObject({ title: "Unseres" });
    expect((await notice()).html).not.toContain("<script>");
    expect((await notice()).version).not.toBe(ours.version);
    expect((await here(null, "GET", "/privacy/notice?language=xx")).status).toBe(400);
    await rm(folder, { recursive: true });
  });
});
