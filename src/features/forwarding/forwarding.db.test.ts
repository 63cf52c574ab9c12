import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { seedWorkspace } from "#tests/factories";
import { expectStatus, seedTeam, type Team } from "#tests/factories/approval";
import { testAnchors } from "#tests/harness/anchors";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { holdJob, makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { sealTask } from "@/features/audit";
import { GENESIS } from "@/features/audit/chain/hash";
import { canonicalHash } from "@/platform/canonical-json";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch, type OutboundFetch } from "@/platform/outbound-fetch";
import { sendTask, testTask, wakeForwarding } from "./index";

const t = testDatabase();
const call = caller(t);
let team: Team;

type Got = { method: string; path: string; headers: IncomingHttpHeaders; bytes: Buffer };
const got: Got[] = [];
let answerWith: (response: ServerResponse, nth: number) => unknown = (response) => response.writeHead(200).end();
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method = "", url: path = "", headers } = request;
  got.push({ method, path, headers, bytes: Buffer.concat(chunks) });
  await answerWith(response, got.length);
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  team = await seedTeam(t);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(async () => {
  got.length = 0;
  answerWith = (response) => response.writeHead(200).end();
  await t.asOwner("update forwarding_destinations set removed_at = now() where removed_at is null");
  await t.asOwner("delete from graphile_worker._private_jobs");
});

const outbound = createOutboundFetch({ allow: ["127.0.0.1"] });
const tasksWith = (fetch: OutboundFetch = outbound) => {
  const deps = { db: t.db, keyring: testKeyring, fetch, clock: systemClock };
  const sealing = { ...deps, anchors: testAnchors(), auditKeepDays: undefined, log: pino({ level: "silent" }) };
  return {
    "audit.seal": sealTask({ ...sealing, onSealed: (tx) => wakeForwarding(tx, new Date()) }),
    "forwarding.send": sendTask(deps),
    "forwarding.test": testTask(deps),
  };
};
const run = (fetch?: OutboundFetch) => runJobs(t, tasksWith(fetch));
const dueNow = async () => {
  await t.asOwner("update forwarding_destinations set next_at = now()");
  await makeDue(t);
};
/** Seals what waits, and sends what is sealed. */
async function sealAndSend(fetch?: OutboundFetch) {
  await t.asOwner("select app.wake_sealers(null)");
  await runJobs(t, { "audit.seal": tasksWith()["audit.seal"]! });
  await dueNow();
  await run(fetch);
}

const SPLUNK = { kind: "Splunk", name: "Our SIEM", token: "a-splunk-token-of-theirs" };
const LINES = { kind: "JsonLines", name: "Lines", token: "a-bearer-token-of-theirs" };
const BUCKET = {
  kind: "Bucket",
  name: "Archive",
  bucket: "acme-audit",
  region: "eu-central-1",
  prefix: "logs/contentos",
  accessKeyId: "AKTHEIRS000000007QX2",
  secretAccessKey: "the-secret-key-that-is-theirs",
};
const SECRETS = /a-splunk-token-of-theirs|a-bearer-token-of-theirs|the-secret-key-that-is-theirs|AKTHEIRS/;

type Destination = { id: string; sentSequence: number; behind: number; lastError: string | null };
const add = async (input: object, by = team.admin) =>
  (await expectStatus(
    call(by, "POST", "/forwarding/destinations", { url: origin, ...input }),
    201,
  )) as unknown as Destination;
const read = async (id: string) =>
  (await call(team.admin, "GET", `/forwarding/destinations/${id}`)).body as unknown as Destination &
    Record<string, unknown>;
const change = (id: string, body: object) => call(team.admin, "PUT", `/forwarding/destinations/${id}`, body);
const happen = (by: Team["admin"] = team.admin) =>
  expectStatus(call(by, "POST", "/personas", { name: crypto.randomUUID() }), 201);

type Line = {
  workspaceId: string;
  sequence: number;
  kind: string;
  sealedAt: string;
  previous: string;
  hash: string;
  row: object;
};
const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const told = () => got.flatMap(({ bytes }) => linesOf(bytes.toString()));
const sealsOf = (workspaceId: string) =>
  t.asOwner<{ sequence: string; hash: string }>(
    "select sequence, hash from audit_seals where workspace_id = $1 order by sequence",
    [workspaceId],
  );

