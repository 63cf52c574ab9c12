import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

const attributes = {
  goals: ["Publish every week"],
  pains: ["Approval takes days"],
  tone: "Plain",
  vocabulary: ["brief", "draft"],
  channels: ["Bluesky"],
  notes: "Reads on the train.",
};
const said = ({ status, body: { requestId, ...rest } }: Answer) => ({ status, ...rest });
const rowsOf = (workspaceId: string) =>
  t.asOwner<{ id: string; name: string }>("select * from personas where workspace_id = $1 order by name", [
    workspaceId,
  ]);
const create = async (who: Member, over: object = {}) => {
  const made = await call(who, "POST", "/personas", { name: `Persona ${randomUUID()}`, attributes, ...over });
  expect(made.status).toBe(201);
  return made.body as { id: string; name: string; updatedAt: string };
};

describe("creating a persona", () => {
  test.each(["Editor", "Admin"] as const)("is open to the role %s", async (role) => {
    const { id: workspaceId } = await seedWorkspace(t);
    const member = await seedMember(t, workspaceId, role);
    const made = await call(member, "POST", "/personas", { name: " Head of marketing ", attributes });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ workspaceId, name: "Head of marketing", attributes, createdBy: member.userId });
    expect(made.body.createdAt).toMatch(/Z$/);
  });

  test.each(["Writer", "Viewer"] as const)("is closed to the role %s, as are change and removal", async (role) => {
    const { id: workspaceId, admin } = await seedWorkspace(t);
    const persona = await create(admin);
    const member = await seedMember(t, workspaceId, role);
    const refused = [
      await call(member, "POST", "/personas", { name: "Mine", attributes }),
      await call(member, "PUT", `/personas/${persona.id}`, { name: "Mine" }),
      await call(member, "DELETE", `/personas/${persona.id}`),
    ];
    expect(refused.map(said)).toMatchObject([1, 2, 3].map(() => ({ status: 403, code: "forbidden" })));
    expect(await rowsOf(workspaceId)).toMatchObject([{ name: persona.name, removed_at: null }]);
  });

  test("refuses a name that is taken, whatever its case, also at the same moment", async () => {
    const { id, admin } = await seedWorkspace(t);
    await create(admin, { name: "Founder" });
    expect(said(await call(admin, "POST", "/personas", { name: "FOUNDER", attributes }))).toMatchObject({
      status: 409,
      code: "conflict",
    });
    const both = await t.collide(
      "workspaces",
      id,
      [1, 2].map(() => () => call(admin, "POST", "/personas", { name: "Investor", attributes })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await rowsOf(id)).map(({ name }) => name)).toEqual(["Founder", "Investor"]);
  });

  test("leaves a name free for other workspaces, and again once it is removed", async () => {
    const { admin } = await seedWorkspace(t);
    const persona = await create(admin, { name: "Founder" });
    await create((await seedWorkspace(t)).admin, { name: "Founder" });
    expect((await call(admin, "DELETE", `/personas/${persona.id}`)).status).toBe(204);
    await create(admin, { name: "Founder" });
  });

  test("is done once for an Idempotency-Key", async () => {
    const { id, admin } = await seedWorkspace(t);
    const headers = { "idempotency-key": randomUUID() };
    const ask = () => call(admin, "POST", "/personas", { name: "Once", attributes }, headers);
    expect((await ask()).body).toEqual((await ask()).body);
    expect(await rowsOf(id)).toHaveLength(1);
  });

  test.each([
    {},
    { name: "" },
    { name: "A", attributes: { goals: "many" } },
    { name: "A", attributes: { goals: [""] } },
    { name: "A", attributes: { goals: Array.from({ length: 51 }, () => "x") } },
    { name: "A", attributes: { mood: "x" } },
    { name: "A", attributes: { tone: "x".repeat(501) } },
    { name: "A", workspaceId: randomUUID() },
  ])("refuses %j", async (input) => {
    const { id, admin } = await seedWorkspace(t);
    expect(said(await call(admin, "POST", "/personas", input))).toMatchObject({ status: 400, code: "invalid_request" });
    expect(await rowsOf(id)).toEqual([]);
  });
});

describe("reading personas", () => {
  test("is open to every member, by pages in the asked order", async () => {
    const { id, admin } = await seedWorkspace(t);
    await create((await seedWorkspace(t)).admin, { name: "Theirs" });
    for (const name of ["Beta", "Alpha", "Gamma"]) await create(admin, { name });
    const viewer = await seedMember(t, id, "Viewer");
    const names = async (sort: string) => {
      const first = await call(viewer, "GET", `/personas?sort=${sort}&limit=2`);
      const second = await call(viewer, "GET", `/personas?sort=${sort}&limit=2&cursor=${first.body.nextCursor}`);
      expect(second.body.nextCursor).toBeNull();
      return [...first.body.items!, ...second.body.items!].map(({ name }) => name);
    };
    expect(await names("name")).toEqual(["Alpha", "Beta", "Gamma"]);
    expect(await names("-name")).toEqual(["Gamma", "Beta", "Alpha"]);
    expect(await names("createdAt")).toEqual(["Beta", "Alpha", "Gamma"]);
    expect(await names("-createdAt")).toEqual(["Gamma", "Alpha", "Beta"]);
  });

  test("shows one, with all that it says", async () => {
    const { admin } = await seedWorkspace(t);
    const persona = await create(admin);
    expect((await call(admin, "GET", `/personas/${persona.id}`)).body).toEqual(persona);
  });

  test("refuses unknown sorts and foreign cursors", async () => {
    const { admin } = await seedWorkspace(t);
    expect((await call(admin, "GET", "/personas?sort=attributes")).status).toBe(400);
    expect((await call(admin, "GET", "/personas?limit=101")).status).toBe(400);
    expect((await call(admin, "GET", "/personas?cursor=abc")).body.code).toBe("invalid_cursor");
  });
});

