import { beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "#tests/harness/app";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { checksum, idsOf, seedEverything } from "./everything";
import { address, MADE_UP, type Operation, readOperations } from "./operations";

const t = testDatabase();
const call = caller(t);
const operations = await readOperations();

/** All ids that a workspace has, and a few of each table: what a path says of a kind of thing, it says of each. */
type World = Awaited<ReturnType<typeof seedEverything>> & { ids: string[]; ofEachKind: string[] };
const OF_A_KIND = 2;
let ours: World;
let theirs: World;
let before: Awaited<ReturnType<typeof checksum>>;

beforeAll(async () => {
  const seed = async (): Promise<World> => {
    const world = await seedEverything(t, call);
    const named = await idsOf(t, world.workspace.id);
    const few = named.filter(
      (one, at) => named.slice(0, at).filter(({ table }) => table === one.table).length < OF_A_KIND,
    );
    return { ...world, ids: distinct(named), ofEachKind: distinct(few) };
  };
  ours = await seed();
  theirs = await seed();
  before = await checksum(t, theirs.workspace.id);
});

const distinct = (named: { id: string }[]) => [...new Set(named.map(({ id }) => id))];

const idParameters = (operation: Operation) =>
  operation.parameters.filter(({ in: place, schema }) => place === "path" && schema.format === "uuid");
const withIds = operations.filter((operation) => idParameters(operation).length > 0);

/** The same but for the request's own id, and for where the events were at that moment. */
const told = ({ status, body: { requestId, cursor, ...body } }: Answer) => ({ status, body });

/** Whoever may ask for an operation: an Admin, or the client for what is a client's. */
const asker = (world: World, { ofClient }: Operation) => (ofClient ? world.client : world.admin);

const send = (world: World, operation: Operation, values: Record<string, string>) =>
  call(asker(world, operation), operation.method, address(operation, values), operation.body?.example);

const known = new Map<string, Promise<string[]>>();

/** The ids in a workspace that a path up to its first parameter means, found by asking as somebody who may. */
function meant(world: World, operation: Operation): Promise<string[]> {
  const [first] = idParameters(operation);
  const prefix = operation.path.slice(0, operation.path.indexOf(`{${first!.name}}`) + first!.name.length + 2);
  const key = `${world.workspace.id} ${operation.ofClient} ${prefix}`;
  if (!known.has(key)) known.set(key, findMeant(world, operation, prefix));
  return known.get(key)!;
}

async function findMeant(world: World, operation: Operation, prefix: string): Promise<string[]> {
  const [first] = idParameters(operation);
  // The shortest: to read a thing leaves no trace, as to take it away does.
  const [reading] = withIds
    .filter(
      ({ method, path, parameters }) =>
        method === "GET" &&
        path.startsWith(prefix) &&
        parameters.filter(({ in: place }) => place === "path").length === 1,
    )
    .sort((one, other) => one.path.length - other.path.length);
  if (!reading) return [];
  const found: string[] = [];
  for (const id of world.ids) {
    if ((await send(world, reading, { [first!.name]: id })).status === 200) found.push(id);
  }
  return found;
}

/** A few ids of each kind of the other workspace's, and each that the path itself means. */
const worthTrying = async (operation: Operation) =>
  distinct([...theirs.ofEachKind, ...(await meant(theirs, operation))].map((id) => ({ id })));

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Tries each candidate where a made-up id stands, and expects the answer that the made-up one gets. */
async function sameAsMadeUp(candidates: string[], ask: (id: string) => Promise<Answer>) {
  const asMadeUp = told(await ask(MADE_UP));
  expect(candidates.length).toBeGreaterThan(20);
  for (const id of candidates) expect([id, told(await ask(id))]).toEqual([id, asMadeUp]);
  return asMadeUp;
}

describe("the ids of another workspace", () => {
  it.each(withIds.map((operation) => [operation.operationId, operation] as const))(
    "%s: in the path",
    async (_, operation) => {
      const [first, second] = idParameters(operation).map(({ name }) => name) as [string, string | undefined];
      const ask = (one: string) => (id: string) =>
        send(ours, operation, second ? { [first]: one, [second]: id } : { [first]: id });
      const candidates = await worthTrying(operation);
      const ourOwners = second ? (await meant(ours, operation)).slice(0, OF_A_KIND) : [];
      for (const owner of [...ourOwners, MADE_UP]) {
        expect(await sameAsMadeUp(candidates, ask(owner))).toMatchObject({ status: 404, body: { code: "not_found" } });
      }
      if (!second) return;
      const asMadeUp = told(await ask(MADE_UP)(MADE_UP));
      for (const owner of (await meant(theirs, operation)).slice(0, OF_A_KIND)) {
        for (const id of theirs.ofEachKind)
          expect([owner, id, told(await ask(owner)(id))]).toEqual([owner, id, asMadeUp]);
      }
    },
  );

  const inWorkspace = operations.filter(({ parameters }) => parameters.some(({ name }) => name === "x-workspace-id"));
  it.each(inWorkspace.map((operation) => [operation.operationId, operation] as const))(
    "%s: as the workspace",
    async (_, operation) => {
      const answer = await sameAsMadeUp([...theirs.ofEachKind, "no-id", "' or true --"], (id) =>
        call({ ...ours.admin, workspaceId: id }, operation.method, address(operation), operation.body?.example),
      );
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
    },
  );

  // A batch answers by the item, and is looked at below.
  const withIdsInBody = operations.filter(
    ({ operationId, body, open }) =>
      !open && operationId !== "approveItems" && JSON.stringify(body?.example ?? "").match(UUID),
  );
  it.each(withIdsInBody.map((operation) => [operation.operationId, operation] as const))(
    "%s: in the body",
    async (_, operation) => {
      const text = JSON.stringify(operation.body!.example);
      const [own = MADE_UP] = idParameters(operation).length > 0 ? await meant(ours, operation) : [];
      for (const named of new Set(text.match(UUID))) {
        const answer = await sameAsMadeUp(theirs.ofEachKind, (id) =>
          call(
            asker(ours, operation),
            operation.method,
            operation.path.replace(/\{[^}]+\}/g, own),
            text.replace(named, id),
          ),
        );
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      }
    },
  );

  const inQuery = operations.flatMap((operation) =>
    operation.parameters
      .filter(({ in: place, schema }) => place === "query" && schema.format === "uuid")
      .map(({ name }) => [operation.operationId, name, operation] as const),
  );
  it.each(inQuery)("%s: in the query's %s", async (_, name, operation) => {
    const [own = MADE_UP] = idParameters(operation).length > 0 ? await meant(ours, operation) : [];
    const path = operation.path.replace(/\{[^}]+\}/g, own);
    const answer = await sameAsMadeUp(theirs.ofEachKind, (id) =>
      call(ours.admin, operation.method, `${path}?${name}=${id}`),
    );
    expect(answer.body.items ?? []).toEqual([]);
  });

  it("approveItems: in the body", async () => {
    const contentHash = "0".repeat(64);
    const items = [MADE_UP, ...theirs.ids].map((contentItemId) => ({ contentItemId, contentHash }));
    for (let at = 0; at < items.length; at += 50) {
      const { status, body } = await call(ours.client, "POST", "/review/approve", { items: items.slice(at, at + 50) });
      expect(status).toBe(200);
      for (const { receipt, refusal } of body.results as { receipt: unknown; refusal: { code: string } }[])
        expect([receipt, refusal.code]).toEqual([null, "not_found"]);
    }
  });

  it.each(
    withIds
      .filter(({ security }) => JSON.stringify(security).includes("review"))
      .map((o) => [o.operationId, o] as const),
  )("%s: of the client's own workspace, but not behind their link", async (_, operation) => {
    const { name } = idParameters(operation)[0]!;
    const shown = [ours.client.itemId, ours.client.doneId, ours.client.receiptId];
    const ask = (id: string) =>
      call(ours.client, operation.method, address(operation, { [name]: id }), operation.body?.example);
    const answer = await sameAsMadeUp(
      ours.ids.filter((id) => !shown.includes(id)),
      ask,
    );
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("left nothing behind in the other workspace", async () => {
    expect(Object.values(before).filter((sum) => !sum.startsWith("0 ")).length).toBeGreaterThan(20);
    expect(await checksum(t, theirs.workspace.id)).toEqual(before);
  });

  // Last, since it changes what it meets.
  it("were those of things that are there: their own Admin is not told 404", { timeout: 180_000 }, async () => {
    const absent: string[] = [];
    for (const operation of [...withIds].sort((a, b) => rank(a) - rank(b))) {
      const [first, second] = idParameters(operation).map(({ name }) => name) as [string, string | undefined];
      const owners = second ? await meant(theirs, operation) : theirs.ids;
      const tries = owners.flatMap((one) =>
        second ? theirs.ids.map((id) => ({ [first]: one, [second]: id })) : [{ [first]: one }],
      );
      let met = (await meant(theirs, operation)).length > 0 && !second;
      for (const values of met ? [] : tries) {
        met = ![401, 404].includes((await send(theirs, operation, values)).status);
        if (met) break;
      }
      if (!met) absent.push(operation.operationId);
    }
    expect(absent).toEqual([]);
  });
});

/** What removes comes late, and what ends the asker's own session last. */
const rank = ({ method, path }: Operation) =>
  ["GET", "PUT", "POST", "DELETE"].indexOf(method) + (path.startsWith("/auth/sessions/") ? 10 : 0);