describe("a receiver of JSON Lines", () => {
  it("gets every sealed row once, in order, from which the chain can be made anew", async () => {
    await happen();
    const { id } = await add(LINES);
    await sealAndSend();
    await happen();
    await sealAndSend();
    const lines = told();
    const seals = await sealsOf(team.workspace.id);
    expect(lines.map(({ sequence, hash }) => [String(sequence), hash])).toEqual(
      seals.map(({ sequence, hash }) => [sequence, hash]),
    );
    let before = GENESIS;
    for (const { previous, hash, sequence, kind, sealedAt, row, workspaceId } of lines) {
      expect([previous, workspaceId]).toEqual([before, team.workspace.id]);
      expect(canonicalHash({ previous, sequence, kind, sealedAt, row })).toBe(hash);
      before = hash;
    }
    expect(got[0]!.headers).toMatchObject({
      authorization: "Bearer a-bearer-token-of-theirs",
      "content-type": "application/x-ndjson",
      "idempotency-key": expect.stringContaining(id),
    });
    expect(await read(id)).toMatchObject({ sentSequence: seals.length, behind: 0, sentAt: expect.any(String) });
    // What is sent makes no rows of its own, or it would never end.
    const count = got.length;
    await sealAndSend();
    expect(got).toHaveLength(count);
  });

  it("begins with the next row where that was asked, and gets nothing that no seal has", async () => {
    await sealAndSend();
    const sealed = (await sealsOf(team.workspace.id)).length;
    const { id, behind } = await add({ ...LINES, from: "Now" });
    expect(behind).toBe(0);
    await happen();
    await dueNow();
    await runJobs(t, { "forwarding.send": tasksWith()["forwarding.send"]! });
    expect(got).toEqual([]);
    await sealAndSend();
    expect(Math.min(...told().map(({ sequence }) => sequence))).toBe(sealed + 1);
    expect(await read(id)).toMatchObject({ behind: 0 });
  });

  it("gets a long log in batches, one after another, without a gap", async () => {
    const { id, admin } = await seedWorkspace(t);
    await t.asOwner(
      `insert into audit_events (workspace_id, actor_kind, action, subject_type, subject_id, detail)
       select $1, 'System', 'content.made', 'x', gen_random_uuid(), jsonb_build_object('number', n, 'long', repeat('x', 1500))
       from generate_series(1, 1300) n`,
      [id],
    );
    await add(LINES, admin);
    await sealAndSend();
    const sequences = told().map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, i) => i + 1));
    expect(sequences.length).toBeGreaterThan(1300);
    expect(got.length).toBeGreaterThan(2);
    for (const { bytes } of got) expect(bytes.length).toBeLessThan(1_000_000);
  });

  it("never gets a row of another workspace", async () => {
    const other = await seedWorkspace(t);
    const persona = (await call(other.admin, "POST", "/personas", { name: "Theirs" })).body.id as string;
    await add(LINES);
    await sealAndSend();
    const sent = got.map(({ bytes }) => bytes.toString()).join("");
    expect(sent).toContain(team.workspace.id);
    expect(sent).not.toContain(other.id);
    expect(sent).not.toContain(persona);
    expect(await sealsOf(other.id)).not.toEqual([]);
  });
});

describe("Splunk", () => {
  it("gets events in the form of its collector", async () => {
    await add(SPLUNK);
    await sealAndSend();
    const [{ headers, bytes } = got[0]!] = got;
    expect(headers).toMatchObject({
      authorization: "Splunk a-splunk-token-of-theirs",
      "content-type": "application/json",
    });
    const [first] = bytes.toString().split("\n");
    expect(JSON.parse(first!)).toEqual({
      time: expect.any(Number),
      source: "contentos",
      sourcetype: "contentos:audit",
      event: expect.objectContaining({ workspaceId: team.workspace.id, sequence: 1, hash: expect.any(String) }),
    });
  });
});

