import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedItem, seedMember, seedWorkspace } from "#tests/factories";
import { aPicture, uploadAsset } from "#tests/factories/assets";
import { type Answer, caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";

const t = testDatabase();
const call = caller(t);

type Segment = { text: string; match: boolean };
const find = (who: Member | null, q: string, rest = "") =>
  call(who, "GET", `/search?q=${encodeURIComponent(q)}${rest}`);
const titles = ({ body }: Answer) => body.items!.map(({ title }) => title);
const shown = (segments: unknown) =>
  (segments as Segment[]).map(({ text, match }) => (match ? `[${text}]` : text)).join("");
const create = async (who: Member, title: string, body = "", over: object = {}) => {
  const made = await call(who, "POST", "/content", { title, body, ...over });
  expect(made.status).toBe(201);
  return made.body as { id: string; updatedAt: string };
};

let admin: Member;
let writer: Member;

beforeAll(async () => {
  const workspace = await seedWorkspace(t);
  admin = workspace.admin;
  writer = await seedMember(t, workspace.id, "Writer");
});

describe("a search", () => {
  test.each(["Viewer", "Writer", "Editor", "Admin"] as const)("is open to the role %s", async (role) => {
    const { id, admin: owner } = await seedWorkspace(t);
    const item = await create(owner, "Spring launch", "It is **here**: see [our shop](https://example.com/page).");
    const member = await seedMember(t, id, role);
    const { status, body } = await find(member, "shop");
    expect([status, body.total, body.nextCursor]).toEqual([200, 1, null]);
    expect(body.items).toEqual([
      {
        kind: "Item",
        id: item.id,
        contentItemId: item.id,
        threadId: null,
        title: "Spring launch",
        status: "Draft",
        authorId: owner.userId,
        score: 1,
        highlights: {
          title: [{ text: "Spring launch", match: false }],
          text: [
            { text: "It is here: see our ", match: false },
            { text: "shop", match: true },
            { text: ".", match: false },
          ],
        },
        updatedAt: item.updatedAt,
        archivedAt: null,
      },
    ]);
  });

  test.each([
    ["", "invalid_request"],
    ["   ", "invalid_request"],
    ["x".repeat(301), "invalid_request"],
  ])("refuses %j", async (q, code) => {
    expect(await find(admin, q)).toMatchObject({ status: 400, body: { code } });
  });

  test.each([
    "",
    "q=a&kinds=Page",
    "q=a&kinds=",
    "q=a&status=Gone",
    "q=a&author=me",
    "q=a&limit=0",
    "q=a&limit=101",
    "q=a&sort=title",
    "q=a&archived=yes",
  ])("refuses the question %j", async (query) => {
    expect(await call(admin, "GET", `/search?${query}`)).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
  });

  test.each([
    "nonsense",
    ...[
      '["score","1",ID]',
      '["score","5 2026-01-01T00:00:00.000Z",ID]',
      '["score","1 2026-13-01T00:00:00.000Z",ID]',
      '["-createdAt","2026-01-01T00:00:00.000Z",ID]',
      '["score","1 2026-01-01T00:00:00.000Z","x"]',
    ].map((position) => Buffer.from(position.replace("ID", `"${randomUUID()}"`)).toString("base64url")),
  ])("refuses the cursor %s", async (cursor) => {
    expect(await find(admin, "a", `&cursor=${cursor}`)).toMatchObject({
      status: 400,
      body: { code: "invalid_cursor" },
    });
  });

  test("is closed to who is not signed in, and to who is in no workspace or in another", async () => {
    const theirs = await seedWorkspace(t);
    await create(theirs.admin, "Greenhouse");
    expect((await find(theirs.admin, "greenhouse")).body.total).toBe(1);
    expect(await find(null, "greenhouse")).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
    const intruder = await find({ ...admin, workspaceId: theirs.id }, "greenhouse");
    const nowhere = await find({ ...admin, workspaceId: randomUUID() }, "greenhouse");
    expect(intruder.status).toBe(404);
    expect({ ...intruder.body, requestId: "" }).toEqual({ ...nowhere.body, requestId: "" });
  });

  test("answers to a word that only another workspace has as to one that nobody has", async () => {
    const theirs = await seedWorkspace(t);
    const item = await create(theirs.admin, "Orangery", "Orangery orangery orangery");
    expect((await find(theirs.admin, "orangery")).body.items).toMatchObject([{ id: item.id, score: 4 }]);
    const nothing = { items: [], total: 0, nextCursor: null };
    for (const q of ["orangery", "oranger", '"orangery"', "nobodyhasthis"]) {
      expect((await find(admin, q)).body).toEqual(nothing);
      expect((await call(admin, "GET", `/content?q=${encodeURIComponent(q)}`)).body.items).toEqual([]);
    }
    expect((await find(admin, "orangery", `&author=${theirs.admin.userId}`)).body).toEqual(nothing);
  });
});

describe("what is found", () => {
  test("has all words, in any order and form; the last one may go on", async () => {
    const { admin: own } = await seedWorkspace(t);
    await create(own, "Runners", "They were running along the river.");
    await create(own, "Rivers", "A boat.");
    expect(titles(await find(own, "river run"))).toEqual(["Runners"]);
    expect(titles(await find(own, "running riv"))).toEqual(["Runners"]);
    expect(titles(await find(own, "riv running"))).toEqual([]);
    expect(titles(await find(own, "RIVER"))).toEqual(["Rivers", "Runners"]);
    expect(titles(await find(own, "river desert"))).toEqual([]);
    expect(titles(await find(own, "river of the running"))).toEqual(["Runners"]);
  });

  test("has a phrase as it stands, and not across title and text", async () => {
    const { admin: own } = await seedWorkspace(t);
    await create(own, "Spring launch", "Garden **fair** of the year. A fair garden.");
    expect(titles(await find(own, '"garden fair"'))).toEqual(["Spring launch"]);
    expect(titles(await find(own, '"fair of the year"'))).toEqual(["Spring launch"]);
    expect(titles(await find(own, '"year fair"'))).toEqual([]);
    expect(titles(await find(own, '"gardens"'))).toEqual([]);
    expect(titles(await find(own, '"launch garden"'))).toEqual([]);
  });

  test("has none of what is excluded; an exclusion alone finds nothing", async () => {
    const { admin: own } = await seedWorkspace(t);
    await create(own, "Apples", "fruit pie");
    await create(own, "Pears", "fruit cake");
    expect(titles(await find(own, "fruit -pie"))).toEqual(["Pears"]);
    expect(titles(await find(own, '-"fruit cake" fruit'))).toEqual(["Apples"]);
    expect((await find(own, "-pie")).body).toEqual({ items: [], total: 0, nextCursor: null });
  });

  test("has the words of code, of names of files and of what links say, but not their addresses", async () => {
    const { admin: own } = await seedWorkspace(t);
    const file = await uploadAsset(t, call, own, { bytes: await aPicture(40, 30) });
    await create(
      own,
      "Code",
      `See [the manual](https://hidden.example/secretpath) and \`make_all.sh\`:\n\n\`\`\`\nlet total = sums[index](1);\n\`\`\`\n![A chart](asset:${file})`,
    );
    for (const q of ['"manual"', '"make"', '"sh"', '"total"', '"index 1"', '"chart"'])
      expect(titles(await find(own, q)), q).toEqual(["Code"]);
    for (const q of ["secretpath", file.slice(-12)]) expect(titles(await find(own, q)), q).toEqual([]);
  });

  test("is the current text, not what an older version said", async () => {
    const { admin: own } = await seedWorkspace(t);
    const { id } = await create(own, "Autumn", "pumpkins");
    const saved = await call(own, "POST", `/content/${id}/versions`, {
      body: "chestnuts",
      baseVersion: 1,
      title: "Winter",
    });
    expect(saved.status).toBe(201);
    expect((await call(own, "GET", `/content/${id}/versions/1`)).body.body).toBe("pumpkins");
    for (const q of ["pumpkins", "autumn"]) expect((await find(own, q)).body.total, q).toBe(0);
    for (const q of ["chestnuts", "winter"]) expect((await find(own, q)).body.total, q).toBe(1);
    expect((await call(own, "PUT", `/content/${id}`, { title: "Snow" })).status).toBe(200);
    expect((await find(own, "winter")).body.total).toBe(0);
    expect((await find(own, "snow chestnuts")).body.items).toMatchObject([{ id, title: "Snow" }]);
  });

  test("is none of what a refused save would have said", async () => {
    const { admin: own } = await seedWorkspace(t);
    const { id } = await create(own, "Autumn", "pumpkins");
    const stale = await call(own, "POST", `/content/${id}/versions`, { body: "chestnuts", baseVersion: 7 });
    expect(stale.status).toBe(409);
    expect((await find(own, "chestnuts")).body.total).toBe(0);
    expect((await find(own, "pumpkins")).body.total).toBe(1);
  });
});

describe("the order", () => {
  test("is title as a whole, title, what it is about, mention; then the newest first", async () => {
    const { admin: own } = await seedWorkspace(t);
    const wholly = await create(own, "Garden");
    const titled = await create(own, "The garden in May");
    const about = await create(own, "Soil", "A garden is a garden is a garden.");
    const older = await create(own, "Tools", "For the garden.");
    const newer = await create(own, "Boots", "Gardens are muddy.");
    const { body } = await find(own, "garden");
    expect(body.items!.map(({ id, score }) => [id, score])).toEqual([
      [wholly.id, 4],
      [titled.id, 3],
      [about.id, 2],
      [newer.id, 1],
      [older.id, 1],
    ]);
    await t.asOwner("update content_items set updated_at = now() + interval '1 hour' where id = $1", [older.id]);
    expect((await find(own, "garden")).body.items!.map(({ id }) => id).slice(3)).toEqual([older.id, newer.id]);
  });

  test("puts what is called so on the first page, however much mentions it", async () => {
    const { admin: own } = await seedWorkspace(t);
    const named = await create(own, "Harvest festival");
    await Promise.all(Array.from({ length: 40 }, (_, n) => create(own, `Note ${n}`, "harvest festival ".repeat(4))));
    const { body } = await find(own, "harvest festival");
    expect([body.total, body.items!.length, body.items![0]!.id]).toEqual([41, 25, named.id]);
  });

  test("by pages meets each once, and every page tells how many there are", async () => {
    const { admin: own } = await seedWorkspace(t);
    for (let n = 0; n < 11; n++)
      await create(own, n % 3 ? `Note ${n}` : `Meadow ${n}`, n % 2 ? "meadow" : "meadow meadow meadow");
    // All of one moment, so that the id decides.
    await t.asOwner("update content_items set updated_at = '2026-01-01' where workspace_id = $1", [own.workspaceId]);
    const whole = await find(own, "meadow", "&limit=100");
    const seen: unknown[] = [];
    let cursor = "";
    do {
      const { body } = await find(own, "meadow", `&limit=2${cursor && `&cursor=${cursor}`}`);
      expect(body.total).toBe(11);
      seen.push(...body.items!.map(({ id }) => id));
      cursor = (body.nextCursor as string | null) ?? "";
    } while (cursor);
    expect(seen).toEqual(whole.body.items!.map(({ id }) => id));
    expect(new Set(seen).size).toBe(11);
  });

  test("keeps its place when what was seen changes: it is seen again on no later page", async () => {
    const { admin: own } = await seedWorkspace(t);
    const made = [];
    for (let n = 0; n < 6; n++) made.push(await create(own, `Brook ${n}`));
    const first = await find(own, "brook", "&limit=3");
    expect((await call(own, "PUT", `/content/${made[5]!.id}`, { title: "Brook, renamed" })).status).toBe(200);
    const second = await find(own, "brook", `&limit=3&cursor=${first.body.nextCursor}`);
    expect([...first.body.items!, ...second.body.items!].map(({ id }) => id)).toEqual(
      made.map(({ id }) => id).toReversed(),
    );
    expect(second.body.nextCursor).toBeNull();
  });

  test("of an empty last page still tells how many there are", async () => {
    const { admin: own } = await seedWorkspace(t);
    const item = await create(own, "Pond");
    const cursor = Buffer.from(JSON.stringify(["score", "1 2000-01-01T00:00:00.000Z", item.id])).toString("base64url");
    expect((await find(own, "pond", `&cursor=${cursor}`)).body).toEqual({ items: [], total: 1, nextCursor: null });
  });
});

describe("filters", () => {
  test("take kind, status and author, and count what they leave", async () => {
    const own = await seedWorkspace(t);
    const colleague = await seedMember(t, own.id, "Writer");
    const draft = await seedItem(t, { createdBy: own.admin, title: "Wool" });
    const approved = await seedItem(t, { createdBy: colleague, title: "Wool", status: "Approved" });
    const ids = async (rest: string) => {
      const { body } = await find(own.admin, "wool", rest);
      expect(body.total).toBe(body.items!.length);
      return body.items!.map(({ id }) => id).toSorted();
    };
    expect(await ids("")).toEqual([draft.id, approved.id].toSorted());
    expect(await ids("&kinds=Item")).toEqual([draft.id, approved.id].toSorted());
    expect(await ids("&kinds=Comment,Asset")).toEqual([]);
    expect(await ids("&status=Approved")).toEqual([approved.id]);
    expect(await ids(`&author=${own.admin.userId}`)).toEqual([draft.id]);
    expect(await ids(`&author=${own.admin.userId}&status=Approved`)).toEqual([]);
  });

  test("leave archived items out, or everything else", async () => {
    const { admin: own } = await seedWorkspace(t);
    const kept = await create(own, "Hedge");
    const gone = await create(own, "Hedge");
    const ids = async (rest = "") => (await find(own, "hedge", rest)).body.items!.map(({ id }) => id);
    expect((await call(own, "POST", `/content/${gone.id}/archive`)).status).toBe(200);
    expect(await ids()).toEqual([kept.id]);
    expect(await ids("&archived=true")).toEqual([gone.id]);
    expect((await find(own, "hedge", "&archived=true")).body.items![0]!.archivedAt).toMatch(/Z$/);
    expect((await call(own, "POST", `/content/${gone.id}/restore`)).status).toBe(200);
    expect((await ids()).toSorted()).toEqual([kept.id, gone.id].toSorted());
    expect(await ids("&archived=true")).toEqual([]);
  });
});

describe("comments", () => {
  const say = async (who: Member, item: string, body: string) => {
    const made = await call(who, "POST", `/content/${item}/comments`, { body });
    expect(made.status).toBe(201);
    return { thread: made.body.id, id: (made.body.comments as { items: { id: string }[] }).items[0]!.id };
  };

  test("are found as what they are, under the title of their item", async () => {
    const own = await seedWorkspace(t);
    const viewer = await seedMember(t, own.id, "Viewer");
    const item = await create(own.admin, "Kiln", "Bricks.");
    const comment = await say(viewer, item.id, "Is **terracotta** meant? See [this](https://hidden.example/terra).");
    const { body } = await find(own.admin, "terracotta");
    expect(body.items).toMatchObject([
      {
        kind: "Comment",
        id: comment.id,
        contentItemId: item.id,
        threadId: comment.thread,
        title: "Kiln",
        authorId: viewer.userId,
        score: 1,
        status: null,
      },
    ]);
    expect(shown((body.items![0]!.highlights as { text: Segment[] }).text)).toBe("Is [terracotta] meant? See this.");
    expect((await find(own.admin, "terracotta", "&kinds=Item")).body.total).toBe(0);
    expect((await find(own.admin, "terracotta", `&author=${viewer.userId}&kinds=Comment`)).body.total).toBe(1);
    expect((await find(own.admin, "hidden")).body.total).toBe(0);
    expect((await find((await seedWorkspace(t)).admin, "terracotta")).body.total).toBe(0);
  });

  test("say what they say now, and nothing once they are removed", async () => {
    const { admin: own } = await seedWorkspace(t);
    const item = await create(own, "Kiln");
    const comment = await say(own, item.id, "porcelain");
    expect((await call(own, "PUT", `/comments/${comment.id}`, { body: "stoneware" })).status).toBe(200);
    expect((await find(own, "porcelain")).body.total).toBe(0);
    expect((await find(own, "stoneware")).body.total).toBe(1);
    expect((await call(own, "DELETE", `/comments/${comment.id}`)).status).toBeLessThan(300);
    expect((await find(own, "stoneware")).body.total).toBe(0);
    // Not even the index keeps the words.
    expect(await t.asOwner("select 1 from search_documents where subject_id = $1", [comment.id])).toEqual([]);
    expect(
      await t.asOwner("select 1 from comments where id = $1 and removed_at is not null", [comment.id]),
    ).toHaveLength(1);
  });

  test("go off the list with their item, and come back with it", async () => {
    const { admin: own } = await seedWorkspace(t);
    const item = await create(own, "Kiln");
    const comment = await say(own, item.id, "earthenware");
    const ids = async (rest = "") => (await find(own, "earthenware", rest)).body.items!.map(({ id }) => id);
    expect((await call(own, "POST", `/content/${item.id}/archive`)).status).toBe(200);
    expect(await ids()).toEqual([]);
    expect(await ids("&archived=true")).toEqual([comment.id]);
    expect((await find(own, "earthenware", "&archived=true")).body.items![0]!.archivedAt).toMatch(/Z$/);
    expect((await call(own, "POST", `/content/${item.id}/restore`)).status).toBe(200);
    expect(await ids()).toEqual([comment.id]);
  });
});

describe("files", () => {
  test("are found by their names and what is told of them, until they are removed", async () => {
    const { admin: own } = await seedWorkspace(t);
    const file = await uploadAsset(t, call, own, {
      bytes: await aPicture(40, 30),
      fileName: "summer-harvest_01.png",
      altText: "Sheaves of barley",
    });
    const ids = async (q: string, rest = "") => (await find(own, q, rest)).body.items!.map(({ id }) => id);
    for (const q of ["harvest", "summer harvest 01", "barley", "png"]) expect(await ids(q), q).toEqual([file]);
    expect((await find(own, "harvest")).body.items).toMatchObject([
      { kind: "Asset", contentItemId: null, title: "summer-harvest_01.png", authorId: own.userId, score: 3 },
    ]);
    expect(await ids("harvest", "&kinds=Item,Comment")).toEqual([]);
    expect(await ids("harvest", "&archived=true")).toEqual([]);
    expect((await call(own, "PUT", `/assets/${file}`, { altText: "Sheaves of rye" })).status).toBe(200);
    expect(await ids("barley")).toEqual([]);
    expect(await ids("rye")).toEqual([file]);
    expect((await find((await seedWorkspace(t)).admin, "rye")).body.total).toBe(0);
    expect((await call(own, "DELETE", `/assets/${file}`)).status).toBeLessThan(300);
    expect((await find(own, "rye")).body.total).toBe(0);
    expect(await t.asOwner("select 1 from search_documents where subject_id = $1", [file])).toEqual([]);
  });
});

describe("the list of items by title", () => {
  test("finds words as far as they are typed, in any order, and the rest of the filters hold", async () => {
    const { admin: own } = await seedWorkspace(t);
    const launch = await create(own, "Spring launch: 100% wool", "beach");
    const cleaning = await create(own, "Spring cleaning");
    const ids = async (q: string, rest = "") =>
      (await call(own, "GET", `/content?q=${encodeURIComponent(q)}&sort=title${rest}`)).body.items!.map(({ id }) => id);
    expect(await ids("spr")).toEqual([cleaning.id, launch.id]);
    expect(await ids("s")).toEqual([cleaning.id, launch.id]);
    expect(await ids("spr lau")).toEqual([launch.id]);
    expect(await ids("lau spr")).toEqual([launch.id]);
    expect(await ids("100%")).toEqual([launch.id]);
    expect(await ids("ring")).toEqual([]);
    expect(await ids("beach")).toEqual([]);
    expect(await ids("%")).toEqual([]);
    expect(await ids("spr", `&author=${writer.userId}`)).toEqual([]);
    expect(await ids("spr", "&archived=true")).toEqual([]);
  });

  test("is walked by pages", async () => {
    const { admin: own } = await seedWorkspace(t);
    for (let n = 0; n < 5; n++) await create(own, `Valley ${n}`);
    const first = await call(own, "GET", "/content?q=val&sort=title&limit=3");
    const second = await call(own, "GET", `/content?q=val&sort=title&limit=3&cursor=${first.body.nextCursor}`);
    expect([...titles(first), ...titles(second)]).toEqual([0, 1, 2, 3, 4].map((n) => `Valley ${n}`));
  });
});

test("a match is told in pieces, so that markup in a text stays text", async () => {
  const { admin: own } = await seedWorkspace(t);
  await create(own, "<b>Bold</b> claims", 'An <script>alert("fern")</script> of ferns');
  const { body } = await find(own, "fern");
  const { highlights } = body.items![0] as { highlights: { title: Segment[]; text: Segment[] } };
  expect(shown(highlights.title)).toBe("<b>Bold</b> claims");
  expect(shown(highlights.text)).toBe('An <script>alert("[fern]")</script> of [ferns]');
});
