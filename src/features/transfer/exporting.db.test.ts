import { describe, expect, it } from "vitest";
import { seedTeam } from "#tests/factories/approval";
import { aPicture } from "#tests/factories/assets";
import { asZip, download, exportAll, importFile } from "#tests/factories/transfer";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

describe("an archive", () => {
  it("has each item as a file, the pictures, and a manifest", async () => {
    const { admin, editor } = await seedTeam(t);
    const picture = await aPicture();
    const original = "---\ntitle: One\n# mine\nlayout:   wide\ntags: [a,b]\n---\n\nText ![Tulip](a.png)\n";
    await importFile(t, call, editor, await asZip({ "one.md": original, "a.png": picture }));
    await call(editor, "POST", "/content", { title: "Made here", body: "Words", metadata: { slug: "here" } });
    const { files, export: row, bytes } = await exportAll(t, call, admin);
    expect(row).toMatchObject({ items: 2, sizeBytes: bytes.length });
    const names = Object.keys(files);
    expect(names.filter((name) => !name.startsWith("assets/")).sort()).toEqual([
      "content/here.md",
      "content/one.md",
      "contentos.json",
    ]);
    expect(files["content/one.md"]!.toString()).toBe(original);
    expect(files["content/here.md"]!.toString()).toBe(
      "---\ntitle: Made here\nauthor: Kim Example\nslug: here\n---\n\nWords",
    );
    expect(files[names.find((name) => name.startsWith("assets/"))!]!.equals(picture)).toBe(true);
    const manifest = JSON.parse(files["contentos.json"]!.toString());
    expect(manifest).toMatchObject({ format: "ContentOS export", version: 1 });
  });

  it("names items and pictures by where they lie in it, so that its files alone can be followed, and brought in", async () => {
    const { admin, editor } = await seedTeam(t);
    const files = {
      "one.md": "# One\n\n![Tulip](<a b (1).png>) [two](two.md#x)\n",
      "two.md": "# Two\n",
      "a b (1).png": await aPicture(),
    };
    const { entries } = await importFile(t, call, editor, await asZip(files));
    const [one, two] = entries.map(({ contentItemId }) => contentItemId!);
    const { body } = await call(editor, "GET", `/content/${one}`);
    const edited = `${(body.currentVersion as unknown as { body: string }).body}\nMore [gone](content:${admin.userId}).\n`;
    await call(editor, "POST", `/content/${one}/versions`, { body: edited, baseVersion: 1 });
    const { files: out } = await exportAll(t, call, admin);
    const picture = Object.keys(out).find((name) => name.startsWith("assets/"))!;
    expect(out["content/one.md"]!.toString()).toBe(
      `# One\n\n![Tulip](../${encodeURI(picture).replace("(1)", "%281%29")}) [two](../content/two.md#x)\n\nMore [gone](content:${admin.userId}).\n`,
    );
    expect(edited).toContain(`content:${two}#x`);

    const { "contentos.json": _, ...folder } = out;
    const other = await seedTeam(t);
    const again = await importFile(t, call, other.editor, await asZip(folder));
    const [, there] = again.entries.map(({ contentItemId }) => contentItemId!);
    const moved = await call(other.editor, "GET", `/content/${again.entries[0]!.contentItemId}`);
    expect((moved.body.currentVersion as unknown as { body: string }).body).toMatch(
      new RegExp(`!\\[Tulip\\]\\(asset:[0-9a-f-]{36}\\) \\[two\\]\\(content:${there}#x\\)`),
    );
  });

  it("of many items is written without gathering listeners", async () => {
    const { admin, editor } = await seedTeam(t);
    const files = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`${n}.md`, `# Number ${n}\n`]));
    await importFile(t, call, editor, await asZip(files));
    const warnings: Error[] = [];
    const heard = (warning: Error) => void warnings.push(warning);
    process.on("warning", heard);
    const { files: out } = await exportAll(t, call, admin);
    await new Promise(setImmediate);
    process.off("warning", heard);
    expect(Object.keys(out)).toHaveLength(16);
    expect(warnings).toEqual([]);
  });

  it("gives an item with the front matter that it had, and what has changed", async () => {
    const { editor, writer } = await seedTeam(t);
    const original = "---\ntitle: One\n# mine\nlayout:   wide\ntags: [a,b]\n---\nText\n";
    const { entries } = await importFile(t, call, editor, await asZip({ "one.md": original }));
    const id = entries[0]!.contentItemId;
    expect((await download(t, writer, `/content/${id}/export`)).toString()).toBe(original);
    await call(editor, "PUT", `/content/${id}`, { title: "Another", metadata: { slug: "another" } });
    expect((await download(t, writer, `/content/${id}/export`)).toString()).toBe(
      "---\ntitle: Another\n# mine\nlayout: wide\ntags: [ a, b ]\nslug: another\n---\nText\n",
    );
  });
});