describe("changing a persona", () => {
  test("replaces what is named and keeps the rest", async () => {
    const { id, admin } = await seedWorkspace(t);
    const persona = await create(admin);
    const editor = await seedMember(t, id, "Editor");
    const changed = await call(editor, "PUT", `/personas/${persona.id}`, { attributes: { tone: "Warm" } });
    expect(changed.body).toMatchObject({ name: persona.name, attributes: { tone: "Warm" } });
    expect(changed.body.attributes).toEqual({ tone: "Warm" });
    expect((await call(admin, "PUT", `/personas/${persona.id}`, { name: "New" })).body).toMatchObject({
      name: "New",
      attributes: { tone: "Warm" },
    });
  });

  test("on a stale base overwrites nothing, and answers with what is there", async () => {
    const { admin } = await seedWorkspace(t);
    const persona = await create(admin);
    const put = (name: string) =>
      call(admin, "PUT", `/personas/${persona.id}`, { name, baseUpdatedAt: persona.updatedAt });
    const both = await t.collide("personas", persona.id, [() => put("One"), () => put("Other")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [won, lost] = both[0]!.status === 200 ? both : both.toReversed();
    expect(said(lost!)).toMatchObject({ code: "version_conflict", current: { name: won!.body.name } });
    expect((await call(admin, "GET", `/personas/${persona.id}`)).body).toEqual(won!.body);
  });

  test("refuses a taken name and what it does not know", async () => {
    const { admin } = await seedWorkspace(t);
    await create(admin, { name: "Taken" });
    const persona = await create(admin);
    expect(said(await call(admin, "PUT", `/personas/${persona.id}`, { name: "taken" }))).toMatchObject({
      status: 409,
      code: "conflict",
    });
    expect((await call(admin, "PUT", `/personas/${persona.id}`, { removedAt: null })).status).toBe(400);
    expect((await call(admin, "GET", `/personas/${persona.id}`)).body.name).toBe(persona.name);
  });
});

describe("removing a persona", () => {
  test("takes it off every list; the row stays", async () => {
    const { id, admin } = await seedWorkspace(t);
    const persona = await create(admin);
    expect((await call(admin, "DELETE", `/personas/${persona.id}`)).status).toBe(204);
    expect((await call(admin, "GET", "/personas")).body.items).toEqual([]);
    for (const method of ["GET", "PUT", "DELETE"]) {
      const gone = await call(
        admin,
        method,
        `/personas/${persona.id}`,
        method === "PUT" ? { name: "Back" } : undefined,
      );
      expect(said(gone)).toMatchObject({ status: 404, code: "not_found" });
    }
    expect(await rowsOf(id)).toMatchObject([{ name: persona.name }]);
  });
});

describe("another workspace's persona", () => {
  test.each([
    ["GET", undefined],
    ["PUT", { name: "Mine" }],
    ["DELETE", undefined],
  ])("is to %s as none at all", async (method, input) => {
    const { admin } = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    const persona = await create(theirs.admin);
    const before = await rowsOf(theirs.id);
    const [real, madeUp, noUuid] = await Promise.all(
      [persona.id, randomUUID(), "persona"].map((id) => call(admin, method, `/personas/${id}`, input)),
    );
    expect(real!.status).toBe(404);
    expect(said(real!)).toEqual(said(madeUp!));
    expect(noUuid!.status).toBe(404);
    expect(await rowsOf(theirs.id)).toEqual(before);
    expect((await call(null, method, `/personas/${persona.id}`, input)).status).toBe(401);
  });

  test("is not made or listed from outside", async () => {
    const { admin } = await seedWorkspace(t);
    const theirs = await seedWorkspace(t);
    const intruder = { ...admin, workspaceId: theirs.id };
    expect((await call(intruder, "GET", "/personas")).status).toBe(404);
    expect((await call(intruder, "POST", "/personas", { name: "Mine", attributes })).status).toBe(404);
    expect((await call(null, "GET", "/personas")).status).toBe(401);
    expect((await call(null, "POST", "/personas", { name: "Mine", attributes })).status).toBe(401);
    expect(await rowsOf(theirs.id)).toEqual([]);
  });
});
