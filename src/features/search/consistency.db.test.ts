import fc from "fast-check";
import { expect, test } from "vitest";
import { type Member, seedWorkspace } from "#tests/factories";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

/** Few words, so that they meet; some begin others. */
const WORDS = ["alpha", "alphabet", "beta", "gamma", "gam", "delta", "Épsilon", "zeta7", "東京"];
const text = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(" ", "\n\n", ", ", " - ", "** ")), {
    minLength: 1,
    maxLength: 6,
  })
  .map((words) => words.flat().join("").trim());

type Step =
  | { does: "create"; title: string; body: string }
  | { does: "save"; of: number; title: string; body: string }
  | { does: "rename"; of: number; title: string }
  | { does: "archive" | "restore"; of: number };
const of = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant("create" as const), title: text, body: text }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("save" as const), of, title: text, body: text }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("rename" as const), of, title: text }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom("archive" as const, "restore" as const), of }) },
);

const word = fc.constantFrom(...WORDS, "nobody", "alp");
const question = fc.record({
  words: fc.array(word, { maxLength: 2 }),
  phrase: fc.option(fc.array(word, { minLength: 1, maxLength: 2 })),
  without: fc.option(word),
});
type Question = { words: string[]; phrase: string[] | null; without: string | null };

type Item = { id: string; title: string; body: string; archived: boolean; version: number };

const fold = (said: string) =>
  said
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** What a reader with much time would find: every text is read through. */
function scan(items: Item[], { words, phrase, without }: Question) {
  const [last] = without || phrase ? [] : words.slice(-1);
  return items.filter(({ title, body, archived }) => {
    const places = [fold(title), fold(body)];
    const all = places.flat();
    const has = (sought: string) =>
      all.some((one) => one === fold(sought)[0] || (sought === last && one.startsWith(fold(sought)[0]!)));
    const hasPhrase = (sought: string[]) =>
      places.some((said) => said.some((_, at) => sought.every((one, n) => said[at + n] === fold(one)[0])));
    return (
      !archived && words.every(has) && (!phrase || hasPhrase(phrase)) && !(without && all.includes(fold(without)[0]!))
    );
  });
}

const asked = ({ words, phrase, without }: Question) =>
  [...words, phrase && `"${phrase.join(" ")}"`, without && `-${without}`].filter(Boolean).join(" ");

async function doIt(who: Member, items: Item[], given: Step) {
  if (given.does === "create") {
    const { status, body } = await call(who, "POST", "/content", { title: given.title, body: given.body });
    expect(status).toBe(201);
    items.push({ id: String(body.id), title: given.title, body: given.body, archived: false, version: 1 });
    return;
  }
  const item = items[given.of % Math.max(1, items.length)];
  if (!item) return;
  const path = `/content/${item.id}`;
  if (given.does === "save") {
    const { title, body } = given;
    const { status } = await call(who, "POST", `${path}/versions`, { title, body, baseVersion: item.version });
    expect(status).toBe(item.archived ? 409 : 201);
    if (status === 201) Object.assign(item, { title, body, version: item.version + 1 });
  } else if (given.does === "rename") {
    const { status, body } = await call(who, "PUT", path, { title: given.title });
    expect(status).toBe(item.archived ? 409 : 200);
    if (status === 200)
      Object.assign(item, {
        title: given.title,
        version: (body.currentVersion as { versionNumber: number }).versionNumber,
      });
  } else {
    const { status } = await call(who, "POST", `${path}/${given.does}`);
    if (status === 200) item.archived = given.does === "archive";
  }
}

async function foundBy(who: Member, q: string) {
  const ids: string[] = [];
  let cursor = "";
  do {
    const { status, body } = await call(who, "GET", `/search?q=${encodeURIComponent(q)}&limit=3${cursor}`);
    expect(status).toBe(200);
    ids.push(...body.items!.map(({ id }) => String(id)));
    cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : "";
    if (!cursor) expect(body.total).toBe(ids.length);
  } while (cursor);
  return ids.toSorted();
}

test("after any work, search finds what reading all texts through finds", { timeout: 120_000 }, async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 15 }),
      fc.array(question, { minLength: 4, maxLength: 8 }),
      async (steps, questions) => {
        const { id, admin } = await seedWorkspace(t);
        // A language without stems here, so that a word is itself alone.
        await t.asOwner("update workspaces set language = 'tlh' where id = $1", [id]);
        const items: Item[] = [];
        for (const one of steps) await doIt(admin, items, one);
        for (const one of questions.filter(({ words, phrase }) => words.length > 0 || phrase)) {
          const right = scan(items, one)
            .map((item) => item.id)
            .toSorted();
          expect(await foundBy(admin, asked(one)), JSON.stringify([one, items])).toEqual(right);
          found += right.length;
        }
      },
    ),
    { numRuns: 25 },
  );
  expect(found).toBeGreaterThan(20);
});
