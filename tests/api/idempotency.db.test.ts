import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
const draft = { title: "Once" };
const create = (as: Member, key: string, body: object = draft) =>
  call(as, "POST", "/content", body, { "idempotency-key": key });
const count = async (table: string) =>
  Number((await t.asOwner<{ n: string }>(`select count(*) n from ${table}`))[0]!.n);

describe("a key", () => {
  afterEach(() => t.asOwner("drop trigger if exists gate on idempotency_keys"));

  it("is free again after the connection was cut between the work and its commit", async () => {
    const { admin } = await seedWorkspace(t);
    const key = randomUUID();
    const before = [await count("content_items"), await count("audit_events")];
    // The answer is kept last, so that whoever waits there has done the work.
    await t.asOwner(`create or replace function gate() returns trigger language plpgsql security definer as
      $$ begin perform pg_advisory_xact_lock_shared(4711); return new; end $$`);
    await t.asOwner("create trigger gate before update on idempotency_keys for each row execute function gate()");
    const gate = await t.db.pool.connect();
    await gate.query("select pg_advisory_lock(4711)");
    const cut = create(admin, key);
    const pid = await vi.waitFor(async () => {
      const [waiting] = await t.asOwner<{ pid: number }>(
        "select pid from pg_stat_activity where datname = current_database() and wait_event = 'advisory'",
      );
      expect(waiting).toBeDefined();
      return waiting!.pid;
    });
    await t.asOwner("select pg_terminate_backend($1)", [pid]);
    expect(await cut).toMatchObject({ status: 503, body: { code: "overloaded" } });
    await gate.query("select pg_advisory_unlock(4711)");
    gate.release();
    expect([await count("content_items"), await count("audit_events")]).toEqual(before);
    expect(await t.asOwner("select 1 from idempotency_keys where key = $1", [key])).toEqual([]);
    const again = await create(admin, key);
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, null]);
    const replayed = await create(admin, key);
    expect([replayed.status, replayed.headers.get("idempotency-replayed"), replayed.body]).toEqual([
      201,
      "true",
      again.body,
    ]);
  });

  it("is not used up by work that was refused", async () => {
    const { admin } = await seedWorkspace(t);
    const key = randomUUID();
    expect((await create(admin, key, { title: "Once", assigneeId: randomUUID() })).status).toBeGreaterThanOrEqual(400);
    expect((await create(admin, key)).status).toBe(201);
  });

  it("is one person's in one workspace", async () => {
    const [here, there] = [await seedWorkspace(t), await seedWorkspace(t)];
    const colleague = await seedMember(t, here.id, "Writer");
    await t.asOwner("insert into workspace_members (workspace_id, user_id, role) values ($1, $2, 'Writer')", [
      there.id,
      here.admin.userId,
    ]);
    const key = randomUUID();
    const answers = [
      await create(here.admin, key),
      await create(colleague, key),
      await create({ ...here.admin, workspaceId: there.id }, key),
    ];
    expect(answers.map(({ status, headers }) => [status, headers.get("idempotency-replayed")])).toEqual([
      [201, null],
      [201, null],
      [201, null],
    ]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(3);
    const other = await create(here.admin, key, { title: "Something else" });
    expect([other.status, other.body.code]).toEqual([409, "idempotency_key_reused"]);
  });

  it("doesn't reach over to another operation", async () => {
    const { admin } = await seedWorkspace(t);
    const key = randomUUID();
    expect((await create(admin, key)).status).toBe(201);
    const persona = await call(
      admin,
      "POST",
      "/personas",
      { name: "Voice", attributes: {} },
      { "idempotency-key": key },
    );
    expect([persona.status, persona.body.code]).toEqual([409, "idempotency_key_reused"]);
  });
});

describe("what is kept for a key", () => {
  it("has no token, neither an invitation's nor a session's", async () => {
    const { admin, id } = await seedWorkspace(t);
    const headers = { "idempotency-key": randomUUID() };
    const invited = await call(
      admin,
      "POST",
      `/workspaces/${id}/members`,
      { email: "new@example.com", role: "Writer" },
      headers,
    );
    const token = String(invited.body.inviteUrl).split(/[=/]/).at(-1)!;
    expect([invited.status, token.length > 20]).toEqual([201, true]);
    const again = await call(
      admin,
      "POST",
      `/workspaces/${id}/members`,
      { email: "new@example.com", role: "Writer" },
      headers,
    );
    expect([again.status, again.body.id, again.body.inviteUrl]).toEqual([201, invited.body.id, undefined]);

    const person = { email: `${randomUUID()}@example.com`, password: "a long walk to the sea", name: "Kim" };
    const signedUp = await call(null, "POST", "/auth/signup", person, headers);
    expect(signedUp.status).toBe(201);
    const kept = JSON.stringify(await t.asOwner("select * from idempotency_keys"));
    expect(kept).toContain(String(invited.body.id));
    for (const secret of [
      token,
      String(signedUp.body.refreshToken),
      String(signedUp.body.accessToken),
      person.password,
    ]) {
      expect(kept).not.toContain(secret);
    }
  });
});
