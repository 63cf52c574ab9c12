import { describe, expect, test } from "vitest";
import { type Member, seedItem } from "#tests/factories";
import { expectStatus, seedTeam } from "#tests/factories/approval";
import { anchorOn, openThread } from "#tests/factories/comments";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

const BODY = "# Spring\n\nThe shop opens on Monday, with coffee 🙂 for all.\n\nCome and see.";

async function seed(body = BODY) {
  const team = await seedTeam(t);
  const item = await seedItem(t, { createdBy: team.writer, title: "Spring launch", body });
  let versionNumber = 1;
  const save = async (next: { body?: string; title?: string }) => {
    const version = { body: next.body ?? BODY, ...next, baseVersion: versionNumber++ };
    await expectStatus(call(team.writer, "POST", `/content/${item.id}/versions`, version), 201);
  };
  return { ...team, item, save };
}

type Anchor = { state: string; quote: string; current: { versionNumber: number; start: number; end: number } | null };
type Listed = { id: string; anchor: Anchor | null };
const list = async (who: Member, itemId: string, query = "") =>
  (await expectStatus(call(who, "GET", `/content/${itemId}/comments?${query}`), 200)) as never as {
    items: Listed[];
    nextCursor: string | null;
  };
const anchorOf = async (who: Member, itemId: string) => (await list(who, itemId)).items[0]!.anchor;

describe("a thread on a passage", () => {
  test("is opened on what stands there, and follows it from version to version", async () => {
    const { item, viewer, writer, save } = await seed();
    const anchor = anchorOn(BODY, "opens on Monday, with coffee 🙂");
    const opened = await openThread(call, viewer, item.id, { anchor });
    const at = (state: string, versionNumber: number, start: number, end: number) => ({
      ...anchor,
      state,
      current: { versionNumber, start, end },
    });
    expect(opened).toMatchObject({ versionNumber: 1, anchor: at("Exact", 1, anchor.start, anchor.end) });

    await save({ body: `${BODY} And again.` });
    expect(await anchorOf(viewer, item.id)).toEqual(at("Exact", 2, anchor.start, anchor.end));

    await save({ body: `Soon.\n\n${BODY}` });
    expect(await anchorOf(viewer, item.id)).toEqual(at("Moved", 3, anchor.start + 7, anchor.end + 7));

    const changed = BODY.replace("on Monday, ", "next week, ");
    await save({ body: changed });
    const left = (await anchorOf(viewer, item.id)) as Anchor;
    expect(left).toMatchObject({ state: "Changed", quote: anchor.quote, current: { versionNumber: 4 } });
    expect(changed.slice(left.current!.start, left.current!.end)).toBe("opens next week, with coffee 🙂");

    await save({ body: "# Spring\n\nCome and see." });
    const orphan = { ...anchor, state: "Orphaned", current: null };
    expect(await anchorOf(viewer, item.id)).toEqual(orphan);

    // What was kept is the anchor as it was made: when the words are back, so is it.
    await save({ body: BODY });
    expect(await anchorOf(viewer, item.id)).toEqual(at("Exact", 6, anchor.start, anchor.end));
    const read = await call(writer, "GET", `/content/${item.id}/comments/${opened.id}`);
    expect(read.body.anchor).toEqual(at("Exact", 6, anchor.start, anchor.end));
  });

  test("may be on the title, and on a version that is no longer the current one", async () => {
    const { item, writer, save } = await seed();
    await save({ title: "Our spring launch" });
    const anchor = anchorOn("Spring launch", "launch", { field: "title" });
    expect(await openThread(call, writer, item.id, { anchor })).toMatchObject({
      versionNumber: 1,
      anchor: { ...anchor, state: "Moved", current: { versionNumber: 2, start: 11, end: 17 } },
    });
    const now = anchorOn("Our spring launch", "Our", { field: "title", versionNumber: 2 });
    expect(await openThread(call, writer, item.id, { anchor: now })).toMatchObject({
      versionNumber: 2,
      anchor: { state: "Exact" },
    });
  });

  test("stands beside threads on the item, each with its own", async () => {
    const { item, writer, save } = await seed();
    const quotes = ["Monday", "coffee", "Come"];
    for (const quote of quotes) await openThread(call, writer, item.id, { anchor: anchorOn(BODY, quote) });
    await openThread(call, writer, item.id);
    await save({ body: `Soon. ${BODY.replace("coffee", "cake")}` });
    const { items } = await list(writer, item.id, "sort=createdAt");
    expect(items.map(({ anchor }) => anchor && [anchor.quote, anchor.state])).toEqual([
      ["Monday", "Moved"],
      ["coffee", "Orphaned"],
      ["Come", "Moved"],
      null,
    ]);
  });

  test("refuses a passage that isn't what the version says there, and says what is wrong", async () => {
    const { item, writer, save } = await seed();
    await save({ body: "Something else altogether, and long enough for these places." });
    const right = anchorOn(BODY, "Monday");
    const smile = BODY.indexOf("🙂");
    const wrong: [object, string[]][] = [
      [{ ...right, quote: "Tuesday" }, ["quote"]],
      [{ ...right, quote: "monday" }, ["quote"]],
      [{ ...right, start: right.start + 1 }, ["quote"]],
      [{ ...right, end: right.end + 1 }, ["quote"]],
      [{ ...right, versionNumber: 2 }, ["quote"]],
      [{ ...right, versionNumber: 3 }, ["versionNumber"]],
      [{ ...right, field: "title" }, ["quote"]],
      [{ ...right, field: "excerpt" }, ["field"]],
      [{ ...right, start: 900, end: 906 }, ["quote"]],
      [{ ...right, start: right.end }, ["end"]],
      [{ ...right, start: -1 }, ["start"]],
      [{ ...right, start: 1.5 }, ["start"]],
      [{ ...right, quote: "" }, ["quote"]],
      [{ ...right, quote: "x".repeat(5_001) }, ["quote"]],
      [anchorOn(BODY, "🙂", { start: smile + 1 }), ["start", "quote"]],
      [anchorOn(BODY, "🙂", { end: smile + 1 }), ["end", "quote"]],
      [{ ...right, state: "Exact" }, ["state"]],
      [{ quote: "Monday" }, ["versionNumber", "field", "start", "end"]],
    ];
    for (const [anchor, paths] of wrong) {
      const { status, body } = await call(writer, "POST", `/content/${item.id}/comments`, { body: "x", anchor });
      const found = (body.issues as { path: string }[] | undefined)?.map(({ path }) => path);
      expect([anchor, status, body.code, found]).toEqual([
        anchor,
        400,
        "invalid_request",
        paths.map((path) => `anchor.${path}`),
      ]);
    }
    expect(await t.asOwner("select from comments_threads where content_item_id = $1", [item.id])).toEqual([]);
    await openThread(call, writer, item.id, { anchor: anchorOn(BODY, "🙂") });
  });
});

