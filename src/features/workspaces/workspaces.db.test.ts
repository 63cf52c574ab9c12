import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { seedMember, seedPerson, seedWorkspace } from "#tests/factories";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { testKeyring } from "#tests/harness/keyring";
import { slugOf } from "./service";

const t = testDatabase();
const call = caller(t);

const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const settingsOf = (id: string) => t.asOwner<Record<string, unknown>>("select * from workspaces where id = $1", [id]);

describe("founding a workspace", () => {
  test("makes its founder the owner and an Admin, and gives it a site, a key and a subscription", async () => {
    const person = await seedPerson(t);

    const made = await call(person, "POST", "/workspaces", {
      name: "Müller & Söhne",
      branding: { primaryColor: "#0a7d5a" },
      timeZone: "Europe/Berlin",
      region: "eu",
    });

    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: "Müller & Söhne",
      slug: "muller-sohne",
      ownerId: person.userId,
      branding: { primaryColor: "#0a7d5a" },
      timeZone: "Europe/Berlin",
      region: "eu",
      role: "Admin",
      approvalSteps: [{ role: "Editor" }, { role: "Admin" }],
    });
    const { id } = made.body as { id: string };
    expect(await t.asOwner("select network from channels where workspace_id = $1", [id])).toEqual([
      { network: "site" },
    ]);
    expect(await t.asOwner("select tier from billing_subscriptions where workspace_id = $1", [id])).toEqual([
      { tier: "Enterprise" },
    ]);
    const [key] = await t.asOwner<{ wrapped_key: Buffer }>(
      "select wrapped_key from workspace_keys where workspace_id = $1",
      [id],
    );
    const sealed = testKeyring.seal(key!.wrapped_key, Buffer.from("words"), id);
    expect(testKeyring.open(key!.wrapped_key, sealed, id).toString()).toBe("words");
    expect(await t.asOwner("select type from events where workspace_id = $1", [id])).toEqual([
      { type: "workspaces.founded" },
    ]);
  });

  test("gives a second workspace of the same name an address of its own", async () => {
    const name = `Twice ${randomUUID()}`;
    const [one, other] = await Promise.all(
      [await seedPerson(t), await seedPerson(t)].map((person) => call(person, "POST", "/workspaces", { name })),
    );
    expect([one!.status, other!.status]).toEqual([201, 201]);
    const slugs = [one!.body.slug, other!.body.slug] as string[];
    expect(new Set(slugs).size).toBe(2);
    for (const slug of slugs) expect(slug).toMatch(new RegExp(`^${slugOf(name)}(-[a-z0-9]{8})?$`));
  });

  test("is done once for an Idempotency-Key, also by two at once", async () => {
    const person = await seedPerson(t);
    const headers = { "idempotency-key": randomUUID() };
    const found = (name: string) => call(person, "POST", "/workspaces", { name }, headers);

    const [one, other] = await Promise.all([found("Once"), found("Once")]);
    const again = await found("Once");

    expect([one!.status, other!.status, again.status]).toEqual([201, 201, 201]);
    expect(other!.body).toEqual(one!.body);
    expect(again.body).toEqual(one!.body);
    expect(await t.asOwner("select 1 from workspaces where owner_id = $1", [person.userId])).toHaveLength(1);
    expect(said(await found("Another"))).toMatchObject({ status: 409, code: "idempotency_key_reused" });
  });

  test("keeps to the region of the deployment, where it has one", async () => {
    const person = await seedPerson(t);
    const inEurope = caller(t, { region: "eu" });
    expect(said(await inEurope(person, "POST", "/workspaces", { name: "A", region: "us" }))).toMatchObject({
      status: 409,
      code: "wrong_region",
    });
    expect((await inEurope(person, "POST", "/workspaces", { name: "A" })).body.region).toBe("eu");
  });

  test("refuses who has not signed in", async () => {
    expect(said(await call(null, "POST", "/workspaces", { name: "A" }))).toMatchObject({ status: 401 });
  });

  test.each([
    [{}, "name"],
    [{ name: "  " }, "name"],
    [{ name: "x".repeat(121) }, "name"],
    [{ name: "A", timeZone: "Mars/Olympus" }, "timeZone"],
    [{ name: "A", timeZone: "+02:00" }, "timeZone"],
    [{ name: "A", branding: { primaryColor: "red" } }, "branding.primaryColor"],
    [{ name: "A", branding: { logoUrl: "javascript:alert(1)" } }, "branding.logoUrl"],
    [{ name: "A", branding: { logoUrl: "http://example.com/a.png" } }, "branding.logoUrl"],
    [{ name: "A", branding: { script: "x" } }, "branding.script"],
    [{ name: "A", ownerId: randomUUID() }, "ownerId"],
  ])("refuses %j", async (input, path) => {
    const person = await seedPerson(t);
    const refused = await call(person, "POST", "/workspaces", input);
    expect(said(refused)).toMatchObject({ status: 400, code: "invalid_request", issues: [{ path }] });
    expect(await t.asOwner("select 1 from workspaces where owner_id = $1", [person.userId])).toEqual([]);
  });

  test.each([
    ["Hello, World!", "hello-world"],
    ["Crème brûlée", "creme-brulee"],
    ["新しい", "workspace"],
    [`${"a".repeat(59)} b`, "a".repeat(59)],
  ])("makes an address of the name %s", (name, slug) => expect(slugOf(name)).toBe(slug));
});

