import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { seedMember, seedWorkspace } from "#tests/factories";
import { expectStatus, seedTeam, type Team } from "#tests/factories/approval";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { holdJob, makeDue, runJobs } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { createDatabase, type Database } from "@/db/client";
import { systemClock } from "@/platform/clock";
import { createOutboundFetch, type OutboundFetch } from "@/platform/outbound-fetch";
import { verifiedMessageId } from "@/platform/standard-webhooks";
import { react } from "@/reactions";
import { consumeWebhooksTask, deliverTask, purgeWebhooksTask } from "./index";

const t = testDatabase();
const call = caller(t);
let team: Team;
let db: Database;
beforeAll(async () => {
  db = createDatabase(t.urls.app, react);
});
afterAll(() => db.pool.end());

type Got = { headers: IncomingHttpHeaders; body: string; path: string };
/** A receiver that answers what it is told to. */
const got: Got[] = [];
let answerWith: (response: ServerResponse, nth: number) => unknown = (response) => response.writeHead(204).end();
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  got.push({ headers: request.headers, body: Buffer.concat(chunks).toString(), path: request.url ?? "" });
  await answerWith(response, got.length);
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(async () => {
  got.length = 0;
  answerWith = (response) => response.writeHead(204).end();
  await t.asOwner("delete from graphile_worker._private_jobs");
});

const tasksWith = (fetch: OutboundFetch = createOutboundFetch({ allow: ["127.0.0.1"] })) => {
  const deps = { db, keyring: testKeyring, fetch, clock: systemClock };
  return { "webhooks.consume": consumeWebhooksTask(deps), "webhooks.deliver": deliverTask(deps) };
};
const run = (fetch?: OutboundFetch) => runJobs(t, tasksWith(fetch));
const dueNow = async () => {
  await t.asOwner("update webhooks_deliveries set next_at = now() where status = 'Pending'");
  await makeDue(t);
};

type Endpoint = { id: string; secret: string };
const add = async (input: object = {}, by = team.admin) =>
  (await expectStatus(call(by, "POST", "/webhooks/endpoints", { url: origin, ...input }), 201)) as unknown as Endpoint;
const happen = (title = "It happened") => expectStatus(call(team.writer, "POST", "/content", { title }), 201);
const read = async (id: string) => (await call(team.admin, "GET", `/webhooks/endpoints/${id}`)).body;
const deliveries = async (endpointId: string, query = "") =>
  (await call(team.admin, "GET", `/webhooks/deliveries?endpointId=${endpointId}${query}`)).body.items!;
const whole = async (id: unknown) =>
  (await call(team.admin, "GET", `/webhooks/deliveries/${id}`)).body as unknown as {
    status: string;
    attempts: Record<string, unknown>[];
    body: Record<string, unknown>;
  };
const only = async (endpointId: string) => {
  const rows = await deliveries(endpointId);
  expect(rows).toHaveLength(1);
  return rows[0]!;
};
const idOf = ({ headers }: Got) => headers["webhook-id"];

beforeAll(async () => {
  team = await seedTeam(t);
});
afterEach(() => t.asOwner("update webhooks_endpoints set removed_at = now() where removed_at is null"));