describe("finding passages again", () => {
  test("is done once for each pair of versions, and reads no text after that", async () => {
    const { item, writer, save } = await seed();
    const anchor = anchorOn(BODY, "Monday");
    await openThread(call, writer, item.id, { anchor });
    await save({ body: `Soon. ${BODY}` });
    const first = await anchorOf(writer, item.id);
    expect(first).toMatchObject({ state: "Moved" });
    // Nobody changes a version: whoever reads it again would see this.
    await t.asOwner("update content_versions set body = 'Gone' where content_item_id = $1", [item.id]);
    expect(await anchorOf(writer, item.id)).toEqual(first);
    await openThread(call, writer, item.id, { anchor: { ...anchorOn("Gone", "Gone"), versionNumber: 2 } });
    expect((await list(writer, item.id)).items.map(({ anchor: now }) => now!.state)).toEqual(["Exact", "Moved"]);
  });

  test("ends a page early where the texts are long, and the next page goes on", async () => {
    const words = (n: number) => Array.from({ length: 40_000 }, (_, at) => `${(at * n) % 9_973}`).join(" ");
    const { item, writer, save } = await seed(words(1));
    for (let version = 1; version <= 5; version++) {
      const anchor = { ...anchorOn("Spring launch", "launch", { field: "title" }), versionNumber: version };
      const inBody = { ...anchorOn(words(version), words(version).slice(0, 40)), versionNumber: version };
      await openThread(call, writer, item.id, { anchor });
      await openThread(call, writer, item.id, { anchor: inBody });
      await save({ body: words(version + 1) });
    }
    const all = (await list(writer, item.id, "limit=100")) as Awaited<ReturnType<typeof list>>;
    expect(all.items.length).toBeGreaterThan(0);
    expect(all.items.length).toBeLessThan(10);
    const ids = all.items.map(({ id }) => id);
    for (let next = all.nextCursor; next; ) {
      const page = await list(writer, item.id, `limit=100&cursor=${next}`);
      expect(page.items.length).toBeGreaterThan(0);
      ids.push(...page.items.map(({ id }) => id));
      next = page.nextCursor;
    }
    expect(new Set(ids).size).toBe(10);
    expect(ids).toHaveLength(10);
    // What was found is known by now.
    expect((await list(writer, item.id, "limit=100")).items.map(({ id }) => id)).toEqual(ids);
  });
});
