import fc from "fast-check";
import { expect, it } from "vitest";
import type { Member } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { aPicture } from "#tests/factories/assets";
import { asZip, type Files, importFile } from "#tests/factories/transfer";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

/** All that an import may make, to the last column. */
async function everything(workspaceId: string) {
  const of = async (table: string, which = "true") =>
    (
      await t.asOwner<{ row: Record<string, unknown> }>(
        `select to_jsonb(r) as row from ${table} r where workspace_id = $1 and ${which} order by to_jsonb(r)::text`,
        [workspaceId],
      )
    ).map(({ row }) => row);
  return {
    items: await of("content_items"),
    versions: await of("content_versions"),
    tagged: await of("content_item_tags"),
    tags: await of("planning_tags"),
    // Beside them are the archives that were imported.
    assets: await of("assets", "purpose = 'Asset'"),
    uses: await of("assets_uses"),
    memory: await of("transfer_entries"),
    origins: await of("transfer_origins"),
  };
}

const TITLES = ["Spring", "spring", "Spring: a start", "Frühling & Söhne", "---", "#1", "Spring"];
const NAMES = [
  "a",
  "A",
  "index",
  "2024-02-03-launch",
  "ein wort",
  "grün",
  "100%",
  "a#b",
  "q?x",
  "it's",
  "日本",
  "x.y",
  "-",
];
const TAGS = ["News", "news", "Garden", "ein Wort", "日本", "a/b", "News "];
const PICTURES = ["one.png", "img/two.png", "img/one again.png"];

const title = fc.constantFrom(...TITLES);
const page = fc.record({
  folder: fc.constantFrom("", "posts/", "posts/deep er/"),
  name: fc.constantFrom(...NAMES),
  title: fc.option(title),
  heading: fc.option(title),
  tags: fc.array(fc.constantFrom(...TAGS), { maxLength: 3 }),
  slug: fc.option(fc.constantFrom("spring", "a", "Not a slug!")),
  date: fc.option(fc.constantFrom("2024-02-03", "2024-02-03 10:00:00 +0100", "soon")),
  /** Which pages it leads to, by their places; some of them aren't there. */
  links: fc.array(fc.nat(7), { maxLength: 3 }),
  pictures: fc.array(fc.constantFrom(...PICTURES, "missing.png"), { maxLength: 2 }),
  crlf: fc.boolean(),
});
type Page = typeof page extends fc.Arbitrary<infer T> ? T : never;
const pathOf = ({ folder, name }: Page) => `${folder}${name}.md`;
const folders = fc.uniqueArray(page, { minLength: 1, maxLength: 6, selector: pathOf });

const addressed = (path: string) => `/${path.split("/").map(encodeURIComponent).join("/")}`;

function textOf(one: Page, all: Page[]): string {
  const front = {
    ...(one.title !== null && { title: one.title }),
    ...(one.tags.length > 0 && { tags: one.tags }),
    ...(one.slug !== null && { slug: one.slug }),
    ...(one.date !== null && { date: one.date }),
    layout: "wide",
  };
  const lines = [
    "---",
    ...Object.entries(front).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    "---",
    ...(one.heading === null ? [] : [`# ${one.heading}`, ""]),
    ...one.links.map((at) => `See [it](${all[at] ? addressed(pathOf(all[at])) : "gone.md"}#part).`),
    ...one.pictures.map((path) => `![Seen](${addressed(path)})`),
    "The end.",
    "",
  ];
  return lines.join(one.crlf ? "\r\n" : "\n");
}

const bring = async (editor: Member, files: Files) => {
  const done = await importFile(t, call, editor, await asZip(files));
  expect(done).toMatchObject({ status: "Finished", message: null });
  return done;
};

it("what is imported twice is there once; what has changed comes as a version, and nothing else moves", async () => {
  const [one, two] = [await aPicture(40, 30), await aPicture(30, 40)];
  // What the library keeps once, although it comes under two names.
  const pictures = { "one.png": one, "img/two.png": two, "img/one again.png": one };
  const run = async (pages: Page[], changes: boolean[]) => {
    const { workspace, editor } = await seedTeam(t);
    const files = Object.fromEntries(pages.map((each) => [pathOf(each), textOf(each, pages)]));
    const first = await bring(editor, { ...files, ...pictures });
    expect(first.counts).toMatchObject({ imported: pages.length, failed: 0, conflicts: 0 });
    const before = await everything(workspace.id);
    expect(before.items).toHaveLength(pages.length);
    const shown = new Set(pages.flatMap((each) => each.pictures).filter((path) => path !== "missing.png"));
    expect(before.assets).toHaveLength(new Set([...shown].map((path) => path.includes("two"))).size);

    const again = await bring(editor, { ...files, ...pictures });
    expect(again.counts).toMatchObject({ imported: 0, updated: 0, unchanged: pages.length, failed: 0, conflicts: 0 });
    expect(await everything(workspace.id)).toEqual(before);

    const changed = new Set(pages.filter((_, at) => changes[at]).map(pathOf));
    const edited = Object.entries(files).map(([path, text]) => [path, changed.has(path) ? `${text}More.\n` : text]);
    const third = await bring(editor, { ...Object.fromEntries(edited), ...pictures });
    expect(third.counts).toMatchObject({ imported: 0, updated: changed.size, unchanged: pages.length - changed.size });
    const after = await everything(workspace.id);
    const ids = third.entries.filter(({ outcome }) => outcome === "Updated").map(({ contentItemId }) => contentItemId);
    expect(new Set(ids).size).toBe(changed.size);
    const untouched = (rows: Record<string, unknown>[], key = "content_item_id") =>
      rows.filter((row) => !ids.includes(String(row[key])));
    expect(untouched(after.items, "id")).toEqual(untouched(before.items, "id"));
    expect(untouched(after.memory)).toEqual(untouched(before.memory));
    expect(after.versions).toEqual(expect.arrayContaining(before.versions));
    const added = after.versions.filter(({ version_number }) => version_number === 2);
    expect(added.map(({ content_item_id }) => content_item_id).sort()).toEqual(ids.sort());
    for (const { body } of added) expect(String(body).replaceAll("\r", "")).toMatch(/The end\.\nMore\.\n$/);
    expect(after.versions).toHaveLength(pages.length + changed.size);
    const { tagged, tags, assets } = before;
    expect(after).toMatchObject({ tagged, tags, assets });
  };
  await fc.assert(fc.asyncProperty(folders, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), run), {
    numRuns: 15,
    endOnFailure: true,
  });
});
