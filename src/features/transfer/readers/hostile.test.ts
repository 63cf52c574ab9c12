import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RawEntry, rawZip } from "#tests/factories/raw-zip";
import { readWhole } from "#tests/factories/whole";
import { openArchive } from "./archive";
import { detect, openSource, readEntries } from "./detect";
import { openDirectory } from "./directory";
import { SourceProblem } from "./entry";
import { LIMITS } from "./limits";
import { xmlRecords } from "./xml";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "contentos-hostile-"));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const placed = (name: string, bytes: string | Buffer) => {
  const path = join(base, name);
  writeFileSync(path, bytes);
  return path;
};

type Told = Awaited<ReturnType<typeof readWhole>>;

async function all(path: string, name = path): Promise<Told[]> {
  const source = await openSource(path, name.split("/").at(-1)!);
  try {
    const found: Told[] = [];
    for await (const one of readEntries(source, await detect(source), {})) found.push(await readWhole(one));
    return found;
  } finally {
    await source.close();
  }
}
/** What became of each entry: its title, or the problem. */
const told = (found: Told[]) =>
  Object.fromEntries(
    found.map((one) => [one.key, "problem" in one ? one.problem : "skipped" in one ? one.skipped : one.title]),
  );
const zip = (entries: RawEntry[], more?: { count?: number }) => placed("a.zip", rawZip(entries, more));
const text = (words = "# Fine\n") => Buffer.from(words);
const zeros = (bytes: number) => deflateRawSync(Buffer.alloc(bytes));

describe("a zip", () => {
  it.each([
    ["../../etc/cron.md"],
    ["/etc/cron.md"],
    ["C:/windows/cron.md"],
    ["a/../../cron.md"],
    ["..\\..\\cron.md"],
    ["./cron.md"],
    ["a\u0000.md"],
    ["a\u001b[31m.md"],
  ])("with an entry called %j tells of it, and reads the others", async (name) => {
    const found = await all(
      zip([
        { name, data: text() },
        { name: "fine.md", data: text() },
      ]),
    );
    expect(found).toHaveLength(2);
    expect(Object.values(told(found)).sort()).toEqual(["Fine", "Its name leads out of the archive, or is none."]);
  });

  it.each([
    ["a link", 0o120777, "It is a link: links are not followed."],
    ["a device", 0o020666, "It is no plain file."],
    ["a block device", 0o060666, "It is no plain file."],
    ["a pipe", 0o010666, "It is no plain file."],
    ["a socket", 0o140666, "It is no plain file."],
  ])("with %s tells of it", async (_, mode, problem) => {
    const found = await all(
      zip([
        { name: "x.md", data: text("/etc/passwd"), mode },
        { name: "fine.md", data: text() },
      ]),
    );
    expect(told(found)).toEqual({ "x.md": problem, "fine.md": "Fine" });
  });

  it("with two files of one name takes the first", async () => {
    const found = await all(
      zip([
        { name: "x.md", data: text() },
        { name: "x.md", data: text("# Second") },
        { name: "a.md", data: text() },
      ]),
    );
    expect(found.map((one) => ("problem" in one ? one.problem : "title" in one && one.title))).toEqual([
      "Fine",
      "Fine",
      "The archive has two files of this name: the first is taken.",
    ]);
  });

  it("within a zip is not opened", async () => {
    const inner = rawZip([{ name: "secret.md", data: text("# Inner") }]);
    const found = await all(
      zip([
        { name: "in.zip", data: inner },
        { name: "fine.md", data: text() },
      ]),
    );
    expect(told(found)).toEqual({ "in.zip": "An archive within the source is not opened.", "fine.md": "Fine" });
  });

  it("whose file grows beyond all measure is stopped while it is read, whatever its headers say", async () => {
    const bomb = { name: "bomb.md", data: Buffer.alloc(3 * 1024 * 1024) };
    expect(told(await all(zip([bomb, { name: "fine.md", data: text() }])))).toEqual({
      "bomb.md": `It grows to more than ${LIMITS.ratio} times its size.`,
      "fine.md": "Fine",
    });
    const lying = { ...bomb, claims: { uncompressedSize: 100 } };
    const [problem] = Object.values(told(await all(zip([lying, { name: "fine.md", data: text() }]))));
    expect(problem).toBe("Its bytes in the archive are broken.");
    const huge = { name: "huge.md", deflated: zeros(1024), claims: { uncompressedSize: 1024 ** 3 } };
    expect(told(await all(zip([huge, { name: "fine.md", data: text() }])))["huge.md"]).toBe(
      `It has more than ${LIMITS.textBytes} bytes.`,
    );
  });

  it("whose files together are too much is stopped, also where all of them are one and the same bytes", async () => {
    const data = Buffer.alloc(600 * 1024, "abcdefgh ijklmnop ");
    const entries = ["a.md", "b.md", "c.md"].map((name): RawEntry => ({ name, data, offset: 0 }));
    const source = await openArchive(zip(entries), { ...LIMITS, totalBytes: 1024 * 1024, ratioFromBytes: 1e9 });
    await source.read("a.md", LIMITS.textBytes);
    await expect(source.read("b.md", LIMITS.textBytes)).rejects.toThrow("The archive holds more than");
    await source.close();
  });

  it("with an encrypted file, a broken one, or a name without end tells of it", async () => {
    const found = await all(
      zip([
        { name: "secret.md", data: text(), encrypted: true },
        { name: "broken.md", data: text(), claims: { crc: 1 } },
        { name: `${"x".repeat(2000)}.md`, data: text() },
        { name: "fine.md", data: text() },
      ]),
    );
    expect(told(found)).toMatchObject({
      "secret.md": "It is encrypted.",
      "broken.md": "Its bytes in the archive are broken.",
      "fine.md": "Fine",
    });
    expect(Object.values(told(found))).toContain("Its name is too long.");
  });

  it("that is none, is cut off, or has too many files is refused as a whole", async () => {
    await expect(openArchive(placed("x.zip", "PK\u0003\u0004 and no more"))).rejects.toThrow("no zip archive");
    const good = rawZip([
      { name: "a.md", data: text() },
      { name: "b.md", data: text() },
    ]);
    await expect(openArchive(placed("y.zip", good.subarray(0, good.length - 30)))).rejects.toBeInstanceOf(
      SourceProblem,
    );
    await expect(openArchive(zip([{ name: "a.md" }, { name: "b.md" }]), { ...LIMITS, entries: 1 })).rejects.toThrow(
      "more than 1 files",
    );
    await expect(openArchive(zip([{ name: "a.md" }], { count: 3 }))).rejects.toThrow(
      "The list of files in this archive is broken.",
    );
  });
});