describe("an endpoint", () => {
  it("is made with a secret that is told once and kept sealed", async () => {
    const made = await add({ description: "The shop", eventTypes: ["content.created", "content.created"] });
    expect(made).toMatchObject({
      url: origin,
      description: "The shop",
      eventTypes: ["content.created"],
      status: "Enabled",
      failures: 0,
    });
    expect(made.secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(JSON.stringify(await read(made.id))).not.toContain("secret");
    const [row] = await t.asOwner<{ sealed_secret: Buffer }>("select * from webhooks_endpoints where id = $1", [
      made.id,
    ]);
    expect(row!.sealed_secret.includes(Buffer.from(made.secret))).toBe(false);
    const audited = await t.asOwner("select action from audit_events where subject_id = $1", [made.id]);
    expect(audited).toEqual([{ action: "webhooks.endpoint_created" }]);
    expect((await call(team.admin, "GET", "/webhooks/endpoints")).body.items).toMatchObject([{ id: made.id }]);
  });

  it("tells no secret to a repeated request", async () => {
    const again = () => call(team.admin, "POST", "/webhooks/endpoints", { url: origin }, { "idempotency-key": "once" });
    const [first, second] = [await again(), await again()];
    expect(second.body).toMatchObject({ id: first.body.id });
    expect([typeof first.body.secret, second.body.secret]).toEqual(["string", undefined]);
  });

  it("is changed and removed", async () => {
    const { id } = await add();
    const change = { description: "Other", eventTypes: ["content.archived"], url: `${origin}/other` };
    expect(await expectStatus(call(team.admin, "PUT", `/webhooks/endpoints/${id}`, change), 200)).toMatchObject(change);
    const none = { description: null, eventTypes: null };
    expect(await expectStatus(call(team.admin, "PUT", `/webhooks/endpoints/${id}`, none), 200)).toMatchObject(none);
    expect((await call(team.admin, "DELETE", `/webhooks/endpoints/${id}`)).status).toBe(204);
    for (const [method, path, input] of [
      ["GET", ""],
      ["PUT", "", {}],
      ["DELETE", ""],
      ["POST", "/rotate", {}],
      ["POST", "/ping"],
      ["POST", "/replay", { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" }],
    ] as const)
      expect([path, await call(team.admin, method, `/webhooks/endpoints/${id}${path}`, input)]).toMatchObject([
        path,
        { status: 404, body: { code: "not_found" } },
      ]);
    const [row] = await t.asOwner<{ n: number }>(
      "select length(sealed_secret) as n from webhooks_endpoints where id = $1",
      [id],
    );
    expect(row!.n).toBe(0);
  });

  it.each([
    "http://example.com/hook",
    "https://127.0.0.1.:1/",
    "http://127.0.0.2/",
    "https://10.0.0.1/",
    "https://[::ffff:10.0.0.1]/",
    "https://[::1]/",
    "https://169.254.169.254/latest",
    "https://2130706434/",
    "https://localhost/",
    "https://user:word@example.com/",
    "ftp://example.com/",
    "javascript:alert(1)",
    "not an address",
  ])("is not made for %s", async (url) => {
    // Only 127.0.0.1 itself is allowed here.
    const strict = caller(t, { fetch: createOutboundFetch({ allow: [] }) });
    const answer = await strict(team.admin, "POST", "/webhooks/endpoints", { url });
    if (url.startsWith("https://127.0.0.1")) expect(answer.status).toBe(201);
    else expect(answer).toMatchObject({ status: 400, body: { code: "invalid_request", issues: [{ path: "url" }] } });
  });

  it("is refused with wrong fields, and beyond fifty", async () => {
    for (const input of [
      {},
      { url: origin, eventTypes: [] },
      { url: origin, eventTypes: ["made.up"] },
      { url: origin, secret: "x" },
    ])
      expect(await call(team.admin, "POST", "/webhooks/endpoints", input)).toMatchObject({ status: 400 });
    await t.asOwner(
      "insert into webhooks_endpoints (workspace_id, url, sealed_secret, created_by) select $1, 'https://x', '', $2 from generate_series(1, 50)",
      [team.workspace.id, team.admin.userId],
    );
    expect(await call(team.admin, "POST", "/webhooks/endpoints", { url: origin })).toMatchObject({
      status: 409,
      body: { code: "too_many" },
    });
  });

  it("is the Admins' alone, and no other workspace's", async () => {
    const { id } = await add();
    await happen();
    await run();
    const [delivery] = await deliveries(id);
    const other = await seedWorkspace(t);
    const asks = [
      ["GET", "/webhooks/endpoints"],
      ["POST", "/webhooks/endpoints", { url: origin }],
      ["GET", `/webhooks/endpoints/${id}`],
      ["PUT", `/webhooks/endpoints/${id}`, { enabled: false }],
      ["DELETE", `/webhooks/endpoints/${id}`],
      ["POST", `/webhooks/endpoints/${id}/rotate`, {}],
      ["POST", `/webhooks/endpoints/${id}/ping`],
      ["POST", `/webhooks/endpoints/${id}/replay`, { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" }],
      ["GET", "/webhooks/deliveries"],
      ["GET", `/webhooks/deliveries/${delivery!.id}`],
      ["POST", `/webhooks/deliveries/${delivery!.id}/replay`],
    ] as const;
    for (const [method, path, input] of asks) {
      expect([path, (await call(team.editor, method, path, input)).status]).toEqual([path, 403]);
      expect([path, (await call(null, method, path, input)).status]).toEqual([path, 401]);
      if (path.includes(id) || path.includes(String(delivery!.id)))
        expect([path, await call(other.admin, method, path, input)]).toMatchObject([path, { status: 404 }]);
    }
    expect((await call(other.admin, "GET", "/webhooks/deliveries")).body.items).toEqual([]);
    expect(await read(id)).toMatchObject({ status: "Enabled" });
    // Whoever was an Admin until a moment ago is none.
    const second = await seedMember(t, team.workspace.id, "Admin");
    expect((await call(second, "GET", `/webhooks/endpoints/${id}`)).status).toBe(200);
    await call(team.admin, "DELETE", `/workspaces/${team.workspace.id}/members/${second.userId}`);
    expect((await call(second, "GET", `/webhooks/endpoints/${id}`)).status).toBe(404);
  });
});

describe("an event", () => {
  it("is told once to each endpoint that wants it, signed, with ids", async () => {
    const all = await add({ url: `${origin}/all` });
    const some = await add({ url: `${origin}/some`, eventTypes: ["content.created"] });
    const none = await add({ url: `${origin}/none`, eventTypes: ["content.archived"] });
    const item = await happen();
    await run();
    expect(got.map(({ path }) => path).sort()).toEqual(["/all", "/some"]);
    for (const [{ headers, body }, { secret }] of got.map((one) => [one, one.path === "/all" ? all : some] as const)) {
      const carried = new Headers(headers as Record<string, string>);
      expect(verifiedMessageId([secret], carried, body, new Date())).toMatch(/^msg_/);
      expect(headers["content-type"]).toBe("application/json");
      expect(JSON.parse(body)).toEqual({
        type: "content.created",
        timestamp: expect.any(String),
        data: {
          eventId: expect.stringMatching(/^evt_\d+$/),
          workspaceId: team.workspace.id,
          subjectId: item.id,
          actorId: team.writer.userId,
          payload: { versionNumber: 1 },
        },
      });
    }
    const [one, two] = got.map(({ body }) => JSON.parse(body).data.eventId);
    expect(one).toBe(two);
    expect(idOf(got[0]!)).not.toBe(idOf(got[1]!));
    const delivery = await only(all.id);
    expect(delivery).toMatchObject({
      status: "Delivered",
      tries: 1,
      type: "content.created",
      eventId: one,
      nextAt: null,
    });
    expect((await whole(delivery.id)).attempts).toMatchObject([{ number: 1, outcome: "Delivered", statusCode: 204 }]);
    expect(await deliveries(none.id)).toEqual([]);
    expect((await read(all.id)).deliveredAt).toBeTypeOf("string");
    // Gone through again, it makes no second delivery.
    await t.asOwner("update events_consumers set turn = 0, event_id = 0 where consumer = 'webhooks'");
    await happen("Another");
    await run();
    expect((await deliveries(some.id)).map(({ status }) => status)).toEqual(["Delivered", "Delivered"]);
    expect(got).toHaveLength(4);
  });

  it("of before the endpoint is not told, and without endpoints costs no job", async () => {
    await happen();
    expect(await t.asOwner("select 1 from graphile_worker._private_jobs")).toEqual([]);
    const { id } = await add();
    await happen();
    await run();
    expect(await deliveries(id)).toHaveLength(1);
  });

  it("is told once by two workers at once", async () => {
    const { id } = await add();
    for (let i = 0; i < 6; i++) await happen();
    await Promise.all([run(), run()]);
    await run();
    expect(new Set(got.map(idOf)).size).toBe(6);
    expect(got).toHaveLength(6);
    expect((await deliveries(id)).map(({ tries }) => tries)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe("a try that fails", () => {
  it("is made again under the same id, later from try to try, until it is taken or there were enough", async () => {
    const { id } = await add();
    answerWith = (response, nth) => response.writeHead(nth < 3 ? 500 : 200).end("nth");
    await happen();
    await run();
    let delivery = await only(id);
    expect(delivery).toMatchObject({ status: "Pending", tries: 1 });
    const wait = Date.parse(String(delivery.nextAt)) - Date.now();
    expect(wait).toBeGreaterThan(1_000);
    expect(wait).toBeLessThan(6_000);
    expect(await read(id)).toMatchObject({ failures: 1, failingSince: expect.any(String) });
    await run();
    expect(got).toHaveLength(1);
    for (let i = 0; i < 2; i++) {
      await dueNow();
      await run();
    }
    delivery = await only(id);
    expect(delivery).toMatchObject({ status: "Delivered", tries: 3 });
    expect(new Set(got.map(idOf)).size).toBe(1);
    expect(new Set(got.map(({ body }) => body)).size).toBe(1);
    expect((await whole(delivery.id)).attempts.map(({ outcome }) => outcome)).toEqual([
      "Refused",
      "Refused",
      "Delivered",
    ]);
    expect(await read(id)).toMatchObject({ failures: 0, failingSince: null });
    answerWith = (response) => response.writeHead(500).end();
    await happen("Never taken");
    for (let i = 0; i < 10; i++) {
      await run();
      await dueNow();
    }
    expect((await deliveries(id))[0]).toMatchObject({ status: "Failed", tries: 8 });
  });

  it("waits as long as a receiver asks that has too much", async () => {
    const { id } = await add();
    answerWith = (response) => response.writeHead(429, { "retry-after": "3600" }).end();
    await happen();
    await run();
    expect(Date.parse(String((await only(id)).nextAt)) - Date.now()).toBeGreaterThan(3_500_000);
  });

  it("keeps the beginning of what was said, and no secrets", async () => {
    const { id, secret } = await add();
    answerWith = (response) => response.writeHead(400).end(`No: ${secret} \0 ${"x".repeat(3_000_000)}`);
    await happen();
    await run();
    const { attempts } = await whole((await only(id)).id);
    expect(String(attempts[0]!.response)).toMatch(/^No: whsec_… +x+$/);
    expect(String(attempts[0]!.response).length).toBeLessThanOrEqual(1_000);
  });

  it("follows no redirect", async () => {
    const { id } = await add();
    answerWith = (response, nth) =>
      nth === 1 ? response.writeHead(302, { location: `${origin}/inside` }).end() : response.writeHead(200).end();
    await happen();
    await run();
    expect(got.map(({ path }) => path)).toEqual(["/"]);
    expect((await whole((await only(id)).id)).attempts).toMatchObject([
      { outcome: "Refused", statusCode: 302, error: expect.stringContaining("Redirects") },
    ]);
  });

  it.each([
    ["a private address", ["10.0.0.1"]],
    ["the metadata address", ["169.254.169.254"]],
    ["an IPv4-mapped address", ["::ffff:127.0.0.1"]],
    ["loopback", ["127.0.0.1"]],
  ])("is sent to no name that leads to %s", async (_, addresses) => {
    const { id } = await add({ url: "https://hook.example/" });
    const lookup = async () =>
      addresses.map((address) => ({ address, family: address.includes(":") ? (6 as const) : (4 as const) }));
    await happen();
    await run(createOutboundFetch({ allow: [], lookup }));
    expect((await whole((await only(id)).id)).attempts).toMatchObject([
      { outcome: "Unreachable", statusCode: null, error: expect.stringContaining("not on the public internet") },
    ]);
    expect(got).toEqual([]);
  });

  it("is given up for good where the receiver is gone: the endpoint is paused, and Admins are told", async () => {
    const { id } = await add();
    const other = await add({ url: `${origin}/other`, eventTypes: ["webhooks.endpoint_paused"] });
    answerWith = (response, nth) => response.writeHead(nth === 1 ? 410 : 204).end();
    await happen();
    await run();
    await run();
    expect(await read(id)).toMatchObject({ status: "Paused", pauseReason: "Gone" });
    expect(await t.asOwner("select type, payload from events where subject_id = $1", [id])).toEqual([
      { type: "webhooks.endpoint_paused", payload: { reason: "Gone" } },
    ]);
    expect((await whole((await only(other.id)).id)).body).toMatchObject({ data: { subjectId: id } });
    // What happened meanwhile is kept for a replay, and not sent.
    await happen("Meanwhile");
    await run();
    expect((await deliveries(id)).map(({ status }) => status)).toEqual(["Skipped", "Skipped", "Failed"]);
    const range = { from: "2026-01-01T00:00:00Z", to: "2999-01-01T00:00:00Z" };
    expect(await call(team.admin, "POST", `/webhooks/endpoints/${id}/replay`, range)).toMatchObject({
      status: 409,
      body: { code: "endpoint_paused" },
    });
    expect(
      await expectStatus(call(team.admin, "PUT", `/webhooks/endpoints/${id}`, { enabled: true }), 200),
    ).toMatchObject({
      status: "Enabled",
      pauseReason: null,
      failures: 0,
    });
    expect(await expectStatus(call(team.admin, "POST", `/webhooks/endpoints/${id}/replay`, range), 202)).toEqual({
      replayed: 3,
    });
    await run();
    expect((await deliveries(id)).map(({ status }) => status)).toEqual(["Delivered", "Delivered", "Delivered"]);
  });

  it("pauses an endpoint that took nothing for three days", async () => {
    const { id } = await add({ eventTypes: ["content.created"] });
    await t.asOwner(
      "update webhooks_endpoints set failures = 20, failing_since = now() - interval '73 hours' where id = $1",
      [id],
    );
    answerWith = (response) => response.writeHead(500).end();
    await happen();
    await run();
    expect(await read(id)).toMatchObject({ status: "Paused", pauseReason: "Failing", failures: 21 });
    // What waits goes out when somebody resumes it.
    answerWith = (response) => response.writeHead(204).end();
    await dueNow();
    await run();
    expect(got).toHaveLength(1);
    await expectStatus(call(team.admin, "PUT", `/webhooks/endpoints/${id}`, { enabled: true }), 200);
    await run();
    expect(await only(id)).toMatchObject({ status: "Delivered", tries: 2 });
  });
});

describe("an Admin", () => {
  it("pings, also what is paused", async () => {
    const { id, secret } = await add();
    await expectStatus(call(team.admin, "PUT", `/webhooks/endpoints/${id}`, { enabled: false }), 200);
    const ping = await expectStatus(call(team.admin, "POST", `/webhooks/endpoints/${id}/ping`), 202);
    expect(ping).toMatchObject({ type: "ping", status: "Pending", eventId: null });
    await run();
    expect(got).toHaveLength(1);
    expect(
      verifiedMessageId([secret], new Headers(got[0]!.headers as Record<string, string>), got[0]!.body, new Date()),
    ).toBe(`msg_${ping.id}`);
    expect(await whole(ping.id)).toMatchObject({ status: "Delivered" });
  });

  it("sends one again under the same id, and not what is on its way", async () => {
    const { id } = await add();
    await happen();
    const first = async () => (await only(id)).id;
    await run();
    const deliveryId = await first();
    expect(
      await expectStatus(call(team.admin, "POST", `/webhooks/deliveries/${deliveryId}/replay`), 202),
    ).toMatchObject({
      status: "Pending",
      tries: 0,
    });
    expect(await call(team.admin, "POST", `/webhooks/deliveries/${deliveryId}/replay`)).toMatchObject({
      status: 409,
      body: { code: "delivery_pending" },
    });
    await run();
    expect(got.map(idOf)).toEqual([`msg_${deliveryId}`, `msg_${deliveryId}`]);
    expect((await whole(deliveryId)).attempts.map(({ number }) => number)).toEqual([1, 2]);
    await expectStatus(call(team.admin, "PUT", `/webhooks/endpoints/${id}`, { enabled: false }), 200);
    expect(await call(team.admin, "POST", `/webhooks/deliveries/${deliveryId}/replay`)).toMatchObject({
      status: 409,
      body: { code: "endpoint_paused" },
    });
  });

  it("rotates the secret: both sign for as long as was asked", async () => {
    const { id, secret } = await add();
    const next = await expectStatus(
      call(team.admin, "POST", `/webhooks/endpoints/${id}/rotate`, { overlapHours: 1 }),
      200,
    );
    const verifies = async (one: string) => {
      got.length = 0;
      await happen();
      await run();
      const [last] = got;
      return (
        verifiedMessageId([one], new Headers(last!.headers as Record<string, string>), last!.body, new Date()) !==
        undefined
      );
    };
    expect([await verifies(secret), await verifies(String(next.secret))]).toEqual([true, true]);
    await t.asOwner("update webhooks_endpoints set previous_until = now() - interval '1 s' where id = $1", [id]);
    expect([await verifies(secret), await verifies(String(next.secret))]).toEqual([false, true]);
    const last = await expectStatus(
      call(team.admin, "POST", `/webhooks/endpoints/${id}/rotate`, { overlapHours: 0 }),
      200,
    );
    expect([await verifies(String(next.secret)), await verifies(String(last.secret))]).toEqual([false, true]);
  });

  it("filters the log, and finds nothing in it that is older than 30 days", async () => {
    const { id } = await add();
    await happen();
    await run();
    expect(await deliveries(id, "&status=Delivered&type=content.created")).toHaveLength(1);
    expect(await deliveries(id, "&status=Failed")).toEqual([]);
    expect((await call(team.admin, "GET", "/webhooks/deliveries?status=Lost")).status).toBe(400);
    await t.asOwner("update webhooks_deliveries set created_at = now() - interval '31 days' where endpoint_id = $1", [
      id,
    ]);
    await purgeWebhooksTask({ db })({}, { jobId: "0", workerId: "none" }, new AbortController().signal);
    expect(await deliveries(id)).toEqual([]);
  });
});

describe("a process that dies", () => {
  it("between sending and noting leaves a message that is sent again, under the same id", async () => {
    const { id } = await add();
    await happen();
    await runJobs(t, { "webhooks.consume": tasksWith()["webhooks.consume"]! });
    const held = await holdJob(t, "webhooks.deliver");
    // It dies while the receiver answers: nothing that it does afterwards counts.
    const killed: OutboundFetch = async (...args) => {
      const answer = await createOutboundFetch({ allow: ["127.0.0.1"] })(...args);
      await held.die();
      return answer;
    };
    const never = new AbortController().signal;
    await expect(tasksWith(killed)["webhooks.deliver"]!(held.payload, held.claim, never)).rejects.toMatchObject({
      code: "CO404",
    });
    expect(got).toHaveLength(1);
    expect(await only(id)).toMatchObject({ status: "Pending", tries: 1 });
    // Another worker frees the job and goes on at once.
    await run();
    expect(got.map(idOf)).toEqual([idOf(got[0]!), idOf(got[0]!)]);
    const delivery = await only(id);
    expect(delivery).toMatchObject({ status: "Delivered", tries: 2 });
    expect((await whole(delivery.id)).attempts).toMatchObject([{ outcome: "Lost" }, { outcome: "Delivered" }]);
  });
});

describe("a slow endpoint", () => {
  it("takes no more than two tries at a time, so that others get theirs", async () => {
    const slow = await add({ url: `${origin}/slow`, eventTypes: ["content.created"] });
    const quick = await add({ url: `${origin}/quick`, eventTypes: ["content.archived"] });
    const item = await happen();
    for (let i = 0; i < 5; i++) await happen();
    await expectStatus(call(team.admin, "POST", `/content/${item.id}/archive`), 200);
    let [open, most, quickAt] = [0, 0, 0];
    answerWith = async (response, nth) => {
      if (got[nth - 1]!.path === "/quick") quickAt = nth;
      else {
        open += 1;
        most = Math.max(most, open);
        await new Promise((done) => setTimeout(done, 300));
        open -= 1;
      }
      response.writeHead(204).end();
    };
    await runJobs(t, tasksWith(), { concurrency: 4 });
    expect(most).toBeLessThanOrEqual(2);
    expect(quickAt).toBeGreaterThan(0);
    expect(quickAt).toBeLessThan(7);
    expect((await deliveries(slow.id)).length).toBe(6);
    expect((await deliveries(quick.id)).map(({ status }) => status)).toEqual(["Delivered"]);
  });
});
