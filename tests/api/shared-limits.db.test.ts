import { describe, expect, it } from "vitest";
import { seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { createPool } from "@/db/client";
import { limitsTimes } from "@/http/limits";
import { createSharedLimits } from "@/http/shared-limits";

const t = testDatabase();

/** Two servers on one database: each counts in its own memory first. */
function twoServers(factor: number, over: Partial<Parameters<typeof caller>[1] & object> = {}) {
  const make = () =>
    caller(t, {
      rateLimitFactor: factor,
      sharedLimits: createSharedLimits(t.authPool, limitsTimes(factor)),
      ...over,
    });
  const [one, other] = [make(), make()];
  let turn = 0;
  const either: typeof one = (...args) => (turn++ % 2 === 0 ? one : other)(...args);
  return { one, other, either };
}
/** Of another account each time, so that no wrong password makes the next one wait. */
let n = 0;
const login = () => ({ email: `kim${n++}@example.com`, password: "a long walk" });

describe("two servers on one database", () => {
  it("share one limit of an address, and let no more through than it is", async () => {
    const { either } = twoServers(6 / 20, { clientAddress: () => "198.51.100.1" });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await either(null, "POST", "/auth/login", login())).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(6);
    expect(statuses.slice(6)).toEqual(Array(6).fill(429));
  });

  it("share the limits of a session, of an account in several sessions, and of a workspace", async () => {
    const { id, admin } = await seedWorkspace(t);
    const session = twoServers(10 / 600, { clientAddress: () => String(Math.random()) });
    const count = async (ask: (i: number) => Promise<{ status: number }>, times: number) => {
      let let_in = 0;
      for (let i = 0; i < times; i++) if ((await ask(i)).status === 200) let_in += 1;
      return let_in;
    };
    expect(await count(() => session.either(admin, "GET", "/content"), 15)).toBe(10);

    const person = await seedMember(t, id, "Viewer");
    const sessions = [person.sessionId];
    for (let i = 0; i < 3; i++) {
      const [row] = await t.asOwner<{ id: string }>(
        "insert into auth_sessions (user_id, token, expires_at) values ($1, $2, now() + interval '1 day') returning id",
        [person.userId, `more ${i}`],
      );
      sessions.push(row!.id);
    }
    // Tests' bearer tokens are sessions; whose they are is told here.
    const authenticate = async (c: { req: { header(name: string): string | undefined } }) => {
      const sessionId = c.req.header("authorization")!.replace("Bearer ", "");
      return { sessionId, userId: sessions.includes(sessionId) ? person.userId : sessionId, via: "bearer" as const };
    };
    const account = twoServers(12 / 1200, {
      clientAddress: () => String(Math.random()),
      authenticate: authenticate as never,
    });
    expect(await count((i) => account.either({ ...person, sessionId: sessions[i % 4]! }, "GET", "/content"), 20)).toBe(
      12,
    );

    const team = await Promise.all(Array.from({ length: 30 }, () => seedMember(t, id, "Viewer")));
    const workspace = twoServers(24 / 6000, { clientAddress: () => String(Math.random()) });
    // The first request of each tells where they are, and counts against nobody yet.
    const inside = await count((i) => workspace.either(team[i % 15]!, "GET", "/content"), 60);
    const outsider = await seedPerson(t);
    expect((await workspace.one({ ...outsider, workspaceId: id }, "GET", "/content")).status).toBe(404);
    expect(inside).toBeLessThanOrEqual(24 + 30);
    expect(inside).toBeGreaterThanOrEqual(24);
  });

  it("keep hashes, and no address", async () => {
    const rows = await t.asOwner<{ key: string }>("select key from http_limits");
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.filter(({ key }) => !/^[a-z]+:[\w-]{43}$/.test(key))).toEqual([]);
  });
});

describe("a database that is away", () => {
  it("leaves each process its own count: nobody is shut out, and no limit is off", async () => {
    const gone = createPool("postgres://contentos_auth:none@127.0.0.1:1/none", { max: 1 });
    const call = caller(t, {
      rateLimitFactor: 4 / 20,
      clientAddress: () => "198.51.100.9",
      sharedLimits: createSharedLimits(gone, limitsTimes(4 / 20)),
    });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await call(null, "POST", "/auth/login", login())).status);
    expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
    await gone.end();
  });
});
