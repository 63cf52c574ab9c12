import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import {
  aPicture,
  ingestAll,
  outcomeOf,
  type Part,
  sendFile,
  sendPart,
  sha256,
  type UploadBody,
  uploadAsset,
} from "#tests/factories/assets";
import { type Answer, caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { folderStorage, testStorage } from "#tests/harness/storage";
import { StorageError } from "@/platform/storage/storage";

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

const PICTURE = { fileName: "spring.png", contentType: "image/png" };
const begin = async (who: Member, over: object = {}) => {
  const answer = await call(who, "POST", "/assets/uploads", { ...PICTURE, sizeBytes: 4, ...over });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body as unknown as UploadBody & { parts: [Part, ...Part[]] };
};
const uploadOf = async (who: Member, id: string) =>
  (await call(who, "GET", `/assets/uploads/${id}`)).body as unknown as UploadBody;
const expectRefusal = ({ status, body }: Answer, wanted: number, code: string) =>
  expect([status, body.code, body.detail]).toEqual([wanted, code, expect.any(String)]);

describe("a file that is uploaded", () => {
  it("becomes an asset, described by its content", async () => {
    const bytes = await aPicture(1_000, 500);
    const assetId = await uploadAsset(t, call, writer!, { bytes, altText: "Tulips" });
    const asset = await call(writer!, "GET", `/assets/${assetId}`);
    expect(asset).toMatchObject({
      status: 200,
      body: {
        id: assetId,
        kind: "Image",
        contentType: "image/png",
        fileName: "spring.png",
        altText: "Tulips",
        sizeBytes: bytes.length,
        sha256: sha256(bytes),
        width: 1_000,
        height: 500,
        createdBy: writer!.userId,
      },
    });
    const variants = asset.body.variants as { name: string; width: number; height: number }[];
    expect(variants.map(({ name, width, height }) => [name, width, height])).toEqual([
      ["320.webp", 320, 160],
      ["640.webp", 640, 320],
      ["1280.webp", 1_000, 500],
      ["1280.jpg", 1_000, 500],
      ["thumbnail.webp", 320, 320],
    ]);
    const told = await t.asOwner("select type, payload from events where subject_id = $1", [assetId]);
    expect(told).toEqual([
      { type: "assets.uploaded", payload: { kind: "Image", sizeBytes: bytes.length, purpose: "Asset" } },
    ]);
  });

  it("is in the storage only sealed, and its staged bytes are gone", async () => {
    const bytes = Buffer.from(`a text of its own, ${randomUUID()}\n`.repeat(50));
    const id = await sendFile(t, call, writer!, { bytes, fileName: "a.txt", contentType: "text/plain" });
    const [row] = await t.asOwner<{ workspace_id: string }>("select workspace_id from assets_uploads where id = $1", [
      id,
    ]);
    const staged = { key: `staging/${row!.workspace_id}/${id}`, ref: "folder" };
    expect(await testStorage().partsOf(staged)).toHaveLength(1);
    await ingestAll(t);
    const upload = await uploadOf(writer!, id);
    const [blob] = await t.asOwner<{ key_id: string }>("select key_id from assets_blobs where sha256 = $1", [
      sha256(bytes),
    ]);
    const place = `objects/${row!.workspace_id}/${blob!.key_id}/${sha256(bytes)}`;
    const sealed: Uint8Array[] = [];
    for await (const piece of await testStorage().read(place, 0, 10_000)) sealed.push(piece);
    expect(Buffer.concat(sealed).length).toBeGreaterThan(bytes.length);
    expect(Buffer.concat(sealed).includes("a text of its own")).toBe(false);
    const content = await testApp(t).request(`/api/v1/assets/${upload.assetId}/content`, {
      headers: { authorization: `Bearer ${writer!.sessionId}` },
    });
    expect(await content.text()).toBe(bytes.toString());
    await expect(testStorage().readStaged(staged)).rejects.toThrow(StorageError);
    await expect(testStorage().partsOf(staged)).rejects.toThrow(StorageError);
  });

  it("takes several parts, and goes on where it was cut off", async () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024 + 10, "All of this is text.\n");
    const upload = await begin(writer!, { fileName: "a.txt", contentType: "text/plain", sizeBytes: bytes.length });
    expect(upload.parts.map(({ sizeBytes, received }) => [sizeBytes, received])).toEqual([
      [5 * 1024 * 1024, false],
      [10, false],
    ]);
    expect((await sendPart(t, upload.parts[1]!, bytes.subarray(-10))).status).toBe(200);
    const incomplete = await call(writer!, "POST", `/assets/uploads/${upload.id}/complete`);
    expectRefusal(incomplete, 409, "upload_incomplete");
    expect(incomplete.body.missing).toEqual([1]);
    const { parts } = await uploadOf(writer!, upload.id);
    expect(parts.map(({ number, received, url }) => [number, received, typeof url])).toEqual([
      [1, false, "string"],
      [2, true, "undefined"],
    ]);
    expect((await sendPart(t, parts[0]!, bytes.subarray(0, -10))).status).toBe(200);
    expect((await call(writer!, "POST", `/assets/uploads/${upload.id}/complete`)).status).toBe(200);
    await ingestAll(t);
    expect(await uploadOf(writer!, upload.id)).toMatchObject({ status: "Ready" });
  });

  it("is kept once, however often it is uploaded, and in each workspace for itself", async () => {
    const bytes = await aPicture();
    const [first, second] = [
      await uploadAsset(t, call, writer!, { bytes }),
      await uploadAsset(t, call, editor!, { bytes, fileName: "again.png" }),
    ];
    expect(first).not.toBe(second);
    await uploadAsset(t, call, stranger!, { bytes });
    const blobs = await t.asOwner<{ workspace_id: string }>("select workspace_id from assets_blobs where sha256 = $1", [
      sha256(bytes),
    ]);
    expect(blobs.map((blob) => blob.workspace_id).sort()).toEqual([writer!.workspaceId, stranger!.workspaceId].sort());
  });

  it("is kept once also where two come at the same moment", async () => {
    const bytes = await aPicture();
    const ids = [await sendFile(t, call, writer!, { bytes }), await sendFile(t, call, editor!, { bytes })];
    // Both have looked for the blob and found none before either writes it.
    const storage = meeting(testStorage(), 2);
    await ingestAll(t, storage);
    const uploads = [await uploadOf(writer!, ids[0]!), await uploadOf(editor!, ids[1]!)];
    expect(uploads.map(({ status }) => status)).toEqual(["Ready", "Ready"]);
    expect(
      storage.outcomes
        .filter(({ key }) => key.endsWith(sha256(bytes)))
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(["Exists", "Written"]);
    expect(await t.asOwner("select from assets_blobs where sha256 = $1", [sha256(bytes)])).toHaveLength(1);
    for (const { assetId } of uploads) {
      const content = await testApp(t).request(`/api/v1/assets/${assetId}/content`, {
        headers: { authorization: `Bearer ${writer!.sessionId}` },
      });
      expect(Buffer.from(await content.arrayBuffer()).equals(bytes)).toBe(true);
    }
  });

  it("may be sent again by nobody while it is looked at: other bytes are never kept under its hash", async () => {
    const bytes = Buffer.from(`seen at first ${randomUUID()}`);
    const id = await sendFile(t, call, writer!, { bytes, fileName: "a.txt", contentType: "text/plain" });
    const storage = testStorage();
    let reads = 0;
    const changing = {
      ...storage,
      async readStaged(staged: Parameters<typeof storage.readStaged>[0]) {
        reads += 1;
        return reads === 1 ? storage.readStaged(staged) : [Buffer.from("seen at last !".padEnd(bytes.length))].values();
      },
    };
    await expect(ingestAll(t, changing as never)).rejects.toThrow("have changed");
    expect(await t.asOwner("select from assets_blobs where sha256 = $1", [sha256(bytes)])).toEqual([]);
    await t.asOwner("update graphile_worker._private_jobs set run_at = now(), locked_by = null");
    await ingestAll(t);
    expect(await uploadOf(writer!, id)).toMatchObject({ status: "Ready" });
  });

  it("goes to the folder that was asked for, or to none where that was removed meanwhile", async () => {
    const folder = (await call(editor!, "POST", "/assets/folders", { name: randomUUID() })).body.id as string;
    const bytes = await aPicture();
    const there = await uploadAsset(t, call, editor!, { bytes, folderId: folder });
    expect((await call(editor!, "GET", `/assets/${there}`)).body.folderId).toBe(folder);
    const empty = (await call(editor!, "POST", "/assets/folders", { name: randomUUID() })).body.id as string;
    const id = await sendFile(t, call, editor!, { bytes, folderId: empty });
    expect((await call(editor!, "DELETE", `/assets/folders/${empty}`)).status).toBe(204);
    await ingestAll(t);
    const { assetId } = await uploadOf(editor!, id);
    expect((await call(editor!, "GET", `/assets/${assetId}`)).body.folderId).toBeNull();
  });
});