describe("a bucket", () => {
  it("gets objects of packed lines, named by time and place in the chain", async () => {
    await add(BUCKET);
    await sealAndSend();
    const seals = await sealsOf(team.workspace.id);
    const padded = (number: number) => String(number).padStart(12, "0");
    expect(got).toMatchObject([{ method: "PUT" }]);
    const [{ path, headers, bytes } = got[0]!] = got;
    expect(path).toMatch(
      new RegExp(
        `^/acme-audit/logs/contentos/${team.workspace.id}/\\d{4}/\\d\\d/\\d\\d/\\d{8}T\\d{6}Z-${padded(1)}-${padded(seals.length)}\\.jsonl\\.gz`,
      ),
    );
    expect(headers.authorization).toContain("AWS4-HMAC-SHA256 Credential=AKTHEIRS000000007QX2/");
    expect(headers["content-md5"]).toBeTypeOf("string");
    expect(linesOf(gunzipSync(bytes).toString())).toHaveLength(seals.length);
  });

  it("is written once a minute at most while little happens", async () => {
    await sealAndSend();
    await add({ ...BUCKET, from: "Now" });
    for (let i = 0; i < 3; i++) {
      await happen();
      await t.asOwner("select app.wake_sealers(null)");
      await run();
    }
    expect(got).toEqual([]);
    await dueNow();
    await run();
    expect(got).toHaveLength(1);
  });

  it("that refuses is told as such", async () => {
    answerWith = (response) =>
      response
        .writeHead(403, { "content-type": "application/xml" })
        .end("<Error><Code>AccessDenied</Code><Message>No, AKTHEIRS000000007QX2</Message></Error>");
    const { id } = await add(BUCKET);
    await sealAndSend();
    expect((await read(id)).lastError).toBe("It answered 403. AccessDenied: No, …");
  });
});

describe("a process that dies between sending and noting", () => {
  it.each([
    ["a receiver", LINES],
    ["a bucket", BUCKET],
  ])("leaves the same batch to be sent again, to %s", async (_, input) => {
    const { id } = await add(input);
    await t.asOwner("select app.wake_sealers(null)");
    await runJobs(t, { "audit.seal": tasksWith()["audit.seal"]! });
    await makeDue(t);
    const held = await holdJob(t, "forwarding.send");
    const killed: OutboundFetch = async (...args) => {
      const answer = await outbound(...args);
      await held.die();
      return answer;
    };
    await expect(
      tasksWith(killed)["forwarding.send"]!(held.payload, held.claim, new AbortController().signal),
    ).rejects.toMatchObject({ code: "CO404" });
    expect(await read(id)).toMatchObject({ sentSequence: 0 });
    // More was sealed meanwhile, which is for the next batch.
    await happen();
    await sealAndSend();
    const [first, again, next] = got;
    expect([again!.path, again!.headers["idempotency-key"]]).toEqual([first!.path, first!.headers["idempotency-key"]]);
    expect(again!.bytes.equals(first!.bytes)).toBe(true);
    await sealAndSend();
    expect(next ?? got[2]).toBeDefined();
    expect((await read(id)).behind).toBe(0);
  });

  it("holds nobody up for long, and somebody else's batch is not sent beside it", async () => {
    const { id } = await add(LINES);
    await t.asOwner("select app.wake_sealers(null)");
    await runJobs(t, { "audit.seal": tasksWith()["audit.seal"]! });
    await t.asOwner(
      "update forwarding_destinations set claimed_by = 'another', claimed_until = now() + interval '1 minute' where id = $1",
      [id],
    );
    await dueNow();
    await runJobs(t, tasksWith(), { withinMs: 1_000 });
    expect(got).toEqual([]);
    await t.asOwner("update forwarding_destinations set claimed_until = now() - interval '1 second' where id = $1", [
      id,
    ]);
    await dueNow();
    await run();
    expect(got).toHaveLength(1);
  });
});

