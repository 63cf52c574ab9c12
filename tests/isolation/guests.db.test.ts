import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { seedAgency, seedAsked } from "#tests/factories/review";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import type { Database, GuestTx } from "@/db/client";
import { withGuest } from "@/db/scope";
import type { GuestClaim } from "@/platform/actor";
import { hashToken } from "@/platform/secrets";
import { items, oneConnections, refusal } from "./two-workspaces";

const t = testDatabase();
const call = caller(t);
const connections = oneConnections(t);
let claim: GuestClaim;
let item: string;
let other: string;

beforeAll(async () => {
  const team = await seedAgency(t);
  const asked = await seedAsked(t, call, team);
  const [tokenHash, guestTokenHash] = asked.client.credential.split(".").map(hashToken) as [string, string];
  claim = { tokenHash, guestTokenHash, requestId: undefined };
  item = asked.item.id;
  other = (await seedAsked(t, call, team)).item.id;
});

const run = (statement: string) => (tx: GuestTx) => tx.execute(sql.raw(statement));

test("a client sees the items of their link, and no other of the workspace", async () => {
  expect(await withGuest(t.db, claim, items)).toEqual([item]);
  expect(await t.asOwner("select 1 from content_items where id = any($1)", [[item, other]])).toHaveLength(2);
});

describe("the role of clients ends with the transaction", () => {
  const left = async (db: Database) =>
    (await db.pool.query("select current_user as who, coalesce(current_setting('app.scope', true), '') as scope")).rows;
  const NOTHING = [{ who: "contentos_app", scope: "" }];

  test.each([
    ["that was committed", (db: Database) => withGuest(db, claim, items)],
    ["that failed", (db: Database) => withGuest(db, claim, run("select 1 / 0")).catch(() => {})],
    ["that was refused", (db: Database) => withGuest(db, { ...claim, tokenHash: "0" }, items).catch(() => {})],
    [
      "in which the role was set for the session",
      (db: Database) => withGuest(db, claim, run("set role contentos_guest")).catch(() => {}),
    ],
  ])("%s", async (what, work) => {
    const db = connections.open();
    await work(db);
    // What a session is told to be outlives its transaction, and still opens nothing.
    if (what.includes("session")) await db.pool.query("reset role");
    expect(await left(db)).toEqual(NOTHING);
    expect((await db.pool.query("select 1 from content_items")).rows).toEqual([]);
  });
});

describe("SQL that reached a client's transaction can't", () => {
  test.each([
    ["read what members read", "select * from personas"],
    ["read a column of an item that is no client's", "select assignee_id from content_items"],
    ["read addresses", "select email from users"],
    ["read another guest's token", "select token_hash from review_guests"],
    ["read the passcode's hash", "select passcode_check from review_links"],
    ["write an item", "update content_items set title = 'x'"],
    ["comment as a member", "insert into comments (author_id) values (null)"],
    ["plan", "update distribution_schedules set status = 'OnHold'"],
    ["enqueue a job", "select app.enqueue_job('any', '{}', null, 'key', 1)"],
    ["make a scope", `select app.enter('session', null, null, 'Admin')`],
    ["become the definer", "set local role contentos_definer"],
  ])("%s", async (_, statement) => {
    await expect(withGuest(t.db, claim, run(statement))).rejects.toEqual(refusal("42501"));
  });

  test("have more by putting the role off: the scope stays a guest's", async () => {
    await withGuest(t.db, claim, async (tx) => {
      await tx.execute(sql`set local role none`);
      expect((await tx.execute(sql`select current_user as who`)).rows).toEqual([{ who: "contentos_app" }]);
      expect(await items(tx)).toEqual([]);
      expect((await tx.execute(sql`select 1 from workspaces`)).rows).toEqual([]);
      const taken = await tx.execute(sql`update review_links set can_decide = true`);
      expect(taken.rowCount).toBe(0);
    });
  });

  test("see another link's by its claims, nor a member's", async () => {
    for (const claims of ["session|w||Admin||", "guest|w||Guest|g|l"]) {
      const forge = `select set_config('app.scope', '${claims}|' || right(current_setting('app.scope'), 64), true)`;
      const forged = withGuest(t.db, claim, async (tx) => {
        await tx.execute(sql.raw(forge));
        return items(tx);
      });
      await expect(forged).rejects.toEqual(refusal("42501"));
    }
  });
});
