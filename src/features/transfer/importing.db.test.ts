import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { seedTeam } from "#tests/factories/approval";
import { aPicture } from "#tests/factories/assets";
import { asZip, importFile } from "#tests/factories/transfer";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

const post = (title: string, body: string, more = "") => `---\ntitle: ${title}\n${more}---\n${body}`;

describe("a folder of Markdown", () => {
  it("becomes items with tags, metadata, pictures and links to one another", async () => {
    const { editor } = await seedTeam(t);
    const picture = await aPicture();
    const file = await asZip({
      "posts/one.md": post(
        "One",
        "\nHello ![A tulip](img/a.png), see [two](two.md#end) and [out](https://example.com).\n",
        "date: 2024-02-03\ntags: [News, spring]\ncategories: Garden\nslug: one\ndescription: The first\nlayout: wide\n",
      ),
      "posts/two.md": post("Two", "\nBack to [one](./one.md).\n"),
      "posts/img/a.png": picture,
    });
    const done = await importFile(t, call, editor, file);
    expect(done).toMatchObject({ status: "Finished", message: null, format: "Folder", source: "blog" });
    expect(done.counts).toEqual({ imported: 2, updated: 0, unchanged: 0, conflicts: 0, skipped: 0, failed: 0 });
    expect(done.progress).toEqual({ done: 2, total: 2 });
    const [one, two] = done.entries;
    expect([one, two]).toMatchObject([
      { position: 1, key: "one.md", outcome: "Imported", title: "One", notes: [], message: null },
      { position: 2, key: "two.md", outcome: "Imported", title: "Two" },
    ]);
    const { body: item } = await call(editor, "GET", `/content/${one!.contentItemId}`);
    const library = await call(editor, "GET", "/assets");
    expect(library.body.items).toMatchObject([{ fileName: "a.png", altText: "A tulip" }]);
    const assetId = library.body.items![0]!.id;
    expect(item).toMatchObject({
      title: "One",
      status: "Draft",
      createdBy: editor.userId,
      tags: [{ name: "Garden" }, { name: "News" }, { name: "spring" }],
      currentVersion: {
        versionNumber: 1,
        body: `\nHello ![A tulip](asset:${assetId}), see [two](content:${two!.contentItemId}#end) and [out](https://example.com).\n`,
        metadata: { slug: "one", description: "The first", firstPublishedAt: "2024-02-03T00:00:00.000Z" },
      },
    });
    const other = await call(editor, "GET", `/content/${two!.contentItemId}`);
    expect(other.body.currentVersion).toMatchObject({ body: `\nBack to [one](content:${one!.contentItemId}).\n` });
  });

  it("adds nothing when it is imported again, whoever does it and whatever the file is called", async () => {
    const { editor, admin } = await seedTeam(t);
    const files = { "a.md": post("A", "Text"), "b.md": "# B\n\nMore" };
    await importFile(t, call, editor, await asZip(files));
    const again = await importFile(t, call, admin, await asZip(files));
    expect(again.counts).toMatchObject({ imported: 0, unchanged: 2 });
    const renamed = await importFile(t, call, editor, await asZip(files, "blog (1).zip"));
    expect(renamed.counts).toMatchObject({ imported: 0, unchanged: 2 });
    expect(renamed.entries[0]!.message).toBe("It was imported before, as part of blog.");
    const list = await call(editor, "GET", "/content");
    expect(list.body.items).toHaveLength(2);
  });

  it("does not read again what it knows", async () => {
    const { workspace, editor } = await seedTeam(t);
    await importFile(t, call, editor, await asZip({ "a.html": "<title>Known</title><p>Text" }));
    // Too intricate to be read: whoever tried would fail.
    const deep = `<title>Deep</title>${"<div>".repeat(20_000)}`;
    const hash = createHash("sha256").update(deep).digest("hex");
    const files = await asZip({ "a.html": deep, "b.html": deep });
    await t.asOwner("update transfer_entries set raw_hash = $2 where workspace_id = $1", [workspace.id, hash]);
    const again = await importFile(t, call, editor, files);
    expect(again.entries).toMatchObject([
      { key: "a.html", outcome: "Unchanged", title: "Known" },
      { key: "b.html", outcome: "Failed", title: null, message: expect.stringContaining("too intricate") },
    ]);
  });

  it("leads links of HTML to the items that its other pages became", async () => {
    const { editor } = await seedTeam(t);
    const page = (words: string) => `<title>T</title><table><tr><th>A|B</th></tr><tr><td>${words}</td></tr></table>`;
    const files = {
      "a.html": page(`<a href="b.html#c" title="x"><b>b</b></a> <img src="no.png">`),
      "b.html": page("b"),
    };
    const { entries } = await importFile(t, call, editor, await asZip(files));
    const [a, b] = entries.map(({ contentItemId }) => contentItemId!);
    const item = await call(editor, "GET", `/content/${a}`);
    const { body } = item.body.currentVersion as unknown as { body: string };
    expect(body).toContain(`[**b**](content:${b}#c "x") ![](no.png)`);
    expect(body).toContain("A\\|B");
  });

  it("saves a version of what changed in the source, and leaves alone what was edited here", async () => {
    const { editor } = await seedTeam(t);
    const first = { "a.md": post("A", "Old a"), "b.md": post("B", "Old b"), "c.md": post("C", "Old c") };
    const before = await importFile(t, call, editor, await asZip(first));
    const [a, b, c] = before.entries.map(({ contentItemId }) => contentItemId!);
    await call(editor, "POST", `/content/${b}/versions`, { body: "Mine", baseVersion: 1 });
    await call(editor, "POST", `/content/${c}/archive`);
    const changed = { "a.md": post("A", "New a"), "b.md": post("B", "New b"), "c.md": post("C", "New c") };
    const after = await importFile(t, call, editor, await asZip(changed));
    expect(after.counts).toMatchObject({ imported: 0, updated: 1, conflicts: 2 });
    expect(after.entries.map(({ outcome, message }) => [outcome, message])).toEqual([
      ["Updated", null],
      ["Conflict", "It was edited here since it was imported. The source has changed, too: nothing was overwritten."],
      ["Conflict", "It is archived here. The source has changed, too: nothing was overwritten."],
    ]);
    const [itemA, itemB] = [await call(editor, "GET", `/content/${a}`), await call(editor, "GET", `/content/${b}`)];
    expect(itemA.body.currentVersion).toMatchObject({ versionNumber: 2, body: "New a" });
    expect(itemB.body.currentVersion).toMatchObject({ versionNumber: 2, body: "Mine" });
  });
});