describe("a destination that fails", () => {
  it("is tried again later and later, with the same rows, and says what was wrong without its secret", async () => {
    const { id } = await add(LINES);
    answerWith = (response, nth) =>
      response.writeHead(nth < 3 ? 503 : 200).end(`Not now, ${LINES.token} \0 ${"x".repeat(5_000)}`);
    await sealAndSend();
    expect(got).toHaveLength(1);
    const failing = await read(id);
    expect(failing).toMatchObject({ failures: 1, failingSince: expect.any(String), nextAt: expect.any(String) });
    expect(failing.lastError).toMatch(/^It answered 503\. Not now, … +x+$/);
    expect(failing.behind).toBeGreaterThan(0);
    await run();
    expect(got).toHaveLength(1);
    for (let i = 0; i < 2; i++) {
      await dueNow();
      await run();
    }
    expect(new Set(got.map(({ bytes }) => bytes.toString())).size).toBe(1);
    expect(await read(id)).toMatchObject({ failures: 0, failingSince: null, lastError: null, nextAt: null, behind: 0 });
  });

  it("for three days is paused, which Admins are told; resumed, it goes on where it stopped", async () => {
    const { id } = await add(LINES);
    answerWith = (response) => response.writeHead(500).end();
    await t.asOwner(
      "update forwarding_destinations set failures = 20, failing_since = now() - interval '73 hours' where id = $1",
      [id],
    );
    await sealAndSend();
    expect(await read(id)).toMatchObject({ status: "Paused", pauseReason: "Failing", failures: 21, sentSequence: 0 });
    expect(await t.asOwner("select type, payload from events where subject_id = $1", [id])).toEqual([
      { type: "forwarding.destination_paused", payload: { reason: "Failing" } },
    ]);
    await happen();
    await sealAndSend();
    expect(got).toHaveLength(1);
    answerWith = (response) => response.writeHead(200).end();
    await expectStatus(change(id, { enabled: true }), 200);
    await sealAndSend();
    got.shift();
    expect(told()[0]!.sequence).toBe(1);
    expect(await read(id)).toMatchObject({ status: "Enabled", pauseReason: null, behind: 0 });
    const audited = await t.asOwner<{ action: string }>(
      "select action from audit_events where subject_id = $1 order by at, id",
      [id],
    );
    expect(audited.map(({ action }) => action)).toEqual([
      "forwarding.destination_created",
      "forwarding.destination_paused",
      "forwarding.destination_changed",
    ]);
  });

  it.each([
    ["a receiver", LINES, "https://siem.example"],
    ["a bucket", BUCKET, "https://s3.example"],
  ])("since %s is at a name of the private network: nothing is sent", async (_, input, url) => {
    const { id } = await add({ ...input, url });
    const lookup = async () => [{ address: "127.0.0.1", family: 4 as const }];
    await sealAndSend(createOutboundFetch({ allow: [], lookup }));
    expect((await read(id)).lastError).toContain("not on the public internet");
    expect(got).toEqual([]);
  });

  it("by leading elsewhere is not followed", async () => {
    await add(LINES);
    answerWith = (response) => response.writeHead(307, { location: `${origin}/inside` }).end();
    await sealAndSend();
    expect(got.map(({ path }) => path)).toEqual(["/"]);
  });
});

