import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compactVerify, importJWK } from "jose";
import pg from "pg";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import yauzl from "yauzl";
import { type Member, seedItem, seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { openThread } from "#tests/factories/comments";
import { dumpOf, EMAIL, listTables, MARKERS, plantMarkers } from "#tests/factories/markers";
import { testAnchors } from "#tests/harness/anchors";
import { caller, testApp, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { testShredding } from "#tests/harness/shredding";
import { testFolder, testStorage } from "#tests/harness/storage";
import { CATEGORIES, columnsOf, PROCESSING } from "@/db/processing";
import { sealTask } from "@/features/audit";
import { systemClock } from "@/platform/clock";
import type { Erased } from "@/platform/ledger";
import type { Mail } from "@/platform/mailer";
import { eraseAgain } from "./index";
import { eraseTask } from "./jobs";
import { OUR_TEXTS } from "./texts";

const t = testDatabase();
const lines: string[] = [];
const log = pino({ level: "trace" }, { write: (line) => void lines.push(line) });
const anchors = testAnchors();
const call = caller(t, { anchors });

const mails: Mail[] = [];
const ledger: Erased[] = [];
const runErasures = (payments: { cancelNow(id: string): Promise<void> } | null = null) =>
  eraseTask({
    payments,
    db: t.db,
    identity: testIdentity(t),
    mailer: { send: async (mail) => void mails.push(mail) },
    shredding: testShredding(),
    erasures: { add: async (entry) => void ledger.push(entry), list: async () => ledger },
    clock: systemClock,
    log,
    publicUrl: "https://contentos.test",
  })();

const ask = (who: Pick<Member, "sessionId">) => call(who, "POST", "/privacy/erasure");
const makeDue = (userId: string) =>
  t.asOwner("update privacy_erasures set due_at = now() where user_id = $1 and status = 'Waiting'", [userId]);
const tables = () => listTables(t);
const dump = () => dumpOf(t);

describe("to be erased", () => {
  test("is asked for once, waits for days, and can be taken back", async () => {
    const person = await seedPerson(t);
    const asked = await ask(person);
    expect(asked).toMatchObject({ status: 201, body: { status: "Waiting", endedAt: null } });
    const days = (Date.parse(String(asked.body.dueAt)) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThan(7.1);
    expect(await ask(person)).toMatchObject({ status: 409, body: { code: "erasure_waiting" } });
    await runErasures();
    expect(await call(person, "POST", "/privacy/erasure/undo")).toMatchObject({
      status: 200,
      body: { status: "Undone" },
    });
    expect(await call(person, "POST", "/privacy/erasure/undo")).toMatchObject({ status: 404 });
    await makeDue(person.userId);
    await runErasures();
    expect((await call(person, "GET", "/privacy/erasure")).body.items).toMatchObject([{ status: "Undone" }]);
    expect(await t.asOwner("select name from users where id = $1", [person.userId])).toEqual([{ name: "Kim Example" }]);
    expect((await ask(person)).status).toBe(201);
  });

  test("waits while a workspace that one is or was in is held, says so, and is done when the hold ends", async () => {
    const { id, admin } = await seedWorkspace(t, { name: "Held Ltd" });
    const member = await seedMember(t, id, "Writer");
    const former = await seedMember(t, id, "Writer");
    await t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [former.userId]);
    const other = await seedMember(t, (await seedWorkspace(t)).id, "Writer");
    const hold = (held: boolean) =>
      call(admin, "PUT", "/retention/hold", { held, reason: held ? "Case 4711" : undefined });
    expect((await hold(true)).status).toBe(200);
    for (const who of [member, former])
      expect(await ask(who)).toMatchObject({ status: 201, body: { status: "Waiting", heldBy: ["Held Ltd"] } });
    expect((await ask(other)).body).toMatchObject({ heldBy: [] });
    for (const { userId } of [member, former, other]) await makeDue(userId);
    mails.length = 0;
    await runErasures();
    await runErasures();
    const toHeld = mails.filter(({ to }) => [member.email, former.email].includes(to));
    expect(toHeld.map(({ to }) => to).sort()).toEqual([member.email, former.email].sort());
    for (const { text } of toHeld) {
      expect(text).toContain("Held Ltd");
      expect(text).toContain("supervisory authority");
      expect(text).not.toContain("4711");
    }
    const names = () =>
      t.asOwner("select name from users where id = any ($1) order by name", [
        [member.userId, former.userId, other.userId],
      ]);
    expect(await names()).toEqual([{ name: "Former member" }, { name: "Kim Example" }, { name: "Kim Example" }]);
    expect((await call(member, "GET", "/privacy/erasure")).body.items).toMatchObject([
      { status: "Waiting", heldBy: ["Held Ltd"] },
    ]);
    const [waiting] = await t.asOwner<{ id: string }>("select id from privacy_erasures where user_id = $1", [
      member.userId,
    ]);
    expect((await t.db.pool.query("select * from app.erase_person($1)", [waiting!.id])).rows).toMatchObject([
      { user_id: null },
    ]);
    expect((await hold(false)).status).toBe(200);
    await runErasures();
    expect(await names()).toEqual([{ name: "Former member" }, { name: "Former member" }, { name: "Former member" }]);
  });

  test("asks an owner to hand over first, also one who became an owner meanwhile", async () => {
    const { id, admin } = await seedWorkspace(t, { name: "Acme" });
    expect(await ask(admin)).toMatchObject({
      status: 409,
      body: { code: "owns_workspaces", detail: expect.stringContaining("Acme"), workspaces: [{ id }] },
    });
    const heir = await seedMember(t, id, "Admin");
    expect((await ask(heir)).status).toBe(201);
    expect((await call(admin, "POST", `/workspaces/${id}/hand-over`, { userId: heir.userId })).status).toBeLessThan(
      300,
    );
    await makeDue(heir.userId);
    await runErasures();
    expect(await t.asOwner("select status from privacy_erasures where user_id = $1", [heir.userId])).toEqual([
      { status: "Waiting" },
    ]);
    expect((await ask(admin)).status).toBe(201);
  });

  test("is done once what they pay by has ended at Stripe, and not before", async () => {
    const person = await seedPerson(t);
    await t.asOwner(
      "insert into billing_accounts (owner_id, provider, tier, stripe_customer_id, stripe_subscription_id) values ($1, 'Stripe', 'Team', 'cus_1', 'sub_1')",
      [person.userId],
    );
    await ask(person);
    await makeDue(person.userId);
    const statusOf = async () =>
      (
        await t.asOwner<{ status: string }>("select status from privacy_erasures where user_id = $1", [person.userId])
      )[0]!.status;
    const accountOf = () =>
      t.asOwner("select status, stripe_subscription_id from billing_accounts where owner_id = $1", [person.userId]);
    // Nobody sells plans here any more, or Stripe is not reached: they wait, and it is logged.
    lines.length = 0;
    await runErasures();
    await runErasures({ cancelNow: () => Promise.reject(new Error("Stripe is down")) });
    expect(lines.filter((line) => line.includes("could not be ended at Stripe"))).toHaveLength(2);
    expect(await statusOf()).toBe("Waiting");
    expect(await accountOf()).toEqual([{ status: "Active", stripe_subscription_id: "sub_1" }]);
    const ended: string[] = [];
    await runErasures({ cancelNow: async (id) => void ended.push(id) });
    expect(ended).toEqual(["sub_1"]);
    expect(await statusOf()).toBe("Done");
    expect(await accountOf()).toEqual([{ status: "Canceled", stripe_subscription_id: null }]);
  });

  test("is one's own to ask, see and undo", async () => {
    const [one, other] = [await seedPerson(t), await seedPerson(t)];
    await ask(one);
    expect((await call(other, "GET", "/privacy/erasure")).body.items).toEqual([]);
    expect((await call(other, "POST", "/privacy/erasure/undo")).status).toBe(404);
    for (const [method, path] of [
      ["POST", "/privacy/erasure"],
      ["GET", "/privacy/erasure"],
      ["POST", "/privacy/erasure/undo"],
      ["GET", "/privacy/export"],
    ] as const)
      expect((await call(null, method, path)).status).toBe(401);
    expect(await t.asOwner("select status from privacy_erasures where user_id = $1", [one.userId])).toEqual([
      { status: "Waiting" },
    ]);
  });
});

/** A logical backup, and its restore over what is there now. */
async function backup() {
  const rows = new Map<string, string>();
  const own = (await tables()).filter((name) => !name.includes("."));
  for (const table of own)
    rows.set(
      table,
      (await t.asOwner<{ all: string }>(`select coalesce(json_agg(x), '[]')::text as all from ${table} x`))[0]!.all,
    );
  return async () => {
    for (const [table, all] of rows) {
      const literal = `'${all.replaceAll("'", "''")}'`;
      const [{ columns } = { columns: "" }] = await t.asOwner<{ columns: string }>(
        `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      );
      await t.asOwner(`begin; set local session_replication_role = replica; delete from ${table};
        insert into ${table} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${table}, ${literal}); commit`);
    }
  };
}

const filesWith = async (words: string[]) => {
  const found: string[] = [];
  for (const entry of await readdir(testFolder(), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(join(entry.parentPath, entry.name), "latin1");
    found.push(...words.filter((word) => text.includes(word)));
  }
  return found;
};

describe("a person who is erased", () => {
  test("is nowhere any more, nor in a restored backup; the chain is intact and the workspace works", async () => {
    const { id, admin } = await seedWorkspace(t);
    const person = await seedMember(t, id, "Editor");
    const item = await seedItem(t, { createdBy: person });
    await openThread(call, person, item.id);
    expect((await call(person, "GET", "/audit")).status).toBe(403);
    await plantMarkers(t, person, admin, item.id);
    await t.asOwner("select app.wake_sealers(null)");
    await runJobs(t, {
      "audit.seal": sealTask({
        db: t.db,
        anchors,
        keyring: testKeyring,
        clock: systemClock,
        auditKeepDays: undefined,
        log,
      }),
    });
    const words = [...MARKERS, EMAIL, "203.0.113.77"];
    expect(words.length).toBeGreaterThan(20);
    const before = await dump();
    expect(words.filter((word) => !before.includes(word))).toEqual([]);
    const restore = await backup();

    expect((await ask(person)).status).toBe(201);
    await makeDue(person.userId);
    await Promise.all([runErasures(), runErasures()]);
    const after = await dump();
    expect(words.filter((word) => after.includes(word))).toEqual([]);
    expect(await filesWith(words)).toEqual([]);
    expect(lines.filter((line) => words.some((word) => line.includes(word)))).toEqual([]);

    expect((await call(person, "GET", "/content")).status).toBe(401);
    const { body: discussion } = await call(admin, "GET", `/content/${item.id}/comments`);
    expect(discussion.items).toMatchObject([{ authorId: person.userId }]);
    expect(await t.asOwner("select name, image from users where id = $1", [person.userId])).toEqual([
      { name: "Former member", image: null },
    ]);
    expect((await call(admin, "PUT", `/content/${item.id}`, { title: "Goes on" })).status).toBe(200);
    const check = async () => (await call(admin, "POST", "/audit/verify", {})).body;
    expect(await check()).toMatchObject({ status: "Intact", faultCount: 0 });

    const mine = mails.filter(({ to }) => to === EMAIL);
    expect(mine).toHaveLength(1);
    const isTheirs = (entry: Erased) => "userId" in entry && entry.userId === person.userId;
    const { receipt } = ledger.find(isTheirs)!;
    expect(mine[0]!.text).toContain(receipt);
    const { keys } = await testIdentity(t).getAllKeys();
    const { payload } = await compactVerify(receipt, await importJWK(keys[0]!));
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      userId: person.userId,
      rows: { users: 1, auth_sessions: 1, content_drafts: 1, transfer_entries: 1, workspace_members: 1 },
    });

    await restore();
    const asWorker = { query: async (...asked: Parameters<typeof t.asOwner>) => ({ rows: await t.asOwner(...asked) }) };
    expect(words.filter((word) => !before.includes(word))).toEqual([]);
    expect((await dump()).includes(EMAIL)).toBe(true);
    expect(
      await eraseAgain(asWorker as never, {
        erasures: { list: async () => ledger.filter(isTheirs) },
        storage: testStorage(),
        shredding: testShredding(),
      }),
    ).toEqual({
      people: 1,
      workspaces: 0,
    });
    const again = await dump();
    expect(words.filter((word) => again.includes(word))).toEqual([]);
    expect(await check()).toMatchObject({ status: "Intact" });
  });

  test("is erased once, when two transactions come to it at the same time", async () => {
    const person = await seedPerson(t);
    const { id } = (await ask(person)).body;
    await makeDue(person.userId);
    const gate = new pg.Client(t.urls.superuser);
    await gate.connect();
    await gate.query("begin");
    await gate.query("select from privacy_erasures where id = $1 for update", [id]);
    const erase = () => t.db.pool.query<{ user_id: string | null }>("select user_id from app.erase_person($1)", [id]);
    const both = [erase(), erase()];
    const waiting = async () => {
      await gate.query("select pg_stat_clear_snapshot()");
      const { rows } = await gate.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%erase_person%'",
      );
      return rows.length;
    };
    try {
      await expect.poll(waiting, { timeout: 15_000 }).toBe(2);
    } finally {
      await gate.query("commit");
      await gate.end();
    }
    const erased = (await Promise.all(both)).map(({ rows }) => rows[0]!.user_id);
    expect(erased.sort()).toEqual([person.userId, null].sort());
  });
});

describe("everything about a person", () => {
  test("is a zip of JSON and CSV of all their workspaces, without secrets and without other people's", async () => {
    const [one, two] = [await seedWorkspace(t), await seedWorkspace(t)];
    const person = await seedMember(t, one.id, "Writer", { name: "Robin" });
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Writer')", [
      two.id,
      person.userId,
    ]);
    await seedItem(t, { createdBy: { ...person, workspaceId: one.id }, title: "By Robin" });
    await seedItem(t, { createdBy: { ...person, workspaceId: two.id }, title: "By Robin, too" });
    await seedItem(t, { createdBy: one.admin, title: "Not theirs" });
    await call({ ...person, workspaceId: one.id }, "POST", "/content", { title: "=cmd()", body: "Words" });
    const answer = await testApp(t).request("/api/v1/privacy/export", {
      headers: { authorization: `Bearer ${person.sessionId}` },
    });
    expect(answer.headers.get("content-type")).toBe("application/zip");
    const files = new Map<string, string>();
    const zip = await yauzl.fromBufferPromise(Buffer.from(await answer.arrayBuffer()));
    for await (const entry of zip.eachEntry()) {
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      files.set(entry.fileName, Buffer.concat(chunks).toString());
    }
    const titles = (slug: string) =>
      JSON.parse(files.get(`${slug}/content_items.json`)!)
        .map(({ title }: { title: string }) => title)
        .sort();
    expect(titles(one.slug)).toEqual(["=cmd()", "By Robin"]);
    expect(titles(two.slug)).toEqual(["By Robin, too"]);
    expect(files.get(`${one.slug}/content_items.csv`)).toContain("'=cmd()");
    expect(JSON.parse(files.get("account/person.json")!)).toMatchObject([{ name: "Robin", email: person.email }]);
    expect([...files.keys()]).toEqual(expect.arrayContaining(["README.txt", "account/sessions.csv"]));
    const all = [...files.values()].join();
    expect(all).not.toContain("Not theirs");
    const [session] = await t.asOwner<{ token: string }>("select token from auth_sessions where user_id = $1", [
      person.userId,
    ]);
    expect(all).not.toContain(session!.token);
    expect(
      await t.asOwner("select 1 from audit_events where action = 'privacy.exported' and actor_id = $1", [
        person.userId,
      ]),
    ).toHaveLength(2);
  });
});

describe("the operator's texts", () => {
  test("are ours until the operator puts their own in place, which asks everybody anew", async () => {
    const folder = await mkdtemp(join(tmpdir(), "contentos-legal-"));
    const here = caller(t, { legalFolder: folder });
    const person = await seedPerson(t);
    const read = async () => (await here(null, "GET", "/privacy/documents")).body.items as Record<string, string>[];
    const [terms, privacy] = (await read()).map(({ document, version }) => ({ document, version }));
    expect((await read()).map(({ title }) => title)).toEqual(["Terms of use", "Privacy policy"]);
    expect((await here(person, "GET", "/privacy/consents")).body).toEqual({
      items: [],
      missing: ["Terms", "Privacy"],
      changed: [],
      choice: { optedOut: false, signal: false, cookie: false, account: null },
    });
    const agree = (...documents: unknown[]) => here(person, "POST", "/privacy/consents", { documents });
    expect(await agree(terms, privacy)).toMatchObject({ status: 201, body: { missing: [], changed: [] } });
    expect((await agree(terms)).status).toBe(201);

    await writeFile(join(folder, "terms.md"), "# Our terms\n\nBe kind. <script>alert(1)</script>\n");
    const [own] = await read();
    expect(own).toMatchObject({ document: "Terms", title: "Our terms" });
    expect(own!.html).not.toContain("<script>");
    expect((await here(person, "GET", "/privacy/consents")).body).toMatchObject({
      missing: ["Terms"],
      changed: ["Terms"],
    });
    expect(await agree(terms)).toMatchObject({ status: 409, body: { code: "document_changed" } });
    expect((await agree({ document: "Terms", version: own!.version })).status).toBe(201);
    const all = (await here(person, "GET", "/privacy/consents")).body;
    expect(all).toMatchObject({ missing: [], items: [{}, {}, {}] });
    expect((await here(await seedPerson(t), "GET", "/privacy/consents")).body.items).toEqual([]);
    for (const documents of [[], [{ document: "Terms" }], [{ document: "Else", version: own!.version }]])
      expect((await here(person, "POST", "/privacy/consents", { documents })).status).toBe(400);
    expect((await here(null, "GET", "/privacy/consents")).status).toBe(401);
    expect((await here(null, "POST", "/privacy/consents", { documents: [terms] })).status).toBe(401);
    await rm(folder, { recursive: true });
  });
});

describe("a text in the reader's language", () => {
  async function withFolder() {
    const folder = await mkdtemp(join(tmpdir(), "contentos-legal-"));
    const here = caller(t, { legalFolder: folder });
    const read = async (language: string) =>
      (await here(null, "GET", `/privacy/documents?language=${language}`)).body.items as Record<string, string>[];
    const own = (file: string, title: string) => writeFile(join(folder, file), `# ${title}\n\nBe kind.\n`);
    const titles = async () => [await read("en"), await read("de")].map((texts) => texts.map(({ title }) => title));
    return { folder, here, read, own, titles };
  }
  const named = ({ document, version }: Record<string, string>) => ({ document, version });

  test("is a version of its own, and whoever agreed to one is not asked for the other", async () => {
    const { folder, here, read } = await withFolder();
    const [english, german] = [await read("en"), await read("de")];
    expect(german.map(({ title }) => title)).toEqual(["Nutzungsbedingungen", "Datenschutzerklärung"]);
    expect(new Set([...english, ...german].map(({ version }) => version)).size).toBe(4);
    const person = await seedPerson(t);
    const agreed = await here(person, "POST", "/privacy/consents", { documents: german.map(named) });
    expect(agreed).toMatchObject({ status: 201, body: { missing: [], changed: [] } });
    expect((agreed.body.items as Record<string, string>[]).map(named)).toEqual(
      expect.arrayContaining(german.map(named)),
    );
    const crossed = [{ document: "Terms", version: german[1]!.version }];
    expect((await here(person, "POST", "/privacy/consents", { documents: crossed })).body.code).toBe(
      "document_changed",
    );
    expect((await here(null, "GET", "/privacy/documents?language=fr")).status).toBe(400);
    await rm(folder, { recursive: true });
  });

  test("is the operator's in it, theirs for all, or theirs in another: never ours beside one of theirs", async () => {
    const { folder, here, read, own, titles } = await withFolder();
    const person = await seedPerson(t);
    const german = (await read("de")).map(named);
    await here(person, "POST", "/privacy/consents", { documents: german });
    await own("terms.de.md", "Unsere Bedingungen");
    const privacy = ["Privacy policy", "Datenschutzerklärung"];
    expect(await titles()).toEqual([
      ["Unsere Bedingungen", privacy[0]],
      ["Unsere Bedingungen", privacy[1]],
    ]);
    expect((await here(person, "GET", "/privacy/consents")).body).toMatchObject({ changed: ["Terms"] });
    await own("terms.md", "Our terms");
    expect(await titles()).toEqual([
      ["Our terms", privacy[0]],
      ["Unsere Bedingungen", privacy[1]],
    ]);
    const [terms] = (await read("en")).map(named);
    expect(await here(person, "POST", "/privacy/consents", { documents: [terms] })).toMatchObject({
      body: { missing: [], changed: [] },
    });
    await rm(folder, { recursive: true });
  });

  test("says the same in both, heading by heading", () => {
    const shapeOf = (text: string) =>
      text.split("\n").map((line) => /^(#+|-) /.exec(line)?.[0] ?? (line ? "words" : ""));
    const linksOf = (text: string) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to]) => to);
    for (const { en, de } of Object.values(OUR_TEXTS)) {
      expect(shapeOf(de)).toEqual(shapeOf(en));
      expect(linksOf(de)).toEqual(linksOf(en));
    }
  });
});

describe("the record of processing", () => {
  /** Kept by the migrations' runner, and by what seals scopes. */
  const OURS = new Set(["migrations", "review_passcode_tries"]);

  test("has every column of every table under one category, and says what becomes of what names a person", async () => {
    const rows = await t.asOwner<{ name: string; columns: string[] }>(
      `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by 1`,
    );
    const faults: string[] = [];
    for (const { name, columns } of rows.filter((row) => !OURS.has(row.name))) {
      const said = PROCESSING[name] ? columnsOf(PROCESSING[name]) : new Map<string, string>();
      for (const column of columns.filter((one) => !said.has(one)))
        faults.push(`${name}.${column}: say in src/db/processing what it is for`);
      for (const column of said.keys())
        if (!columns.includes(column)) faults.push(`${name}.${column} is in src/db/processing alone`);
    }
    for (const [name, table] of Object.entries(PROCESSING)) {
      if (!rows.some((row) => row.name === name)) faults.push(`${name} is in src/db/processing alone`);
      const listed = Object.keys(CATEGORIES).flatMap((category) => table[category as "ids"]?.split(" ") ?? []);
      if (new Set(listed).size < listed.length) faults.push(`${name} names a column twice`);
      if ((table.person || table.device) && !table.erasure)
        faults.push(`${name}: say what becomes of it when a person is erased, and have app.wipe_person do it`);
    }
    expect(faults).toEqual([]);
  });

  test("is not silent about what erasure does: whatever is removed or replaced is counted in the receipt", async () => {
    const [row] = await t.asOwner<{ counts: Record<string, number> }>("select app.wipe_person($1) as counts", [
      (await seedPerson(t)).userId,
    ]);
    const promised = Object.entries(PROCESSING).flatMap(([name, { erasure }]) =>
      erasure && !erasure.startsWith("kept") ? [name] : [],
    );
    expect(Object.keys(row!.counts).sort()).toEqual([...promised, "workspace_members"].sort());
  });
});