describe("listing one's own workspaces", () => {
  test("pages through them by name or time, and shows no other", async () => {
    const person = await seedPerson(t);
    const strangers = await seedWorkspace(t);
    for (const name of ["Beta", "Alpha", "Gamma"]) await call(person, "POST", "/workspaces", { name });
    const left = await seedWorkspace(t, { name: "Left" });
    await t.asOwner(
      "insert into workspace_members (workspace_id, user_id, role, removed_at) values ($1, $2, 'Viewer', now())",
      [left.id, person.userId],
    );

    const names = async (sort: string) => {
      const seen: unknown[] = [];
      let cursor: unknown;
      do {
        const query = `sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ""}`;
        const page = await call(person, "GET", `/workspaces?${query}`);
        expect(page.status).toBe(200);
        seen.push(...page.body.items!.map(({ name }) => name));
        cursor = page.body.nextCursor;
      } while (cursor);
      return seen;
    };

    expect(await names("name")).toEqual(["Alpha", "Beta", "Gamma"]);
    expect(await names("-name")).toEqual(["Gamma", "Beta", "Alpha"]);
    expect(await names("createdAt")).toEqual(["Beta", "Alpha", "Gamma"]);
    expect(await names("-createdAt")).toEqual(["Gamma", "Alpha", "Beta"]);
    const { items } = (await call(person, "GET", "/workspaces")).body;
    expect(items!.map(({ role }) => role)).toEqual(["Admin", "Admin", "Admin"]);
    expect(await settingsOf(strangers.id)).toHaveLength(1);
  });

  test("finds the one that has an address or has left it, for its own people alone", async () => {
    const { id, admin } = await seedWorkspace(t, { slug: "old-quay" });
    const viewer = await seedMember(t, id, "Viewer");
    const left = await seedMember(t, id, "Editor");
    const stranger = await seedPerson(t);
    expect((await call(admin, "PUT", `/workspaces/${id}`, { slug: "new-quay" })).status).toBe(200);
    await t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [left.userId]);
    const at = async (person: typeof stranger, slug: string) =>
      (await call(person, "GET", `/workspaces?slug=${slug}`)).body.items!.map(({ slug: now }) => now);

    for (const slug of ["old-quay", "new-quay"]) {
      expect([await at(admin, slug), await at(viewer, slug)]).toEqual([["new-quay"], ["new-quay"]]);
      expect([await at(stranger, slug), await at(left, slug)]).toEqual([[], []]);
    }
    expect(await at(admin, "no-quay")).toEqual([]);

    const other = await seedWorkspace(t, { slug: "old-quay" });
    expect([await at(admin, "old-quay"), await at(other.admin, "old-quay")]).toEqual([[], ["old-quay"]]);
  });

  test("refuses cursors that are not its own, and sorts by named columns only", async () => {
    const person = await seedPerson(t);
    const forged = Buffer.from(JSON.stringify(["createdAt", "yesterday", randomUUID()])).toString("base64url");
    expect(said(await call(person, "GET", `/workspaces?sort=createdAt&cursor=${forged}`))).toMatchObject({
      status: 400,
      code: "invalid_cursor",
    });
    expect((await call(person, "GET", "/workspaces?cursor=abc")).body.code).toBe("invalid_cursor");
    expect((await call(person, "GET", "/workspaces?sort=region")).status).toBe(400);
    expect((await call(null, "GET", "/workspaces")).status).toBe(401);
  });
});

