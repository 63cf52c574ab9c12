import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedEverything } from "#tests/api/everything";
import { idsIn, realIn } from "#tests/api/homes";
import { MADE_UP, readDocument, readOperations } from "#tests/api/operations";
import { seedPerson } from "#tests/factories";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import type { Schema } from "@/api/document";
import { readsDatabase, runSqlmap, sqlmapMissing, type Target, unmarked } from "./sqlmap-run";
import { countMarks, shareOf, targetsOf } from "./sqlmap-targets";

/**
 * `SQLMAP_ALL=1` tries all. By itself it tries all values of all operations, but for the two headers that say who asks and for
 * which workspace: one middleware reads them ahead of all operations, so that they are tried on an eighth of these, another
 * one each day. `SQLMAP_SHARE` tries that share of the operations alone.
 */
const SHARES = 8;
const only = new RegExp(process.env.SQLMAP_ONLY ?? "");
const all = process.env.SQLMAP_ALL === "1";
const alone = process.env.SQLMAP_SHARE !== undefined;
const share = Number(process.env.SQLMAP_SHARE ?? Math.floor(Date.now() / 86_400_000) % SHARES);
const isInShare = (operationId: string) => all || shareOf(operationId, SHARES) === share;
/** When it is given up, which is no matter of how it is. */
const WITHIN_MS = 4 * 3_600_000;
const LANES = 2;

const t = testDatabase();
const missing = sqlmapMissing();

/** What takes away what others ask for: tried after them, in a workspace of its own. */
const TAKES_AWAY = /^(remove|delete|revoke|suspend|ask\w*Erasure|undo|turnOff|disconnect|end)/;
/** ... and what may end the session by which they are asked: after those, and not once before. */
const ENDS = /^(logout|end\w*Session|refresh|changePassword|changeMember|removeMember|handOver|removeWorkspace)/;
const turnOf = (operationId: string) => (ENDS.test(operationId) ? 2 : TAKES_AWAY.test(operationId) ? 1 : 0);