describe("an Admin", () => {
  it("never sees a secret again, nor does anybody in the log", async () => {
    const made = [await add(SPLUNK), await add(LINES), await add(BUCKET)];
    expect(made).toMatchObject([{ hint: "…eirs" }, { hint: "…eirs" }, { hint: "…7QX2" }]);
    await expectStatus(change(made[0]!.id, { token: "a-splunk-token-of-theirs-2" }), 200);
    const answers = [
      made,
      (await call(team.admin, "GET", "/forwarding/destinations")).body,
      await read(made[2]!.id),
      (await call(team.admin, "GET", "/audit?limit=100")).body,
      (await call(team.admin, "GET", "/audit/changes?tableName=forwarding_destinations")).body,
    ];
    expect(JSON.stringify(answers)).not.toMatch(SECRETS);
    expect(JSON.stringify(answers.at(-1))).toContain('"sealed_secret":"(masked)"');
    const rows = await t.asOwner<{ sealed_secret: Buffer }>("select * from forwarding_destinations");
    for (const row of rows)
      expect(JSON.stringify({ ...row, s: row.sealed_secret.toString("latin1") })).not.toMatch(SECRETS);
    await expectStatus(call(team.admin, "DELETE", `/forwarding/destinations/${made[0]!.id}`), 204);
    const [removed] = await t.asOwner<{ n: number }>(
      "select length(sealed_secret) as n from forwarding_destinations where id = $1",
      [made[0]!.id],
    );
    expect(removed!.n).toBe(0);
  });

  it("gives the secret anew with another address, so that nobody learns it by one of their own", async () => {
    const { id } = await add(LINES);
    expect(await change(id, { url: `${origin}/mine` })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "token", rule: "required" }] },
    });
    await expectStatus(change(id, { url: `${origin}/other`, token: "another-token-of-theirs" }), 200);
    await expectStatus(change(id, { url: `${origin}/other`, name: "Renamed" }), 200);
    await sealAndSend();
    expect(got[0]).toMatchObject({ path: "/other", headers: { authorization: "Bearer another-token-of-theirs" } });
    const bucket = await add(BUCKET);
    for (const wrong of [{ bucket: "another" }, { region: "mars" }, { accessKeyId: "A" }, { token: "x" }])
      expect([wrong, (await change(bucket.id, wrong)).status]).toEqual([wrong, 400]);
    expect(await read(bucket.id)).toMatchObject({ bucket: "acme-audit", region: "eu-central-1" });
    expect((await change(id, { prefix: "x" })).status).toBe(400);
  });

  it("sends a test, also to what is paused, and reads what came of it", async () => {
    for (const input of [LINES, SPLUNK, BUCKET]) {
      const { id } = await add({ ...input, from: "Now" });
      await expectStatus(change(id, { enabled: false }), 200);
      got.length = 0;
      answerWith = (response) => response.writeHead(200).end();
      const asked = await expectStatus(call(team.admin, "POST", `/forwarding/destinations/${id}/test`), 202);
      expect(asked).toMatchObject({ test: { askedAt: expect.any(String), testedAt: null } });
      await run();
      expect(got).toHaveLength(1);
      const { bytes, method } = got[0]!;
      expect(JSON.stringify(linesOf((method === "PUT" ? gunzipSync(bytes) : bytes).toString()))).toContain(
        '"kind":"Test"',
      );
      expect(await read(id)).toMatchObject({ test: { testedAt: expect.any(String), error: null }, status: "Paused" });
      answerWith = (response) => response.writeHead(401).end();
      await expectStatus(call(team.admin, "POST", `/forwarding/destinations/${id}/test`), 202);
      await run();
      expect(await read(id)).toMatchObject({
        test: { error: expect.stringContaining("401") },
        sentSequence: expect.any(Number),
      });
    }
  });

  it.each([
    "http://example.com/hook",
    "http://127.0.0.2/",
    "https://10.0.0.1/",
    "https://[::ffff:10.0.0.1]/",
    "https://169.254.169.254/latest",
    "https://localhost/",
    "https://user:word@example.com/",
    "ftp://example.com/",
  ])("can't have it sent to %s", async (url) => {
    for (const input of [LINES, SPLUNK, BUCKET])
      expect(await call(team.admin, "POST", "/forwarding/destinations", { ...input, url })).toMatchObject({
        status: 400,
        body: { code: "invalid_request", issues: [{ path: "url" }] },
      });
    const { id } = await add(LINES);
    expect((await change(id, { url, token: "x" })).status).toBe(400);
  });

  it("is refused what does not fit, and more than five", async () => {
    for (const input of [
      {},
      { ...LINES, kind: "Kafka" },
      { ...LINES, token: "with space" },
      { ...LINES, token: "line\r\nbreak" },
      { ...LINES, bucket: "x" },
      { ...BUCKET, bucket: "Not A Bucket" },
      { ...BUCKET, prefix: "../up" },
      { ...BUCKET, prefix: "/top" },
      { ...BUCKET, region: "x.evil.example/" },
      { ...BUCKET, secretAccessKey: undefined },
    ])
      expect([
        input,
        (await call(team.admin, "POST", "/forwarding/destinations", { url: origin, ...input })).status,
      ]).toEqual([input, 400]);
    for (let i = 0; i < 5; i++) await add(LINES);
    expect(await call(team.admin, "POST", "/forwarding/destinations", { ...LINES, url: origin })).toMatchObject({
      status: 409,
      body: { code: "too_many" },
    });
  });

  it("alone has it sent on: no other role, no API key, and nobody of another workspace", async () => {
    const { id } = await add(LINES);
    const other = await seedWorkspace(t);
    const key = (await expectStatus(call(team.admin, "POST", "/auth/keys", { name: "All", role: "Admin" }), 201)) as {
      key?: string;
    };
    const asks = [
      ["GET", "/forwarding/destinations"],
      ["POST", "/forwarding/destinations", { ...LINES, url: origin }],
      ["GET", `/forwarding/destinations/${id}`],
      ["PUT", `/forwarding/destinations/${id}`, { enabled: false }],
      ["DELETE", `/forwarding/destinations/${id}`],
      ["POST", `/forwarding/destinations/${id}/test`],
    ] as const;
    for (const [method, path, input] of asks) {
      for (const who of [team.editor, team.writer, team.viewer, { key: String(key.key) }])
        expect([path, (await call(who, method, path, input)).status]).toEqual([path, 403]);
      expect([path, (await call(null, method, path, input)).status]).toEqual([path, 401]);
      if (path.includes(id)) expect([path, (await call(other.admin, method, path, input)).status]).toEqual([path, 404]);
    }
    expect((await call(other.admin, "GET", "/forwarding/destinations")).body.items).toEqual([]);
    expect(await read(id)).toMatchObject({ status: "Enabled" });
  });
});
