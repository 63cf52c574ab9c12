import { randomBytes, randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { type Answer, caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { testStorage } from "#tests/harness/storage";
import { sealedSize } from "@/platform/sealed-stream";

const t = testDatabase();
const call = caller(t);
let now = new Date();
const atTime = caller(t, { clock: { now: () => now } });

let [admin, editor, writer, otherWriter, viewer, stranger]: Member[] = [];
beforeAll(async () => {
  const workspace = await seedWorkspace(t);
  admin = workspace.admin;
  [editor, writer, otherWriter, viewer] = await Promise.all(
    (["Editor", "Writer", "Writer", "Viewer"] as const).map((role) => seedMember(t, workspace.id, role)),
  );
  stranger = (await seedWorkspace(t)).admin;
});

const aText = (who: Member, over: Record<string, unknown> = {}) =>
  uploadAsset(t, call, who, {
    bytes: Buffer.from(`text ${randomUUID()}`),
    fileName: "notes.txt",
    contentType: "text/plain",
    ...over,
  });
const ids = ({ body }: Answer) => (body.items ?? []).map(({ id }) => id);
const expectRefusal = ({ status, body }: Answer, wanted: number, code: string) =>
  expect([status, body.code, body.detail]).toEqual([wanted, code, expect.any(String)]);
const rowOf = async (id: string) => (await t.asOwner("select to_jsonb(a) as row from assets a where id = $1", [id]))[0];

describe("the library", () => {
  it("lists by folder, kind, words and order, page by page, to every member", async () => {
    const home = await seedWorkspace(t);
    const by = home.admin;
    const folder = (await call(by, "POST", "/assets/folders", { name: "Spring" })).body.id as string;
    const a = await aText(by, { fileName: "Zebra.txt", altText: "100% wool" });
    const b = await aText(by, { fileName: "apple.txt", folderId: folder });
    const c = await uploadAsset(t, call, by, { bytes: await aPicture(40, 30), altText: "A tulip" });
    const list = (query: string) => call(by, "GET", `/assets${query}`);
    expect(ids(await list(""))).toEqual([c, b, a]);
    expect(ids(await list("?sort=createdAt"))).toEqual([a, b, c]);
    expect(ids(await list(`?folder=${folder}`))).toEqual([b]);
    expect(ids(await list("?folder=root"))).toEqual([c, a]);
    expect(ids(await list("?type=Image"))).toEqual([c]);
    expect(ids(await list("?q=TULIP"))).toEqual([c]);
    expect(ids(await list("?q=zebra"))).toEqual([a]);
    expect(ids(await list("?q=0%25"))).toEqual([a]);
    expect(ids(await list("?q=_"))).toEqual([]);
    const paged: unknown[] = [];
    for (let cursor = ""; ; ) {
      const answer = await list(`?limit=1&sort=fileName${cursor}`);
      paged.push(...ids(answer));
      if (!answer.body.nextCursor) break;
      cursor = `&cursor=${answer.body.nextCursor}`;
    }
    expect(new Set(paged)).toEqual(new Set([a, b, c]));
    expect(paged).toHaveLength(3);
    expect(ids(await list("?sort=-fileName"))).toEqual(paged.reverse());
    expectRefusal(await list("?cursor=x"), 400, "invalid_cursor");
    expectRefusal(await list("?sort=sha256"), 400, "invalid_request");
    const reader = await seedMember(t, home.id, "Viewer");
    expect(ids(await call(reader, "GET", "/assets"))).toEqual([c, b, a]);
  });

  it("keeps what is to be imported apart", async () => {
    const xml = '<?xml version="1.0"?><rss/>';
    const id = await uploadAsset(t, call, writer!, {
      bytes: Buffer.from(xml),
      fileName: "posts.xml",
      contentType: "application/xml",
      purpose: "Import",
    });
    expect(ids(await call(writer!, "GET", "/assets?limit=100"))).not.toContain(id);
    expect(ids(await call(writer!, "GET", "/assets?purpose=Import"))).toContain(id);
    const refused = await call(writer!, "POST", "/content", { title: "A", body: `[posts](asset:${id})` });
    expectRefusal(refused, 400, "invalid_request");
  });

  it("shows another workspace nothing", async () => {
    const id = await aText(writer!);
    const before = await rowOf(id);
    const tries: [string, string, object?][] = [
      ["GET", ""],
      ["PUT", "", { altText: "Mine" }],
      ["DELETE", ""],
      ["GET", "/usage"],
      ["GET", "/content"],
      ["GET", "/url"],
    ];
    for (const [method, path, body] of tries) {
      for (const other of [id, randomUUID()])
        expectRefusal(await call(stranger!, method, `/assets/${other}${path}`, body), 404, "not_found");
      expectRefusal(await call(null, method, `/assets/${id}${path}`, body), 401, "unauthenticated");
    }
    expect(await rowOf(id)).toEqual(before);
  });
});

describe("an asset", () => {
  it("is changed in its name, alt text and folder, based on what was read", async () => {
    const id = await aText(writer!);
    const folder = (await call(writer!, "POST", "/assets/folders", { name: randomUUID() })).body.id as string;
    const change = { fileName: "plan.md", altText: "A plan", folderId: folder, baseRevision: 1 };
    const changed = await call(writer!, "PUT", `/assets/${id}`, change);
    // Its content says what it is, whatever it is called.
    expect(changed).toMatchObject({
      status: 200,
      body: { fileName: "plan.md.txt", altText: "A plan", folderId: folder, revision: 2, contentType: "text/plain" },
    });
    const stale = await call(writer!, "PUT", `/assets/${id}`, { altText: "Another", baseRevision: 1 });
    expectRefusal(stale, 409, "version_conflict");
    expect(stale.body.current).toMatchObject({ altText: "A plan", revision: 2 });
    expect((await call(writer!, "PUT", `/assets/${id}`, { folderId: null })).body).toMatchObject({ folderId: null });
    expect((await call(writer!, "PUT", `/assets/${id}`, { altText: "A plan" })).body).toMatchObject({ revision: 3 });
    const events = await t.asOwner("select type, payload from events where subject_id = $1 order by id", [id]);
    expect(events.slice(1)).toEqual([
      { type: "assets.changed", payload: { revision: 2 } },
      { type: "assets.changed", payload: { revision: 3 } },
    ]);
  });

  it("is refused where it would go into a folder that isn't there, or by a field that nobody knows", async () => {
    const id = await aText(writer!);
    const before = await rowOf(id);
    expectRefusal(await call(writer!, "PUT", `/assets/${id}`, { folderId: randomUUID() }), 404, "not_found");
    expectRefusal(await call(writer!, "PUT", `/assets/${id}`, { sha256: "0".repeat(64) }), 400, "invalid_request");
    expect(await rowOf(id)).toEqual(before);
  });

  it("is its uploader's, Editors' and Admins' to change and to remove", async () => {
    const id = await aText(writer!);
    for (const who of [otherWriter!, viewer!]) {
      expectRefusal(await call(who, "PUT", `/assets/${id}`, { altText: "No" }), 403, "forbidden");
      expectRefusal(await call(who, "DELETE", `/assets/${id}`), 403, "forbidden");
    }
    for (const who of [writer!, editor!, admin!])
      expect((await call(who, "PUT", `/assets/${id}`, { altText: who.role })).body.altText).toBe(who.role);
    expect((await call(editor!, "DELETE", `/assets/${id}`)).status).toBe(204);
    expectRefusal(await call(writer!, "GET", `/assets/${id}`), 404, "not_found");
    expectRefusal(await call(writer!, "DELETE", `/assets/${id}`), 404, "not_found");
    expect(await t.asOwner("select removed_at is not null as gone from assets where id = $1", [id])).toEqual([
      { gone: true },
    ]);
  });

  it("is changed by one of two at a time", async () => {
    const id = await aText(writer!);
    const answers = await t.collide("assets", id, [
      () => call(writer!, "PUT", `/assets/${id}`, { altText: "One", baseRevision: 1 }),
      () => call(editor!, "PUT", `/assets/${id}`, { altText: "Two", baseRevision: 1 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe("what uses an asset", () => {
  const article = (body: string, over: object = {}) =>
    call(writer!, "POST", "/content", { title: "Spring", body, ...over });

  it("is told by item, with its versions, and keeps it from being removed while it is in force", async () => {
    const id = await aText(writer!);
    const item = (await article(`See [notes](asset:${id}).`)).body.id as string;
    const save = (body: string, baseVersion: number) =>
      call(writer!, "POST", `/content/${item}/versions`, { body, baseVersion });
    await save(`Read [notes](asset:${id}).`, 1);
    const usage = () => call(viewer!, "GET", `/assets/${id}/usage`);
    const use = { kind: "Item", id: item, versionNumbers: [1, 2], adaptationIds: [] };
    expect((await usage()).body).toEqual({ items: [{ ...use, inForce: true }], nextCursor: null, branding: [] });
    const refused = await call(editor!, "DELETE", `/assets/${id}`);
    expectRefusal(refused, 409, "in_use");
    expect(refused.body.usedBy).toEqual([{ kind: "Item", id: item }]);

    await save("Nothing to see.", 2);
    expect((await usage()).body.items).toEqual([{ ...use, inForce: false }]);
    expect((await call(editor!, "DELETE", `/assets/${id}`)).status).toBe(204);
    // The old version says what it said, and can't be saved as a new one.
    expect((await call(viewer!, "GET", `/content/${item}/versions/2`)).body.assets).toEqual([
      expect.objectContaining({ id }),
    ]);
    expectRefusal(await save(`Back to [notes](asset:${id}).`, 3), 400, "invalid_request");
  });

  it("is paged in the order of ids", async () => {
    const id = await aText(writer!);
    const items = [];
    for (let count = 0; count < 3; count++) items.push((await article(`[a](asset:${id})`)).body.id as string);
    const first = await call(viewer!, "GET", `/assets/${id}/usage?limit=2`);
    const second = await call(viewer!, "GET", `/assets/${id}/usage?limit=2&cursor=${first.body.nextCursor}`);
    expect([...ids(first), ...ids(second)]).toEqual([...items].sort());
    expect(second.body.nextCursor).toBeNull();
  });

  it("holds it against a removal at the same moment", async () => {
    const id = await aText(writer!);
    const [saved, removed] = await t.collide("assets", id, [
      () => article(`[a](asset:${id})`),
      () => call(editor!, "DELETE", `/assets/${id}`),
    ]);
    expect([
      [201, 409],
      [400, 204],
    ]).toContainEqual([saved!.status, removed!.status]);
    const uses = await t.asOwner("select from assets_uses where asset_id = $1 and ended_at is null", [id]);
    expect(uses).toHaveLength(saved!.status === 201 ? 1 : 0);
  });
});

describe("its bytes", () => {
  // The tag and the first frame of an MP3.
  const start = Buffer.from("49443304000000000000fffb9064", "hex");
  const whole = Buffer.concat([start, randomBytes(200_010 - start.length)]);
  let id: string;
  let image: string;
  beforeAll(async () => {
    id = await uploadAsset(t, call, writer!, { bytes: whole, fileName: 'Grüße "1".mp3', contentType: "audio/mpeg" });
    image = await uploadAsset(t, call, writer!, { bytes: await aPicture(700, 350) });
  });
  const get = (path: string, headers: Record<string, string> = {}, who: Member | null = viewer!, method = "GET") =>
    testApp(t).request(`/api/v1${path}`, {
      method,
      headers: { ...(who && { authorization: `Bearer ${who.sessionId}` }), ...headers },
    });

  it("are what was uploaded, in a page that may do nothing", async () => {
    const answer = await get(`/assets/${id}/content`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(whole)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "audio/mpeg",
      "content-length": String(whole.length),
      "content-disposition": `inline; filename="Gr__e _1_.mp3"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.mp3`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, max-age=86400, immutable",
      "accept-ranges": "bytes",
    });
    const head = await get(`/assets/${id}/content`, {}, viewer!, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
      200,
      String(whole.length),
      "",
    ]);
  });

  it("are saved and not shown, where they are a document or a text", async () => {
    const text = await aText(writer!);
    const answer = await get(`/assets/${text}/content`);
    expect([answer.headers.get("content-type"), answer.headers.get("content-disposition")]).toEqual([
      "text/plain; charset=utf-8",
      expect.stringMatching(/^attachment; /),
    ]);
  });

  // Uploads refuse both; a row of elsewhere, such as of an older database, may say so all the same.
  it.each(["text/html", "image/svg+xml", "application/xhtml+xml"])("are never a page of ours: %s", async (type) => {
    const text = await aText(writer!);
    await t.asOwner("update assets set content_type = $1 where id = $2", [type, text]);
    const { headers } = await get(`/assets/${text}/content`);
    expect(headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(headers.get("content-security-policy")).toMatch(/sandbox/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each<[string, number, number]>([
    ["bytes=0-0", 0, 1],
    ["bytes=65530-65545", 65_530, 65_546],
    ["bytes=100000-", 100_000, 200_010],
    ["bytes=-5", 200_005, 200_010],
    ["bytes=-999999", 0, 200_010],
    ["bytes=200000-999999", 200_000, 200_010],
  ])("are a range where one is asked for: %s", async (range, start, end) => {
    const answer = await get(`/assets/${id}/content`, { range });
    expect([answer.status, answer.headers.get("content-range")]).toEqual([206, `bytes ${start}-${end - 1}/200010`]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(whole.subarray(start, end))).toBe(true);
  });

  it.each(["bytes=200010-", "bytes=5-4", "bytes=-0"])("are refused where there are none: %s", async (range) => {
    const answer = await get(`/assets/${id}/content`, { range });
    expect([answer.status, (await answer.json()).code, answer.headers.get("content-range")]).toEqual([
      416,
      "range_not_satisfiable",
      "bytes */200010",
    ]);
  });

  it.each(["bytes=0-1,5-6", "pages=1-2", "bytes=-", "bytes=a-b"])(
    "are all of them for what is no range: %s",
    async (range) => {
      const answer = await get(`/assets/${id}/content`, { range });
      expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, whole.length]);
    },
  );

  it("are not sent again to who has them", async () => {
    const tag = (await get(`/assets/${id}/content`)).headers.get("etag")!;
    const same = await get(`/assets/${id}/content`, { "if-none-match": tag });
    expect([same.status, await same.text()]).toEqual([304, ""]);
    const other = await get(`/assets/${id}/content`, { range: "bytes=0-0", "if-range": '"other"' });
    expect(other.status).toBe(200);
    expect((await get(`/assets/${id}/content`, { range: "bytes=0-0", "if-range": tag })).status).toBe(206);
  });

  it("are those of a variant, where one is named", async () => {
    const answer = await get(`/assets/${image}/content?variant=320.webp`);
    expect([answer.status, answer.headers.get("content-type"), answer.headers.get("content-disposition")]).toEqual([
      200,
      "image/webp",
      expect.stringContaining("spring.webp"),
    ]);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(8, 12)
        .toString(),
    ).toBe("WEBP");
    expect((await get(`/assets/${image}/content?variant=9999.webp`)).status).toBe(404);
    expect((await get(`/assets/${image}/content?variant=../secret`)).status).toBe(400);
  });

  it("are a refusal where the storage has lost or changed them, and never others", async () => {
    const lost = await aText(writer!);
    const [row] = await t.asOwner<{ place: string; size: string }>(
      `select 'objects/' || b.workspace_id || '/' || b.key_id || '/' || b.sha256 as place, b.size_bytes::text as size
       from assets a join assets_blobs b using (workspace_id, sha256) where a.id = $1`,
      [lost],
    );
    const storage = testStorage();
    const changed = {
      ...storage,
      read: async (key: string, start: number, end: number) => {
        const size = sealedSize(Number(row!.size));
        const bytes =
          key === row!.place ? [Buffer.alloc(size, 1).subarray(start, end)] : await storage.read(key, start, end);
        return (async function* () {
          yield* bytes;
        })();
      },
    };
    const answer = await testApp(t, { storage: changed }).request(`/api/v1/assets/${lost}/content`, {
      headers: { authorization: `Bearer ${viewer!.sessionId}` },
    });
    expect([answer.status, (await answer.json()).code]).toEqual([500, "internal"]);
  });

  describe("by an address for others", () => {
    afterEach(() => {
      now = new Date();
    });
    const addressOf = async (path = `/assets/${image}/url?variant=320.webp`) => {
      const { status, body } = await atTime(viewer!, "GET", path);
      expect(status).toBe(200);
      return body as unknown as { url: string; expiresAt: string };
    };
    const open = (url: string) => {
      const { pathname, search } = new URL(url);
      return testApp(t, { clock: { now: () => now } }).request(pathname + search);
    };

    it("are shown without a session, and embedded anywhere, for an hour", async () => {
      const { url, expiresAt } = await addressOf();
      expect(new Date(expiresAt).getTime() - now.getTime()).toBe(3_600_000);
      const answer = await open(url);
      expect([
        answer.status,
        answer.headers.get("content-type"),
        answer.headers.get("cross-origin-resource-policy"),
      ]).toEqual([200, "image/webp", "cross-origin"]);
      expect(answer.headers.get("content-security-policy")).toContain("sandbox");
      now = new Date(now.getTime() + 3_601_000);
      expect((await open(url)).status).toBe(404);
    });

    it("are told of nothing: neither the workspace nor the key can be read from it", async () => {
      const { url } = await addressOf();
      const parts = new URL(url).searchParams.get("token")!.split(".");
      const readable = parts.map((part) => Buffer.from(part, "base64url").toString("latin1")).join();
      for (const secret of [viewer!.workspaceId, image, "spring", "wrappedKey"]) expect(readable).not.toContain(secret);
    });

    it("are not shown for an address that was changed, or made for something else", async () => {
      const { url } = await addressOf();
      const upload = await call(writer!, "POST", "/assets/uploads", {
        fileName: "a.png",
        contentType: "image/png",
        sizeBytes: 4,
      });
      const [part] = upload.body.parts as { url: string }[];
      const other = new URL(url);
      other.searchParams.set("token", new URL(part!.url).searchParams.get("token")!);
      for (const bad of [
        // Not the last character, some of whose bits say nothing.
        url.replace(/.(?=.{10}$)/, (character) => (character === "A" ? "B" : "A")),
        url.replace(/token=.*/, "token=x"),
        other.href,
      ]) {
        const answer = await open(bad);
        expect([answer.status, (await answer.json()).code]).toEqual([404, "not_found"]);
      }
    });
  });
});
