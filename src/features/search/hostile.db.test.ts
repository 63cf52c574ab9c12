import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);
let who: Member;

beforeAll(async () => {
  who = (await seedWorkspace(t)).admin;
  await t.asOwner("update workspaces set language = 'de' where id = $1", [who.workspaceId]);
});

const create = (title: string, body: string, over: object = {}) =>
  call(who, "POST", "/content", { title, body, ...over });
const find = (q: string) => call(who, "GET", `/search?q=${encodeURIComponent(q)}`);
const total = async (q: string) => (await find(q)).body.total;

/** What means something to a parser of queries, of regular expressions, of SQL or of Unicode. */
const PIECES = [
  ..."&|!()<>:*'\"\\-+^~@#$%{}[],.;/?= ",
  "<->",
  "<2>",
  ":*",
  ":A",
  "''",
  "\\'",
  '"',
  '""',
  '-"',
  " -",
  "--",
  "';--",
  "$$",
  "\u200b",
  "\u00ad",
  "\ufeff",
  "e\u0301",
  "\u0301",
  "İ",
  "ı",
  "ß",
  "ﬁ",
  "ﷺ",
  "Ⅷ",
  "½",
  "東",
  "東京",
  "กิน",
  "한국",
  "\u{20000}\u{20001}",
  "😀",
  "👩‍👩‍👧",
  "\ud800",
  "the",
  "der",
  "spring",
  "x".repeat(120),
  "1e999",
  "-1",
  "NULL",
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);

describe("any text", () => {
  test("is a query: it is answered or refused, and is never a defect", { timeout: 120_000 }, async () => {
    await create("Spring", "launch & läuft 東京");
    await fc.assert(
      fc.asyncProperty(hostile, async (q) => {
        for (const path of ["/search", "/content"]) {
          // Half a character can't be sent; all else is.
          const { status, body } = await call(who, "GET", `${path}?q=${encodeURIComponent(q.toWellFormed())}`);
          expect([200, 400], `${JSON.stringify(q)}: ${JSON.stringify(body)}`).toContain(status);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("is indexed, and its words are found where it has any", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.uuid(), async (text, mark) => {
        const body = `${text.toWellFormed().replaceAll("\0", "")}\n\n${mark}`;
        const made = await create("Hostile", body);
        expect(made.status, JSON.stringify(body)).toBe(201);
        expect(await total(`"${mark}"`), JSON.stringify(body)).toBe(1);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a long text", () => {
  const FULL = 400_000;

  test("is found by its last words, too", async () => {
    const body = `${"ordinary words of an article ".repeat(FULL / 29 - 10)} finalword endphrase`;
    expect((await create("Long", body)).status).toBe(201);
    expect(await total('"finalword"')).toBe(1);
    // Beyond the 16,383rd word no places are kept: that all words are there is taken for the phrase.
    expect(await total('"finalword endphrase"')).toBe(1);
    expect(await total('"finalword nobodyhasthis"')).toBe(0);
  });

  test("of more different words than the index takes is saved, and found by its title and its first words", async () => {
    const body = Array.from({ length: 100_000 }, (_, n) =>
      String.fromCodePoint(0x4e00 + ((n * 7919) % 20_000), 0x4e00 + (n % 20_000)),
    ).join("");
    const { status, body: item } = await create("Ungeheuer", body.slice(0, FULL));
    expect(status).toBe(201);
    expect(await total("ungeheuer")).toBe(1);
    expect(await total(body.slice(10, 12))).toBe(1);
    const saved = await call(who, "POST", `/content/${item.id}/versions`, { body: "kurz", baseVersion: 1 });
    expect(saved.status).toBe(201);
    expect(await total("kurz")).toBe(1);
  });

  test("that repeats one word is found by it as by a phrase", async () => {
    expect((await create("Echo", "knock ".repeat(60_000))).status).toBe(201);
    expect(await total("knock")).toBe(1);
    expect(await total('"knock knock"')).toBe(1);
    expect(await total('"knock echo"')).toBe(1);
  });
});

test("a word too long to be one is passed over, and those beside it are found", async () => {
  expect((await create("Giant", `before ${"w".repeat(3_000)} after`)).status).toBe(201);
  expect(await total("before after")).toBe(1);
  expect((await find("w".repeat(300))).status).toBe(200);
});
