import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { uploadAsset } from "#tests/factories/assets";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

let [admin, editor, writer, otherWriter, viewer, stranger]: Member[] = [];
beforeAll(async () => {
  const workspace = await seedWorkspace(t);
  admin = workspace.admin;
  [editor, writer, otherWriter, viewer] = await Promise.all(
    (["Editor", "Writer", "Writer", "Viewer"] as const).map((role) => seedMember(t, workspace.id, role)),
  );
  stranger = (await seedWorkspace(t)).admin;
});

const make = async (parentId: string | null = null, name: string = randomUUID(), who = editor!) => {
  const { status, body } = await call(who, "POST", "/assets/folders", { name, parentId });
  expect([status, body]).toEqual([201, expect.anything()]);
  return body.id as string;
};
const move = (id: string, parentId: string | null) => call(editor!, "PUT", `/assets/folders/${id}`, { parentId });
const expectRefusal = ({ status, body }: Answer, wanted: number, code: string) =>
  expect([status, body.code, body.detail]).toEqual([wanted, code, expect.any(String)]);
const parentOf = async (id: string) =>
  (await t.asOwner<{ parent_id: string | null }>("select parent_id from assets_folders where id = $1", [id]))[0]!
    .parent_id;

describe("folders", () => {
  it("stand within one another, and are listed by name", async () => {
    const spring = await make(null, `a ${randomUUID()}`);
    const [b, a] = [await make(spring, "b"), await make(spring, "a")];
    const inside = await call(viewer!, "GET", `/assets/folders?parent=${spring}`);
    expect(inside.body.items?.map(({ id }) => id)).toEqual([a, b]);
    const first = await call(viewer!, "GET", `/assets/folders?parent=${spring}&limit=1`);
    const second = await call(
      viewer!,
      "GET",
      `/assets/folders?parent=${spring}&limit=1&cursor=${first.body.nextCursor}`,
    );
    expect(second.body.items?.map(({ id }) => id)).toEqual([b]);
    const outermost = await call(viewer!, "GET", "/assets/folders?parent=root&limit=100");
    expect(outermost.body.items?.map(({ id }) => id)).toEqual(expect.arrayContaining([spring]));
    expect(outermost.body.items?.map(({ id }) => id)).not.toContain(a);
    const all = await call(viewer!, "GET", "/assets/folders?limit=100");
    expect(all.body.items?.map(({ id }) => id)).toEqual(expect.arrayContaining([spring, a, b]));
  });

  it("have a name once in one place, whatever its case", async () => {
    const parent = await make();
    await make(parent, "Spring");
    expectRefusal(
      await call(editor!, "POST", "/assets/folders", { name: "SPRING", parentId: parent }),
      409,
      "conflict",
    );
    const summer = await make(parent, "Summer");
    expectRefusal(await call(editor!, "PUT", `/assets/folders/${summer}`, { name: "spring" }), 409, "conflict");
    await make(summer, "Spring");
    const outside = await make(null, "Once");
    expectRefusal(await call(editor!, "POST", "/assets/folders", { name: "once" }), 409, "conflict");
    expect((await call(editor!, "DELETE", `/assets/folders/${outside}`)).status).toBe(204);
    await make(null, "once");
  });

  it("never stand within themselves", async () => {
    const outer = await make();
    const middle = await make(outer);
    const inner = await make(middle);
    for (const target of [outer, middle, inner]) expectRefusal(await move(outer, target), 400, "invalid_request");
    expect(await parentOf(outer)).toBeNull();
    expect((await move(inner, null)).body.parentId).toBeNull();
    expect((await move(outer, inner)).body.parentId).toBe(inner);
  });

  it("never stand within themselves by two moves at the same moment", async () => {
    const [one, other] = [await make(), await make()];
    const answers = await t.collide("assets_folders", one, [() => move(one, other), () => move(other, one)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect([await parentOf(one), await parentOf(other)]).toContain(null);
  });

  it("stand at most eight deep, with all that moves along", async () => {
    let deepest: string | null = null;
    const chain: string[] = [];
    for (let depth = 0; depth < 8; depth++) {
      deepest = await make(deepest);
      chain.push(deepest);
    }
    expectRefusal(
      await call(editor!, "POST", "/assets/folders", { name: "Too deep", parentId: deepest }),
      400,
      "invalid_request",
    );
    const tall = await make();
    await make(tall);
    expectRefusal(await move(tall, chain[6]!), 400, "invalid_request");
    expect((await move(tall, chain[5]!)).status).toBe(200);
  });

  it("are removed once they are empty", async () => {
    const outer = await make();
    const inner = await make(outer);
    const bytes = Buffer.from(randomUUID());
    const file = { bytes, fileName: "a.txt", contentType: "text/plain", folderId: inner };
    const asset = await uploadAsset(t, call, editor!, file);
    expectRefusal(await call(editor!, "DELETE", `/assets/folders/${outer}`), 409, "in_use");
    expectRefusal(await call(editor!, "DELETE", `/assets/folders/${inner}`), 409, "in_use");
    expect((await call(editor!, "PUT", `/assets/${asset}`, { folderId: null })).status).toBe(200);
    expect((await call(editor!, "DELETE", `/assets/folders/${inner}`)).status).toBe(204);
    expectRefusal(await call(editor!, "PUT", `/assets/${asset}`, { folderId: inner }), 404, "not_found");
    expectRefusal(await call(editor!, "POST", "/assets/folders", { name: "a", parentId: inner }), 404, "not_found");
    expectRefusal(await move(outer, inner), 404, "not_found");
  });

  it("take nothing that comes while they are removed", async () => {
    const folder = await make();
    const bytes = Buffer.from(randomUUID());
    const asset = await uploadAsset(t, call, editor!, { bytes, fileName: "a.txt", contentType: "text/plain" });
    const [put, removed] = await t.collide("assets_folders", folder, [
      () => call(editor!, "PUT", `/assets/${asset}`, { folderId: folder }),
      () => call(editor!, "DELETE", `/assets/folders/${folder}`),
    ]);
    expect([
      [200, 409],
      [404, 204],
    ]).toContainEqual([put!.status, removed!.status]);
  });

  it("are made by Writers and above, and changed by who made them, Editors and Admins", async () => {
    expectRefusal(await call(viewer!, "POST", "/assets/folders", { name: "No" }), 403, "forbidden");
    expectRefusal(await call(null, "GET", "/assets/folders"), 401, "unauthenticated");
    const folder = await make(null, randomUUID(), writer!);
    for (const who of [otherWriter!, viewer!]) {
      expectRefusal(await call(who, "PUT", `/assets/folders/${folder}`, { name: "No" }), 403, "forbidden");
      expectRefusal(await call(who, "DELETE", `/assets/folders/${folder}`), 403, "forbidden");
    }
    for (const id of [folder, randomUUID()]) {
      expectRefusal(await call(stranger!, "PUT", `/assets/folders/${id}`, { name: "No" }), 404, "not_found");
      expectRefusal(await call(stranger!, "DELETE", `/assets/folders/${id}`), 404, "not_found");
      expectRefusal(await call(stranger!, "POST", "/assets/folders", { name: "No", parentId: id }), 404, "not_found");
    }
    for (const who of [writer!, editor!, admin!]) {
      const name = randomUUID();
      expect((await call(who, "PUT", `/assets/folders/${folder}`, { name })).body.name).toBe(name);
    }
    expectRefusal(await call(editor!, "PUT", `/assets/folders/${folder}`, { owner: "me" }), 400, "invalid_request");
    expect((await call(writer!, "DELETE", `/assets/folders/${folder}`)).status).toBe(204);
  });

  it("are made once for a key", async () => {
    const key = { "idempotency-key": randomUUID() };
    const input = { name: randomUUID() };
    const first = await call(writer!, "POST", "/assets/folders", input, key);
    expect((await call(writer!, "POST", "/assets/folders", input, key)).body).toEqual(first.body);
    const other = await call(writer!, "POST", "/assets/folders", { name: randomUUID() }, key);
    expectRefusal(other, 409, "idempotency_key_reused");
  });
});