describe("a workspace's settings", () => {
  test("are read by every member, with their own role", async () => {
    const { id, admin, slug } = await seedWorkspace(t);
    const viewer = await seedMember(t, id, "Viewer");
    expect((await call(viewer, "GET", `/workspaces/${id}`)).body).toMatchObject({ id, slug, role: "Viewer" });
    expect(
      (await call({ ...admin, workspaceId: randomUUID() }, "GET", `/workspaces/${id.toUpperCase()}`)).body,
    ).toMatchObject({
      id,
      role: "Admin",
    });
  });

  test("are changed by an Admin, one or all at once", async () => {
    const { id, admin } = await seedWorkspace(t);
    const change = {
      name: "Acme & Co",
      slug: `acme-${id}`.slice(0, 20),
      branding: { tagline: "Plainly told" },
      timeZone: "America/New_York",
      language: "de-AT",
      approvalSteps: [{ role: "Client" }],
      lateAfterMinutes: 90,
    };
    expect((await call(admin, "PUT", `/workspaces/${id}`, change)).body).toMatchObject(change);
    const later = await call(admin, "PUT", `/workspaces/${id}`, { approvalSteps: [], lateAfterMinutes: null });
    expect(later.body).toMatchObject({ ...change, approvalSteps: [], lateAfterMinutes: null });
    const [row] = await settingsOf(id);
    expect(row).toMatchObject({ name: "Acme & Co", approval_steps: [], late_after_minutes: null });
  });

  test.each(["Editor", "Writer", "Viewer"] as const)("are not changed by a member with the role %s", async (role) => {
    const { id } = await seedWorkspace(t);
    const before = await settingsOf(id);
    const refused = await call(await seedMember(t, id, role), "PUT", `/workspaces/${id}`, { name: "Mine" });
    expect(said(refused)).toMatchObject({ status: 403, code: "forbidden" });
    expect(await settingsOf(id)).toEqual(before);
  });

  test("refuse an address that is taken", async () => {
    const { id, admin } = await seedWorkspace(t);
    const other = await seedWorkspace(t);
    expect(said(await call(admin, "PUT", `/workspaces/${id}`, { slug: other.slug, name: "New" }))).toMatchObject({
      status: 409,
      code: "slug_taken",
    });
    expect(await settingsOf(id)).toMatchObject([{ name: "Acme" }]);
  });

  test.each([
    { slug: "Not A Slug" },
    { slug: "double--hyphen" },
    { timeZone: "Berlin" },
    { language: "english please" },
    { approvalSteps: [{ role: "Owner" }] },
    { approvalSteps: Array.from({ length: 6 }, () => ({ role: "Editor" })) },
    { approvalSteps: [{ role: "Editor", userId: randomUUID() }] },
    { lateAfterMinutes: 0 },
    { lateAfterMinutes: 1.5 },
    { region: "eu" },
    { ownerId: randomUUID() },
    { name: null },
  ])("refuse %j", async (change) => {
    const { id, admin } = await seedWorkspace(t);
    const before = await settingsOf(id);
    expect(said(await call(admin, "PUT", `/workspaces/${id}`, change))).toMatchObject({
      status: 400,
      code: "invalid_request",
    });
    expect(await settingsOf(id)).toEqual(before);
  });

  test.each(["GET", "PUT"])(
    "answer %s of another workspace as of none at all, and ask for a sign-in",
    async (method) => {
      const { admin } = await seedWorkspace(t);
      const theirs = await seedWorkspace(t);
      const before = await settingsOf(theirs.id);
      const input = method === "PUT" ? { name: "Mine" } : undefined;
      const [real, madeUp, noUuid] = await Promise.all(
        [theirs.id, randomUUID(), "acme"].map((id) => call(admin, method, `/workspaces/${id}`, input)),
      );
      expect(real!.status).toBe(404);
      expect(said(real!)).toEqual(said(madeUp!));
      expect(said(noUuid!)).toEqual(said(madeUp!));
      expect(await settingsOf(theirs.id)).toEqual(before);
      expect((await call(null, method, `/workspaces/${theirs.id}`, input)).status).toBe(401);
    },
  );
});