/** A storage whose first objects are all written at once, when so many have come. */
function meeting(storage: ReturnType<typeof testStorage>, count: number) {
  const outcomes: { key: string; outcome: string }[] = [];
  let open = () => {};
  let waiting = 0;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    ...storage,
    outcomes,
    async put(key: string, sizeBytes: number, bytes: AsyncIterable<Uint8Array>) {
      waiting += 1;
      if (waiting >= count) open();
      await gate;
      const outcome = await storage.put(key, sizeBytes, bytes);
      outcomes.push({ key, outcome });
      return outcome;
    },
  };
}

describe("a file that is not what it says", () => {
  it.each<[string, Buffer, object, RegExp]>([
    ["a page named as a picture", Buffer.from("<!doctype html><h1>Hi</h1>"), {}, /not a image\/png file/],
    ["a damaged picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), {}, /can't be read|damaged/],
    [
      "other bytes than were hashed",
      Buffer.from("text"),
      { fileName: "a.txt", contentType: "text/plain", sha256: "0".repeat(64) },
      /SHA-256/,
    ],
  ])("is refused with a sentence: %s", async (_, bytes, said, sentence) => {
    const upload = await outcomeOf(t, call, writer!, { bytes, ...said });
    expect(upload).toMatchObject({ status: "Refused", assetId: null, reason: expect.stringMatching(sentence) });
    expect(await t.asOwner("select from assets_blobs where sha256 = $1", [sha256(bytes)])).toEqual([]);
    expect(await t.asOwner("select type from events where subject_id = $1", [upload.id])).toEqual([
      { type: "assets.refused" },
    ]);
  });

  it("is refused where its bytes are gone before they were looked at", async () => {
    const id = await sendFile(t, call, writer!, { bytes: await aPicture() });
    await testStorage().drop({ key: `staging/${writer!.workspaceId}/${id}`, ref: "folder" });
    await ingestAll(t);
    expect(await uploadOf(writer!, id)).toMatchObject({
      status: "Refused",
      reason: expect.stringMatching(/upload it again/),
    });
  });
});

describe("an upload", () => {
  it.each<[string, object, number, string]>([
    ["of a page", { contentType: "text/html" }, 415, "unsupported_media_type"],
    ["of SVG", { contentType: "image/svg+xml" }, 415, "unsupported_media_type"],
    ["of an archive that is not for an import", { contentType: "application/zip" }, 415, "unsupported_media_type"],
    ["of more than its kind may have", { sizeBytes: 31 * 1024 * 1024 }, 413, "too_large"],
    ["of nothing", { sizeBytes: 0 }, 400, "invalid_request"],
    ["with a path for a name", { fileName: "../../etc/passwd" }, 400, "invalid_request"],
    ["with a name that is written backwards", { fileName: "spring\u202egpj.exe" }, 400, "invalid_request"],
    ["with a line break in its name", { fileName: "a\r\nSet-Cookie: b.png" }, 400, "invalid_request"],
    ["with a hash that is none", { sha256: "abc" }, 400, "invalid_request"],
    ["with a field that nobody knows", { path: "/tmp" }, 400, "invalid_request"],
    ["into a folder that isn't there", { folderId: randomUUID() }, 404, "not_found"],
  ])("%s is refused before a byte is sent", async (_, over, status, code) => {
    const count = () => t.asOwner("select from assets_uploads");
    const before = (await count()).length;
    expectRefusal(await call(writer!, "POST", "/assets/uploads", { ...PICTURE, sizeBytes: 4, ...over }), status, code);
    expect(await count()).toHaveLength(before);
  });

  it("is for Writers and above, and nobody's business but the uploader's", async () => {
    expectRefusal(await call(null, "POST", "/assets/uploads", { ...PICTURE, sizeBytes: 4 }), 401, "unauthenticated");
    expectRefusal(await call(viewer!, "POST", "/assets/uploads", { ...PICTURE, sizeBytes: 4 }), 403, "forbidden");
    const upload = await begin(writer!);
    for (const other of [otherWriter!, editor!, admin!, viewer!, stranger!]) {
      expectRefusal(await call(other, "GET", `/assets/uploads/${upload.id}`), 404, "not_found");
      expectRefusal(await call(other, "POST", `/assets/uploads/${upload.id}/complete`), 404, "not_found");
      expectRefusal(await call(other, "DELETE", `/assets/uploads/${upload.id}`), 404, "not_found");
    }
    expect(await uploadOf(writer!, upload.id)).toMatchObject({ status: "Open" });
  });

  it("is begun once for a key; the repeated answer has no addresses, which a read gives anew", async () => {
    const key = { "idempotency-key": randomUUID() };
    const input = { ...PICTURE, sizeBytes: 4 };
    const first = await call(writer!, "POST", "/assets/uploads", input, key);
    const again = await call(writer!, "POST", "/assets/uploads", input, key);
    expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
    expect(again.body).toEqual({ ...first.body, parts: [] });
    expect((await uploadOf(writer!, first.body.id as string)).parts[0]!.url).toMatch(/^https:/);
    const stored = await t.asOwner<{ response: unknown }>("select response from idempotency_keys where key = $1", [
      key["idempotency-key"],
    ]);
    expect(JSON.stringify(stored)).not.toContain("token=");
    const other = await call(writer!, "POST", "/assets/uploads", { ...input, sizeBytes: 5 }, key);
    expectRefusal(other, 409, "idempotency_key_reused");
  });

  it("that was given up, completed or forgotten takes nothing more", async () => {
    const dropped = await begin(writer!);
    expect((await sendPart(t, dropped.parts[0], Buffer.from("text"))).status).toBe(200);
    expect((await call(writer!, "DELETE", `/assets/uploads/${dropped.id}`)).status).toBe(204);
    expect(await uploadOf(writer!, dropped.id)).toMatchObject({ status: "Aborted" });
    expectRefusal(await call(writer!, "POST", `/assets/uploads/${dropped.id}/complete`), 409, "upload_closed");
    expectRefusal(await call(writer!, "DELETE", `/assets/uploads/${dropped.id}`), 409, "upload_closed");
    expect((await sendPart(t, dropped.parts[0], Buffer.from("text"))).status).toBe(409);

    const done = await sendFile(t, call, writer!, { bytes: await aPicture() });
    expectRefusal(await call(writer!, "POST", `/assets/uploads/${done}/complete`), 409, "upload_closed");
    expectRefusal(await call(writer!, "DELETE", `/assets/uploads/${done}`), 409, "upload_closed");
    await ingestAll(t);
    expect(await uploadOf(writer!, done)).toMatchObject({ status: "Ready" });

    const forgotten = await begin(writer!);
    await t.asOwner("update assets_uploads set expires_at = now() where id = $1", [forgotten.id]);
    expectRefusal(await call(writer!, "POST", `/assets/uploads/${forgotten.id}/complete`), 409, "upload_closed");
    expect((await uploadOf(writer!, forgotten.id)).parts[0]!.url).toBeUndefined();
  });

  it("is completed once of two at the same moment", async () => {
    const upload = await begin(writer!, { fileName: "a.txt", contentType: "text/plain" });
    await sendPart(t, upload.parts[0], Buffer.from("text"));
    const complete = () => call(writer!, "POST", `/assets/uploads/${upload.id}/complete`);
    const answers = await t.collide("assets_uploads", upload.id, [complete, complete]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await ingestAll(t);
  });

  it("is ended with the session's role: who may no longer write can't complete it", async () => {
    const leaver = await seedMember(t, writer!.workspaceId, "Writer");
    const upload = await begin(leaver, { fileName: "a.txt", contentType: "text/plain" });
    await sendPart(t, upload.parts[0], Buffer.from("text"));
    await t.asOwner("update workspace_members set role = 'Viewer' where user_id = $1", [leaver.userId]);
    expectRefusal(await call(leaver, "POST", `/assets/uploads/${upload.id}/complete`), 403, "forbidden");
    expectRefusal(await call(leaver, "DELETE", `/assets/uploads/${upload.id}`), 403, "forbidden");
    expect(await t.asOwner("select status from assets_uploads where id = $1", [upload.id])).toEqual([
      { status: "Open" },
    ]);
  });
});

describe("an address of a part", () => {
  it("needs no session, takes exactly the part it was made for, and is a problem document otherwise", async () => {
    const [upload, other] = [await begin(writer!), await begin(writer!)];
    const [part] = upload.parts;
    const answer = await sendPart(t, { ...part, url: part.url.replace(upload.id, other.id) }, Buffer.from("text"));
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      403,
      "application/problem+json; charset=utf-8",
    ]);
    expect(
      (await sendPart(t, { ...part, url: part.url.replace(/token=.*/, "token=x") }, Buffer.from("text"))).status,
    ).toBe(403);
    expect((await sendPart(t, { ...part, url: part.url.replace(/\?.*/, "") }, Buffer.from("text"))).status).toBe(403);
    expect((await sendPart(t, part, Buffer.from("text"), { "content-type": "text/html" })).status).toBe(415);
    expect((await sendPart(t, part, Buffer.from("texts"))).status).toBe(400);
    expect((await sendPart(t, part, Buffer.from("tex"))).status).toBe(400);
    expect((await uploadOf(writer!, upload.id)).parts[0]).toMatchObject({ received: false });
    const taken = await sendPart(t, part, Buffer.from("text"));
    expect([taken.status, taken.headers.get("x-content-type-options"), taken.headers.get("cache-control")]).toEqual([
      200,
      "nosniff",
      "private, no-store",
    ]);
  });

  it("counts against its sender's limit", async () => {
    const upload = await begin(writer!);
    const { pathname, search } = new URL(upload.parts[0].url);
    const app = testApp(t, { rateLimitFactor: 0.001 });
    const send = () =>
      app.request(pathname + search, { method: "PUT", headers: upload.parts[0].headers, body: "text" });
    expect((await send()).status).toBe(200);
    const limited = await send();
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, expect.any(String)]);
  });

  it("isn't served where S3 takes the parts itself", async () => {
    const upload = await begin(writer!);
    const { receivePart, tokens, ...elsewhere } = folderStorage("/nowhere");
    const { pathname, search } = new URL(upload.parts[0].url);
    const answer = await testApp(t, { storage: elsewhere }).request(pathname + search, { method: "PUT", body: "text" });
    expect(answer.status).toBe(401);
  });
});