describe.skipIf(missing)(`SQL into every parameter of the API${missing ? `: ${missing}` : ""}`, () => {
  let pool: pg.Pool;
  let listener: ReturnType<typeof getRequestListener>;
  let port = 0;
  /** How often each answered with what, by its name. */
  const answered = new Map<string, number[]>();
  const statusesOf = (name: string) => answered.get(name) ?? [];
  const server = createServer((request, response) => {
    const [, name = "", rest = "/"] = /^\/([^/?]*)(.*)$/.exec(request.url ?? "") ?? [];
    response.on("close", () => {
      if (!answered.has(name)) answered.set(name, []);
      answered.get(name)!.push(response.statusCode);
    });
    request.url = rest;
    return void listener(request, response);
  });

  beforeAll(async () => {
    await seedPerson(t, { name: BENIGN });
    pool = new pg.Pool({ connectionString: t.urls.owner, max: 4 });
    const app = testApp(t, { rateLimitFactor: 1_000_000 });
    const planted = plantedRoutes(pool);
    listener = getRequestListener((request, env) =>
      new URL(request.url).pathname.startsWith("/planted/") ? planted.fetch(request) : app.fetch(request, env as never),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await pool?.end();
  });

  const controls = (["boolean", "error", "union"] as const).flatMap((kind) =>
    (["query", "body", "header"] as const).map((place): [string, Target] => [
      `${kind}-in-${place}`,
      control(kind, place),
    ]),
  );

  it("finds what was planted: by each technique, in each place", { timeout: WITHIN_MS }, async () => {
    const began = performance.now();
    const found = await runSqlmap({ port, targets: controls, technique: "BEU", withinMs: WITHIN_MS });
    for (const [name] of controls) {
      const [kind] = name.split("-");
      const techniques = found.filter((one) => one.name === name).map((one) => one.techniques);
      expect([name, techniques]).toEqual([name, [expect.stringContaining(kind![0]!.toUpperCase())]]);
    }
    // One of each technique, in another place each.
    for (const target of [controls[0]!, controls[4]!, controls[8]!])
      expect([target[0], await readsDatabase({ port, target, withinMs: WITHIN_MS })]).toEqual([target[0], true]);
    console.info(`${controls.length} planted, ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  });

  it("finds nothing in ours, and the planted one at the end of each run", { timeout: WITHIN_MS * 2 }, async () => {
    const began = performance.now();
    const operations = (await readOperations()).filter(
      ({ operationId }) => only.test(operationId) && (!alone || isInShare(operationId)),
    );
    const call = caller(t, { rateLimitFactor: 1_000_000 });
    const { components } = await readDocument();
    const seed = async () => {
      const world = await seedEverything(t, call);
      return { ...world, ids: await idsIn(t, world), schemas: (components?.schemas ?? {}) as Record<string, Schema> };
    };
    const [world, other] = [await seed(), await seed()];
    const targetsIn = async (seeded: typeof world, turn: number) => {
      const made = operations
        .filter(({ operationId }) => turnOf(operationId) === turn)
        .map(async (operation) => {
          const path = realIn(seeded.ids, MADE_UP).path(operation);
          const asker = operation.ofClient ? seeded.client : seeded.admin;
          const pages = operation.parameters.some(({ name }) => name === "cursor");
          const cursor = pages ? (await call(asker, "GET", `${path}?limit=1`)).body.nextCursor : null;
          const withHeaders = isInShare(operation.operationId);
          return targetsOf(seeded, operation, { cursor: cursor ? String(cursor) : null, withHeaders });
        });
      // Some take nothing but the two headers, which are tried elsewhere today.
      return (await Promise.all(made)).flat().filter(([, target]) => countMarks(target) > 0);
    };
    const [kept, taken, ended] = [await targetsIn(world, 0), await targetsIn(other, 1), await targetsIn(other, 2)];
    for (const [name, target] of [...kept, ...taken]) await sendOnce(port, name, target);
    const reached = operations.filter(({ operationId }) =>
      statusesOf(operationId).some((status) => status < 400),
    ).length;
    const tryAll = (lane: [string, Target][], at: number) =>
      runSqlmap({ port, targets: [...lane, controls[at % controls.length]!], technique: "BEU", withinMs: WITHIN_MS });
    const lanes = [
      ...Array.from({ length: LANES }, (_, lane) => kept.filter((_, at) => at % LANES === lane)),
      [...taken, ...ended],
    ].filter((lane) => lane.length > 0);
    const targets = lanes.flat();
    const found = await Promise.all(lanes.slice(0, LANES).map(tryAll));
    for (const lane of lanes.slice(LANES)) found.push(await tryAll(lane, LANES));
    const requests = targets.reduce((sum, [name]) => sum + statusesOf(name).length, 0);
    console.info(
      `${all ? "All" : alone ? `Share ${share} of ${SHARES}` : `All, and headers of share ${share} of ${SHARES}`}: ${operations.length} operations (${reached} answered as they are meant to), ` +
        `${targets.reduce((sum, [, target]) => sum + countMarks(target), 0)} parameters, ${requests} requests, ` +
        `${((performance.now() - began) / 1_000).toFixed(0)} s`,
    );
    const plantedAt = (lane: number) => controls[lane % controls.length]![0];
    found.forEach((run, lane) => {
      expect(run.map(({ name }) => name)).toContain(plantedAt(lane));
    });
    // An answer may differ by chance, by a time, or since others change what is read: what is real reads the database.
    const doubted = found.flatMap((run, lane) => run.filter(({ name }) => name !== plantedAt(lane)));
    console.info(`Looked at again: ${JSON.stringify(doubted)}`);
    for (const target of targets.filter(([name]) => doubted.some((one) => one.name === name)))
      expect([target[0], await readsDatabase({ port, target, withinMs: WITHIN_MS })]).toEqual([target[0], false]);
    const quiet = targets.filter(([name, target]) => statusesOf(name).length <= countMarks(target));
    expect(quiet.map(([name]) => name)).toEqual([]);
    const broke = targets.filter(([name]) => statusesOf(name).includes(500));
    expect(broke.map(([name]) => name)).toEqual([]);
  });
});

/** So that what it is for is done once, before anything was taken away by trying. */
async function sendOnce(port: number, name: string, target: Target) {
  const { method, path, headers, body } = unmarked(target);
  const sent = body !== undefined && method !== "GET";
  const response = await fetch(`http://127.0.0.1:${port}/${name}${path}`, {
    method,
    headers: { ...headers, ...(sent && { "content-type": "application/json" }) },
    ...(sent && { body }),
    redirect: "manual",
  });
  await response.body?.cancel();
}

type Kind = "boolean" | "error" | "union";
type Place = "query" | "body" | "header";
const BENIGN = "Kim Example";

function control(kind: Kind, place: Place): Target {
  const path = `/planted/${kind}/${place}`;
  if (place === "query") return { method: "GET", path: `${path}?name=${encodeURIComponent(BENIGN)}*`, headers: {} };
  if (place === "header") return { method: "GET", path, headers: { "X-Name": `${BENIGN}*` } };
  return { method: "POST", path, headers: {}, body: `{"name":"${BENIGN}*","size":1}` };
}

/** What nobody should write: a value put into SQL as it came. Each tells only what one technique needs. */
function plantedRoutes(pool: pg.Pool) {
  const app = new Hono();
  app.all("/planted/:kind/:place", async (c) => {
    const { kind, place } = c.req.param();
    const said = { query: c.req.query("name"), header: c.req.header("x-name") };
    const name = place === "body" ? (await c.req.json()).name : said[place as "query"];
    const sql = `select name, email from users where name = '${name}' order by email limit 1`;
    try {
      const { rows } = await pool.query(sql);
      if (kind === "union") return c.json(rows);
      return c.json(kind === "boolean" ? { known: rows.length > 0 } : { asked: true });
    } catch (error) {
      return kind === "error" ? c.text(String(error), 500) : c.json(kind === "union" ? [] : { known: false });
    }
  });
  return app;
}