describe("handing a workspace over", () => {
  const ownerOf = async (id: string) => (await settingsOf(id))[0]!.owner_id;

  test("makes an Admin the owner; the one before stays an Admin", async () => {
    const { id, admin } = await seedWorkspace(t);
    const heir = await seedMember(t, id, "Admin");
    const done = await call(admin, "POST", `/workspaces/${id}/hand-over`, { userId: heir.userId });
    expect([done.status, done.body.ownerId, done.body.role]).toEqual([200, heir.userId, "Admin"]);
    expect(await ownerOf(id)).toBe(heir.userId);
    // From now on the old owner can be removed, and the new one can't.
    expect((await call(admin, "DELETE", `/workspaces/${id}/members/${heir.userId}`)).body.code).toBe("owner_protected");
    expect((await call(heir, "DELETE", `/workspaces/${id}/members/${admin.userId}`)).status).toBe(204);
  });

  test("is the owner's alone", async () => {
    const { id, admin } = await seedWorkspace(t);
    const other = await seedMember(t, id, "Admin");
    for (const who of [other, await seedMember(t, id, "Editor")]) {
      const refused = await call(who, "POST", `/workspaces/${id}/hand-over`, { userId: other.userId });
      expect(said(refused)).toMatchObject({ status: 403, code: "forbidden" });
    }
    expect(await ownerOf(id)).toBe(admin.userId);
    expect((await call(null, "POST", `/workspaces/${id}/hand-over`, { userId: other.userId })).status).toBe(401);
  });

  test("takes another Admin of the workspace, nobody else", async () => {
    const { id, admin } = await seedWorkspace(t);
    const editor = await seedMember(t, id, "Editor");
    const stranger = await seedPerson(t);
    const to = (userId: string) => call(admin, "POST", `/workspaces/${id}/hand-over`, { userId });
    expect(said(await to(editor.userId))).toMatchObject({ status: 409, code: "conflict" });
    expect(said(await to(admin.userId))).toMatchObject({ status: 409, code: "conflict" });
    expect(said(await to(stranger.userId))).toEqual(said(await to(randomUUID())));
    expect((await to(stranger.userId)).status).toBe(404);
    expect((await to("nobody")).status).toBe(400);
    expect(await ownerOf(id)).toBe(admin.userId);
  });

  test("answers for another workspace as for none at all", async () => {
    const { admin } = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    const heir = await seedMember(t, theirs.id, "Admin");
    const [real, madeUp] = await Promise.all(
      [theirs.id, randomUUID()].map((id) =>
        call(admin, "POST", `/workspaces/${id}/hand-over`, { userId: heir.userId }),
      ),
    );
    expect(real!.status).toBe(404);
    expect(said(real!)).toEqual(said(madeUp!));
    expect(await ownerOf(theirs.id)).toBe(theirs.admin.userId);
  });

  test("is done once, when it is asked for twice at the same moment", async () => {
    const { id, admin } = await seedWorkspace(t);
    const heirs = [await seedMember(t, id, "Admin"), await seedMember(t, id, "Admin")];
    const answers = await t.collide(
      "workspaces",
      id,
      heirs.map((heir) => () => call(admin, "POST", `/workspaces/${id}/hand-over`, { userId: heir.userId })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await ownerOf(id)).toBe(heirs[answers.findIndex(({ status }) => status === 200)]!.userId);
  });
});