describe("a folder", () => {
  it("is never left: links, also in a circle, and pipes are told and not followed", async () => {
    placed("outside.md", "# Secret");
    const folder = join(base, "folder");
    mkdirSync(join(folder, "inner"), { recursive: true });
    symlinkSync("../outside.md", join(folder, "out.md"));
    symlinkSync("..", join(folder, "inner", "round"));
    symlinkSync("/etc", join(folder, "etc"));
    execFileSync("mkfifo", [join(folder, "pipe.md")]);
    writeFileSync(join(folder, "fine.md"), "# Fine");
    expect(told(await all(folder))).toEqual({
      etc: "It is a link: links are not followed.",
      "fine.md": "Fine",
      "inner/round": "It is a link: links are not followed.",
      "out.md": "It is a link: links are not followed.",
      "pipe.md": "It is no plain file.",
    });
  });

  it("whose file becomes a link after it was listed doesn't give what the link leads to", async () => {
    placed("outside.md", "# Secret");
    const folder = join(base, "folder");
    mkdirSync(folder);
    writeFileSync(join(folder, "a.md"), "# Fine");
    const source = await openDirectory(folder);
    rmSync(join(folder, "a.md"));
    symlinkSync("../outside.md", join(folder, "a.md"));
    await expect(source.read("a.md", 100)).rejects.toThrow("It can't be opened.");
    await expect(source.read("../outside.md", 100)).rejects.toThrow("There is no file");
  });

  it("that is nested or filled beyond measure is told", async () => {
    mkdirSync(join(base, "folder", ...Array.from({ length: 60 }, () => "d")), { recursive: true });
    writeFileSync(join(base, "folder", "fine.md"), "# Fine");
    expect(Object.values(told(await all(join(base, "folder"))))).toContain("It is nested deeper than 50 folders.");
    writeFileSync(join(base, "folder", "more.md"), "# More");
    await expect(openDirectory(join(base, "folder"), { ...LIMITS, entries: 1 })).rejects.toThrow("more than 1 files");
  });
});

