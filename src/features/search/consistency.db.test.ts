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
  | { does: "archive" | "restore"; of: number }
  | { does: "comment"; of: number; body: string }
  | { does: "edit"; of: number; body: string }
  | { does: "remove"; of: number };
const of = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant("create" as const), title: text, body: text }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant("save" as const), of, title: text, body: text }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("rename" as const), of, title: text }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom("archive" as const, "restore" as const), of }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant("comment" as const), of, body: text }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("edit" as const), of, body: text }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant("remove" as const), of }) },
);

const word = fc.constantFrom(...WORDS, "nobody", "alp");
const question = fc.record({
  words: fc.array(word, { maxLength: 2 }),
  phrase: fc.option(fc.array(word, { minLength: 1, maxLength: 2 }), { freq: 1 }),
  without: fc.option(word, { freq: 1 }),
});
type Question = { words: string[]; phrase: string[] | null; without: string | null };

type Item = { id: string; title: string; body: string; archived: boolean; version: number };
type Comment = { id: string; body: string; of: Item };
type Workspace = { items: Item[]; comments: Comment[] };

const fold = (said: string) =>
  said
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** A word of a script without spaces, and another after it. */
const BESIDE: Step = { does: "create", title: "alpha", body: "beta 東京 zeta7 東京" };

/** What a reader with much time would find: every text is read through. */
function scan({ items, comments }: Workspace, { words, phrase, without }: Question) {
  const last = without || phrase ? -1 : words.length - 1;
  const said = comments.map(({ id, body, of }) => ({ id, title: "", body, archived: of.archived }));
  return [...items, ...said].filter(({ title, body, archived }) => {
    const places = [fold(title), fold(body)];
    const all = places.flat();
    // The last word may be unfinished; the same word before it may not.
    const has = (sought: string, at: number) =>
      all.some((one) => one === fold(sought)[0] || (at === last && one.startsWith(fold(sought)[0]!)));
    const hasPhrase = (sought: string[]) =>
      places.some((said) => said.some((_, at) => sought.every((one, n) => said[at + n] === fold(one)[0])));
    return (
      !archived && words.every(has) && (!phrase || hasPhrase(phrase)) && !(without && all.includes(fold(without)[0]!))
    );
  });
}

const asked = ({ words, phrase, without }: Question) =>
  [...words, phrase && `"${phrase.join(" ")}"`, without && `-${without}`].filter(Boolean).join(" ");

const pick = <T>(all: T[], of: number) => all[of % Math.max(1, all.length)];

async function changeComment(who: Member, comments: Comment[], given: Extract<Step, { does: "edit" | "remove" }>) {
  const comment = pick(comments, given.of);
  if (!comment) return;
  const path = `/comments/${comment.id}`;
  if (given.does === "remove") {
    expect((await call(who, "DELETE", path)).status).toBeLessThan(300);
    comments.splice(comments.indexOf(comment), 1);
    return;
  }
  const { status } = await call(who, "PUT", path, { body: given.body });
  expect(status).toBe(comment.of.archived ? 409 : 200);
  if (status === 200) comment.body = given.body;
}

async function doIt(who: Member, { items, comments }: Workspace, given: Step) {
  if (given.does === "edit" || given.does === "remove") return changeComment(who, comments, given);
  if (given.does === "create") {
    const { status, body } = await call(who, "POST", "/content", { title: given.title, body: given.body });
    expect(status).toBe(201);
    items.push({ id: String(body.id), title: given.title, body: given.body, archived: false, version: 1 });
    return;
  }
  const item = pick(items, given.of);
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
  } else if (given.does === "comment") {
    const { status, body } = await call(who, "POST", `${path}/comments`, { body: given.body });
    expect(status).toBe(item.archived ? 409 : 201);
    if (status === 201)
      comments.push({ id: (body.comments as { items: { id: string }[] }).items[0]!.id, body: given.body, of: item });
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
        const all: Workspace = { items: [], comments: [] };
        for (const one of steps) await doIt(admin, all, one);
        for (const one of questions.filter(({ words, phrase }) => words.length > 0 || phrase)) {
          const right = scan(all, one)
            .map((item) => item.id)
            .toSorted();
          expect(await foundBy(admin, asked(one)), JSON.stringify([one, all])).toEqual(right);
          found += right.length;
        }
      },
    ),
    { numRuns: 25, examples: [[[BESIDE], [{ words: [], phrase: ["東京", "zeta7"], without: null }]]] },
  );
  console.info("found", found);
  expect(found).toBeGreaterThan(20);
});
