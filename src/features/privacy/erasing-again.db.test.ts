import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { seedPerson, seedWorkspace } from "#tests/factories";
import { caller, testIdentity } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { testShredding } from "#tests/harness/shredding";
import { createPool } from "@/db/client";
import { systemClock } from "@/platform/clock";
import type { Erased } from "@/platform/ledger";
import { eraseWhoCameBack } from "./index";
import { eraseTask } from "./jobs";

const t = testDatabase();
const call = caller(t);
const log = pino({ level: "silent" });
const of = (userId: string): Erased => ({ userId, at: "", receipt: "" });
const ofWorkspace = (workspaceId: string): Erased => ({ workspaceId, at: "", receipt: "" });

/** As a start does it, by the worker's log-in; with what was asked of the database and which files went. */
async function begin(entries: Erased[], shredding = testShredding()) {
  const asked: string[] = [];
  const removed: string[] = [];
  const pool = createPool(t.urls.worker, { max: 1 });
  const worker = {
    query: (text: string, values: unknown[]) => {
      asked.push(text);
      return pool.query(text, values);
    },
  };
  const storage = { removeBelow: async (place: string) => removed.push(place) };
  try {
    return {
      ...(await eraseWhoCameBack(worker as never, {
        erasures: { list: async () => entries },
        storage,
        shredding,
      })),
      asked,
      removed,
    };
  } finally {
    await pool.end();
  }
}
const nameOf = async (userId: string) =>
  (await t.asOwner<{ name: string }>("select name from users where id = $1", [userId]))[0]!.name;
const isThere = async (workspaceId: string) =>
  (await t.asOwner("select from workspaces where id = $1", [workspaceId])).length === 1;

describe("ahead of a start", () => {
  test("nothing is asked where nobody was erased, and once for all of them where nobody is back", async () => {
    expect(await begin([])).toEqual({ people: 0, workspaces: 0, asked: [], removed: [] });
    const gone = await seedPerson(t);
    expect(await begin([of(gone.userId)])).toMatchObject({ people: 1 });
    const many = Array.from({ length: 1_000 }, () => [of(randomUUID()), ofWorkspace(randomUUID())]).flat();
    const { asked, ...done } = await begin([of(gone.userId), ...many]);
    expect(done).toEqual({ people: 0, workspaces: 0, removed: [] });
    expect(asked).toHaveLength(1);
  });

  test("those who are back are erased with their files, and nobody else", async () => {
    const [back, other] = [await seedPerson(t), await seedPerson(t)];
    const [theirs, others] = [await seedWorkspace(t), await seedWorkspace(t)];
    const done = await begin([of(back.userId), of(randomUUID()), ofWorkspace(theirs.id), ofWorkspace(randomUUID())]);
    expect(done).toMatchObject({ people: 1, workspaces: 1 });
    expect(done.removed).toEqual(["objects", "exports", "staging"].map((kind) => `${kind}/${theirs.id}`));
    expect([await nameOf(back.userId), await isThere(theirs.id)]).toEqual(["Former member", false]);
    expect(await nameOf(other.userId)).not.toBe("Former member");
    expect(await isThere(others.id)).toBe(true);
  });

  test("processes that start together don't stand in each other's way", async () => {
    const back = await Promise.all(Array.from({ length: 5 }, () => seedPerson(t)));
    const workspace = await seedWorkspace(t);
    const entries = [...back.map(({ userId }) => of(userId)), ofWorkspace(workspace.id)];
    const done = await Promise.all([begin(entries), begin(entries), begin(entries)]);
    expect(done.reduce((sum, { people }) => sum + people, 0)).toBe(5);
    expect(await isThere(workspace.id)).toBe(false);
  });

  test("an old copy of the keys that brought them back loses theirs again, and no others", async () => {
    const back = await seedPerson(t);
    const workspace = await seedWorkspace(t);
    const shredding = testShredding();
    const old = await shredding.load();
    const subjects = [`person:${back.userId}`, `workspace:${workspace.id}`, "deployment"] as const;
    const ids = subjects.map((subject) => old.keyOf(subject).id);
    await old.save();
    await begin([of(back.userId), ofWorkspace(workspace.id)], shredding);
    const kept = await shredding.load();
    expect(subjects.map((subject, at) => kept.find(subject, ids[at]!) !== undefined)).toEqual([false, false, true]);
  });

  test("no log-in but the worker's may ask who is back", async () => {
    const asApp = t.db.pool.query("select * from app.erased_and_back('{}', '{}')");
    await expect(asApp).rejects.toMatchObject({ code: "42501" });
  });
});

test("who was erased and could not be written down outside of the database is written down the next time", async () => {
  const person = await seedPerson(t);
  expect((await call(person, "POST", "/privacy/erasure")).status).toBe(201);
  await t.asOwner("update privacy_erasures set due_at = now() where user_id = $1", [person.userId]);
  const ledger: Erased[] = [];
  let full = true;
  const run = eraseTask({
    db: t.db,
    identity: testIdentity(t),
    mailer: { send: async () => {} },
    erasures: {
      add: async (entry) => {
        if (full) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
        ledger.push(entry);
      },
      list: async () => ledger,
    },
    shredding: testShredding(),
    clock: systemClock,
    log,
    publicUrl: "https://contentos.test",
  });
  await run();
  expect([await nameOf(person.userId), ledger]).toEqual(["Former member", []]);
  full = false;
  await run();
  expect(ledger).toEqual([]);
  // Within the first minute it is still for whoever did it.
  await t.asOwner("update privacy_erasures set ended_at = ended_at - interval '2 minutes' where user_id = $1", [
    person.userId,
  ]);
  await run();
  await run();
  expect(ledger).toEqual([{ userId: person.userId, at: expect.any(String), receipt: expect.stringMatching(/^ey/) }]);
  expect(
    await t.asOwner("select receipt from privacy_erasures where user_id = $1 and status = 'Done'", [person.userId]),
  ).toEqual([{ receipt: (ledger[0] as { receipt: string }).receipt }]);
});
