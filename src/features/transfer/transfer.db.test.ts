import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Member, seedMember } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import {
  asFeed,
  askForImport,
  asZip,
  entriesOf,
  exportAll,
  importFile,
  runTransfers,
  transferDeps,
} from "#tests/factories/transfer";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { makeDue } from "#tests/harness/jobs";
import { testStorage } from "#tests/harness/storage";
import { OutboundError } from "@/platform/outbound-fetch";
import { StorageError } from "@/platform/storage/storage";

const t = testDatabase();
const call = caller(t);

const picture = '<p><img src="https://pictures.test/b.png"></p>';
const three = asFeed([
  { title: "A", html: "a" },
  { title: "B", html: picture },
  { title: "C", html: "c" },
]);
const upload = (who: Member) => uploadAsset(t, call, who, { ...three, purpose: "Import" });
/** Where the picture of the second entry is asked for, so that something can happen in the middle of an import. */
const meanwhile = (act: () => Promise<unknown>) =>
  transferDeps(t, {
    fetch: async () => {
      await act();
      throw new OutboundError("unreachable", "Nobody answers.", false);
    },
  });

describe("an import", () => {
  it("is asked for by Editors and Admins, read by them, and by nobody else", async () => {
    const { admin, editor, writer, viewer } = await seedTeam(t);
    const assetId = await upload(editor);
    const stranger = (await seedTeam(t)).admin;
    for (const who of [writer, viewer]) {
      expect(await call(who, "POST", "/content/import", { assetId })).toMatchObject({
        status: 403,
        body: { code: "forbidden" },
      });
      expect((await call(who, "GET", "/content/import")).status).toBe(403);
    }
    expect((await call(null, "POST", "/content/import", { assetId })).status).toBe(401);
    expect((await call(stranger, "POST", "/content/import", { assetId })).status).toBe(404);
    expect(await t.asOwner("select 1 from transfer_imports")).toEqual([]);

    const asked = await call(admin, "POST", "/content/import", { assetId });
    expect(asked).toMatchObject({ status: 202, body: { status: "Queued", progress: { done: 0, total: null } } });
    const path = `/content/import/${asked.body.id}`;
    for (const who of [writer, viewer]) {
      for (const read of [path, `${path}/entries`]) expect((await call(who, "GET", read)).status).toBe(403);
      expect((await call(who, "POST", `${path}/cancel`)).status).toBe(403);
    }
    for (const read of [path, `${path}/entries`]) expect((await call(stranger, "GET", read)).status).toBe(404);
    expect((await call(stranger, "POST", `${path}/cancel`)).status).toBe(404);
    expect((await call(editor, "GET", path)).body.status).toBe("Queued");
  });

  it("names one file, which was uploaded to be imported and is ready", async () => {
    const { editor, admin } = await seedTeam(t);
    const asks = (body: object) => call(editor, "POST", "/content/import", body);
    expect(await asks({})).toMatchObject({ status: 400, body: { issues: [{ path: "uploadId" }] } });
    const assetId = await upload(editor);
    expect((await asks({ assetId, uploadId: assetId })).status).toBe(400);
    expect((await asks({ assetId, extra: 1 })).status).toBe(400);
    expect((await asks({ assetId: randomUUID() })).status).toBe(404);
    expect((await asks({ uploadId: randomUUID() })).status).toBe(404);
    expect(await asks({ assetId, options: { authorMap: { Ada: randomUUID() } } })).toMatchObject({
      status: 400,
      body: { issues: [{ path: "options.authorMap.Ada" }] },
    });
    const picture = await uploadAsset(t, call, editor, { bytes: await aPicture() });
    expect(await asks({ assetId: picture })).toMatchObject({ status: 400, body: { issues: [{ path: "assetId" }] } });
    const begun = await call(editor, "POST", "/assets/uploads", {
      fileName: "x.zip",
      contentType: "application/zip",
      sizeBytes: 10,
      purpose: "Import",
    });
    expect(await asks({ uploadId: begun.body.id })).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(await call(admin, "POST", "/content/import", { uploadId: begun.body.id })).toMatchObject({ status: 404 });
  });

  it("is one at a time, also where two ask at once, and one for one Idempotency-Key", async () => {
    const { workspace, editor, admin } = await seedTeam(t);
    const assetId = await upload(editor);
    const ask = (who: typeof editor) => () => call(who, "POST", "/content/import", { assetId });
    const answers = await t.collide("workspaces", workspace.id, [ask(editor), ask(admin)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe("import_running");
    await runTransfers(t);
    const key = { "idempotency-key": randomUUID() };
    const once = await call(editor, "POST", "/content/import", { assetId }, key);
    const twice = await call(editor, "POST", "/content/import", { assetId }, key);
    expect([once.status, twice.status, twice.body.id]).toEqual([202, 202, once.body.id]);
    expect(await call(editor, "POST", "/content/import", { assetId, options: { dryRun: true } }, key)).toMatchObject({
      status: 409,
      body: { code: "idempotency_key_reused" },
    });
  });

  it("tells in its report what happened to each entry, a page at a time", async () => {
    const { editor } = await seedTeam(t);
    const broken = {
      "a.md": "---\ntitle: [\n---\n",
      "b.md": "# B",
      "c.md": "+++\n+++\n",
      "d.md": "# D",
      "e.zip": "PK",
    };
    const done = await importFile(t, call, editor, await asZip(broken));
    expect(done.counts).toMatchObject({ imported: 2, failed: 2, skipped: 1 });
    expect(done.progress).toEqual({ done: 5, total: 5 });
    const path = `/content/import/${done.id}/entries`;
    const first = await call(editor, "GET", `${path}?limit=2`);
    expect(first.body.items!.map(({ key }) => key)).toEqual(["a.md", "b.md"]);
    const second = await call(editor, "GET", `${path}?limit=2&cursor=${first.body.nextCursor}`);
    expect(second.body.items!.map(({ key }) => key)).toEqual(["c.md", "d.md"]);
    expect((await entriesOf(call, editor, done.id, "&outcome=Failed")).map(({ message }) => message)).toEqual([
      expect.stringContaining("Its front matter is no YAML"),
      expect.stringContaining("TOML"),
    ]);
    expect(await call(editor, "GET", `${path}?cursor=nonsense`)).toMatchObject({
      status: 400,
      body: { code: "invalid_cursor" },
    });
    const list = await call(editor, "GET", "/content/import?limit=1");
    expect(list.body).toMatchObject({ items: [{ id: done.id }], nextCursor: null });
  });

  it("brings nothing in where it is dry, and says what it would", async () => {
    const { editor } = await seedTeam(t);
    const done = await importFile(t, call, editor, await asZip({ "a.md": "# A", "b.md": "---\na: [\n---" }), {
      dryRun: true,
    });
    expect(done).toMatchObject({ status: "Finished", counts: { imported: 1, failed: 1 } });
    expect((await call(editor, "GET", "/content")).body.items).toEqual([]);
  });

  it("fails with a sentence where the file is nothing that can be read, or another thing than was said", async () => {
    const { editor } = await seedTeam(t);
    const nothing = await importFile(t, call, editor, await asZip({ "a.txt": "words" }));
    expect(nothing).toMatchObject({ status: "Failed", message: expect.stringContaining("It has no Markdown") });
    const assetId = await upload(editor);
    const asked = await call(editor, "POST", "/content/import", { assetId, format: "WordPress" });
    await runTransfers(t);
    expect((await call(editor, "GET", `/content/import/${asked.body.id}`)).body).toMatchObject({
      status: "Failed",
      message: "It is no WordPress source, but Rss.",
    });
  });

  it("that is canceled while it runs takes in nothing more, and leaves what has come", async () => {
    const { editor } = await seedTeam(t);
    const id = await askForImport(t, call, editor, three);
    await runTransfers(
      t,
      meanwhile(async () => expect((await call(editor, "POST", `/content/import/${id}/cancel`)).status).toBe(200)),
    );
    expect((await call(editor, "GET", `/content/import/${id}`)).body).toMatchObject({
      status: "Canceled",
      counts: { imported: 1 },
    });
    expect((await call(editor, "GET", "/content")).body.items).toMatchObject([{ title: "A" }]);
    expect(await call(editor, "POST", `/content/import/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: "import_over" },
    });
    const again = await importFile(t, call, editor, three);
    expect(again.counts).toMatchObject({ imported: 2, unchanged: 1 });
  });

  it("that is canceled before it begins never begins", async () => {
    const { editor } = await seedTeam(t);
    const id = await askForImport(t, call, editor, three);
    await call(editor, "POST", `/content/import/${id}/cancel`);
    await runTransfers(t);
    expect((await call(editor, "GET", `/content/import/${id}`)).body).toMatchObject({
      status: "Canceled",
      counts: { imported: 0 },
    });
  });

  it.each([
    [
      "was removed",
      "update workspace_members set removed_at = now() where user_id = $1",
      "Whoever asked for this import is no member any more.",
    ],
    [
      "was suspended",
      "update users set suspended_at = now() where id = $1",
      "Whoever asked for this import is no member any more.",
    ],
    [
      "is a Writer by now",
      "update workspace_members set role = 'Writer' where user_id = $1",
      "Whoever asked for this import is no Editor or Admin any more.",
    ],
  ])("ends where whoever asked for it %s", async (_, statement, message) => {
    const { editor, admin } = await seedTeam(t);
    const id = await askForImport(t, call, editor, three);
    await runTransfers(
      t,
      meanwhile(() => t.asOwner(statement, [editor.userId])),
    );
    expect((await call(admin, "GET", `/content/import/${id}`)).body).toMatchObject({
      status: "Failed",
      message,
      counts: { imported: 1 },
    });
    expect((await call(admin, "GET", "/content")).body.items).toMatchObject([{ title: "A", createdBy: editor.userId }]);
  });

  it("is told in events and in the audit log, as the person who asked", async () => {
    const { workspace, editor } = await seedTeam(t);
    const done = await importFile(t, call, editor, await asZip({ "a.md": "# A" }));
    const counts = { imported: 1, updated: 0, unchanged: 0, conflicts: 0, skipped: 0, failed: 0 };
    const events = await t.asOwner("select type, payload, actor_id from events where subject_id = $1 order by id", [
      done.id,
    ]);
    expect(events).toEqual([
      { type: "transfer.import_started", payload: {}, actor_id: editor.userId },
      { type: "transfer.import_finished", payload: counts, actor_id: editor.userId },
    ]);
    const audit = await t.asOwner(
      "select action, actor_kind, actor_id from audit_events where workspace_id = $1 and action like 'transfer.%' order by at, id",
      [workspace.id],
    );
    expect(audit).toEqual([
      { action: "transfer.import_asked", actor_kind: "Member", actor_id: editor.userId },
      { action: "transfer.imported", actor_kind: "Member", actor_id: editor.userId },
    ]);
  });
});

describe("authors", () => {
  it("are assigned by the map, or by their address, and kept as the source had them", async () => {
    const { editor, writer } = await seedTeam(t);
    const by = (author: string) => `---\nauthor: ${author}\n---\nText`;
    const sources = { "a.md": by("Ada"), "b.md": by(`Somebody <${writer.email}>`), "c.md": by("Unknown") };
    const done = await importFile(t, call, editor, await asZip(sources), { authorMap: { ada: editor.userId } });
    const items = await Promise.all(
      done.entries.map(({ contentItemId }) => call(editor, "GET", `/content/${contentItemId}`)),
    );
    expect(items.map(({ body }) => body.assigneeId)).toEqual([editor.userId, writer.userId, null]);
    const origins = await t.asOwner(
      "select author_name from transfer_origins where subject_id = any($1) order by author_name",
      [done.entries.map(({ contentItemId }) => contentItemId)],
    );
    expect(origins).toEqual([{ author_name: "Ada" }, { author_name: "Somebody" }, { author_name: "Unknown" }]);
  });
});

describe("an export", () => {
  it("is an Admin's: asked for, read and downloaded by no other, and by nobody of another workspace", async () => {
    const { admin, editor, writer, viewer } = await seedTeam(t);
    const { id } = await exportAll(t, call, admin);
    const path = `/content/export/${id}`;
    for (const who of [editor, writer, viewer]) {
      expect((await call(who, "POST", "/content/export", {})).status).toBe(403);
      for (const read of ["/content/export", path, `${path}/download`])
        expect((await call(who, "GET", read)).status).toBe(403);
    }
    expect((await call(null, "GET", `${path}/download`)).status).toBe(401);
    const stranger = (await seedTeam(t)).admin;
    for (const read of [path, `${path}/download`]) expect((await call(stranger, "GET", read)).status).toBe(404);
    expect((await call(stranger, "GET", "/content/export")).body.items).toEqual([]);
    expect((await call(admin, "GET", "/content/export")).body.items).toMatchObject([{ id, status: "Finished" }]);
    expect((await call(admin, "POST", "/content/export", { filter: { tag: "x" } })).status).toBe(400);
  });

  it("is one at a time, and is downloaded once it is ready, until it expires", async () => {
    const { workspace, admin } = await seedTeam(t);
    const answers = await t.collide(
      "workspaces",
      workspace.id,
      [1, 2].map(() => () => call(admin, "POST", "/content/export", {})),
    );
    expect(answers.map(({ status, body }) => [status, body.code]).sort()).toEqual([
      [202, undefined],
      [409, "export_running"],
    ]);
    const { id } = answers.find(({ status }) => status === 202)!.body;
    const path = `/content/export/${id}`;
    expect(await call(admin, "GET", `${path}/download`)).toMatchObject({
      status: 409,
      body: { code: "export_not_ready" },
    });
    await runTransfers(t);
    const { body } = await call(admin, "GET", path);
    const life = Date.parse(String(body.expiresAt)) - Date.parse(String(body.endedAt));
    expect([body.status, life]).toEqual(["Finished", 7 * 86_400_000]);
    await makeDue(t);
    await runTransfers(t);
    expect((await call(admin, "GET", path)).body.status).toBe("Expired");
    expect(await call(admin, "GET", `${path}/download`)).toMatchObject({
      status: 409,
      body: { code: "export_not_ready" },
    });
    expect(await t.asOwner("select wrapped_key from transfer_exports where id = $1", [id])).toEqual([
      { wrapped_key: null },
    ]);
    await expect(testStorage().read(`exports/${workspace.id}/${id}`, 0, 1)).rejects.toBeInstanceOf(StorageError);
  });

  it("is told in the audit log, as is each download and each item", async () => {
    const { workspace, admin, writer } = await seedTeam(t);
    const item = await call(writer, "POST", "/content", { title: "A" });
    await exportAll(t, call, admin);
    await call(writer, "GET", `/content/${item.body.id}/export`).catch(() => {});
    const audit = await t.asOwner<{ action: string }>(
      "select action from audit_events where workspace_id = $1 and action like 'transfer.%' order by at, id",
      [workspace.id],
    );
    expect(audit.map(({ action }) => action)).toEqual([
      "transfer.export_asked",
      "transfer.exported",
      "transfer.export_downloaded",
      "transfer.item_exported",
    ]);
    const events = await t.asOwner(
      "select payload from events where type = 'transfer.export_finished' and workspace_id = $1",
      [workspace.id],
    );
    expect(events).toEqual([{ payload: { items: 1, sizeBytes: expect.any(Number) } }]);
  });

  it("fails where whoever asked is no Admin any more", async () => {
    const { admin, workspace } = await seedTeam(t);
    const other = await seedMember(t, workspace.id, "Admin");
    const asked = await call(other, "POST", "/content/export", {});
    await t.asOwner("update workspace_members set role = 'Editor' where user_id = $1", [other.userId]);
    await runTransfers(t);
    expect((await call(admin, "GET", `/content/export/${asked.body.id}`)).body).toMatchObject({
      status: "Failed",
      message: "Whoever asked for this export is no Admin any more.",
    });
  });
});

describe("one item as a file", () => {
  it("is for all who write, and for nobody of another workspace", async () => {
    const { writer, viewer, editor } = await seedTeam(t);
    const { body } = await call(editor, "POST", "/content", { title: "A", body: "Words" });
    const path = `/content/${body.id}/export`;
    expect((await call(viewer, "GET", path)).status).toBe(403);
    expect((await call((await seedTeam(t)).admin, "GET", path)).status).toBe(404);
    expect((await call(null, "GET", path)).status).toBe(401);
    expect((await call(writer, "GET", `/content/${randomUUID()}/export`)).status).toBe(404);
  });
});