describe("an XML file", () => {
  const rss = (inside: string) => `<?xml version="1.0"?><rss version="2.0"><channel>${inside}</channel></rss>`;
  const item = (title: string) =>
    `<item><title>${title}</title><guid>${title}</guid><description>x</description></item>`;

  it.each([
    ["entities that multiply", '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'],
    ["an entity that reads a file", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
    ["a document type elsewhere", '<!DOCTYPE rss SYSTEM "http://attacker.test/x.dtd">'],
  ])("with %s is refused before any is expanded", async (_, doctype) => {
    const path = placed("f.xml", rss(item("&b;")).replace("?>", `?>${doctype}`));
    expect(Object.values(told(await all(path)))).toEqual([
      "It has a document type (DOCTYPE), which is not read: take it out.",
    ]);
  });

  it("that names an entity which nobody declared is broken there", async () => {
    const found = told(await all(placed("f.xml", rss(`${item("A")}\n${item("&secret;")}`))));
    expect(found.A).toBe("A");
    expect(found["f.xml"]).toBe("The XML is broken at line 2: nothing after it was read.");
  });

  it("that breaks off gives what stands before, and says where", async () => {
    const whole = rss(`${item("A")}\n${item("B")}\n${item("C")}`);
    const found = told(await all(placed("f.xml", whole.slice(0, whole.indexOf("C</guid>")))));
    expect(found).toEqual({ A: "A", B: "B", "f.xml": "The XML is broken at line 3: nothing after it was read." });
  });

  it.each([
    ["a text", (n: number) => "x".repeat(n)],
    ["CDATA", (n: number) => `<![CDATA[${"x".repeat(n)}]]>`],
    ["a comment", (n: number) => `<!--${"x".repeat(n)}-->`],
    ["an attribute", (n: number) => `<a b="${"x".repeat(n)}"/>`],
    ["a name", (n: number) => `<${"x".repeat(n)}/>`],
  ])("with %s without end is left before it is held", async (_, long) => {
    const limits = { ...LIMITS, xmlPieceChars: 200_000 };
    const bytes = async function* () {
      yield Buffer.from(rss(`<item>${long(1_000_000)}</item>`));
    };
    const read = async () => {
      for await (const _ of xmlRecords(bytes(), 2, limits));
    };
    await expect(read()).rejects.toThrow("has more than 200000 characters");
  });

  it("with an entry of more than one may have goes on after it", async () => {
    const much = `<item>${"<category>x</category>".repeat(2000)}</item>`;
    const bytes = async function* () {
      yield Buffer.from(rss(item("A") + much + item("B")));
    };
    const found = [];
    for await (const record of xmlRecords(bytes(), 2, { ...LIMITS, xmlPieceChars: 100_000 }))
      found.push("node" in record);
    expect(found).toEqual([true, false, true]);
  });

  it("nested beyond measure is left", async () => {
    const deep = `${"<a>".repeat(300)}${"</a>".repeat(300)}`;
    expect(Object.values(told(await all(placed("f.xml", rss(`<item>${deep}</item>`)))))).toEqual([
      "Its elements are nested deeper than 200 levels.",
    ]);
  });
});

describe("one Markdown or HTML file", () => {
  it.each([
    [
      "aliases that multiply",
      `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c]\n---\n`,
      "aliases that multiply",
    ],
    ["front matter without end", `---\n${"a: b\n".repeat(20_000)}---\n`, "more than 65536 characters"],
    ["a text that is too long", "x".repeat(400_001), "longer than 400000 characters"],
    ["brackets without end", "[".repeat(20_000), "too many brackets"],
    ["NUL characters", "# A\u0000", "NUL characters"],
    ["a list as front matter", "---\n- a\n---\n", "no list of fields"],
  ])("with %s is told", async (_, words, problem) => {
    placed("x.md", words);
    placed("fine.md", "# Fine");
    const found = told(await all(base));
    expect(found["x.md"]).toContain(problem);
    expect(found["fine.md"]).toBe("Fine");
  });

  it("of HTML nested or long beyond measure is told", async () => {
    placed("long.html", "<b>x</b>".repeat(70_000));
    expect(told(await all(base))["long.html"]).toBe("It has more than 524288 characters of HTML: divide it.");
    placed("many.html", "<b>x</b>".repeat(31_000));
    expect(told(await all(base))["many.html"]).toBe("It has more than 30000 tags: divide it.");
    placed("x.html", "<div>".repeat(20_000));
    expect(told(await all(base))["x.html"]).toContain("too deeply");
  });
});
