import { beforeAll, describe, expect, test } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { expectStatus } from "#tests/factories/approval";
import { makeCampaign, makeItem, makePersona, makeTag } from "#tests/factories/planning";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { encodeCursor } from "@/http/cursor";

const t = testDatabase();
const NOW = new Date("2026-06-15T12:00:00Z");
const call = caller(t, { clock: { now: () => NOW } });
const MADE_UP = "00000000-0000-4000-8000-000000000000";
const at = (day: number) => `2026-06-${String(day).padStart(2, "0")}T09:00:00Z`;

let admin: Member;
let writer: Member;
let stranger: Member;
const tags: Record<string, string> = {};
let campaign: string;
let persona: string;

/** By title: what each item is in the plan. */
beforeAll(async () => {
  ({ admin } = await seedWorkspace(t));
  ({ admin: stranger } = await seedWorkspace(t));
  writer = await seedMember(t, admin.workspaceId, "Writer");
  for (const name of ["story", "case", "news"]) tags[name] = (await makeTag(call, admin, { name })).id;
  campaign = (await makeCampaign(call, admin)).id;
  persona = (await makePersona(call, admin)).id;
  const make = async (title: string, plan: object) => (await makeItem(call, admin, { title, ...plan })).id;
  await make("plain", {});
  await make("due soon", { dueAt: at(20), tagIds: [tags.story], assigneeId: writer.userId });
  await make("late", { dueAt: at(10), tagIds: [tags.story, tags.case], campaignId: campaign });
  await make("later", {
    dueAt: at(25),
    tagIds: [tags.case, tags.news],
    campaignId: campaign,
    assigneeId: admin.userId,
  });
  const out = await make("out", { dueAt: at(5), campaignId: campaign });
  await t.asOwner("update content_items set status = 'Published' where id = $1", [out]);
  const gone = await make("gone", { dueAt: at(1), tagIds: [tags.story] });
  await expectStatus(call(admin, "POST", `/content/${gone}/archive`), 200);
  const brief = await make("for her", { tagIds: [tags.news] });
  await expectStatus(call(admin, "PUT", `/content/${brief}/brief`, { personaId: persona, baseVersion: 0 }), 200);
  const untagged = await make("untagged", { tagIds: [tags.case] });
  await expectStatus(call(admin, "PUT", `/content/${untagged}`, { tagIds: [] }), 200);
  await makeItem(call, stranger, { title: "theirs", dueAt: at(10) });
});

const titles = async (query: string, who: Member = admin) =>
  (await expectStatus(call(who, "GET", `/content?sort=title&${query}`), 200)).items!.map(({ title }) => title);

describe("a list of items", () => {
  test.each<[string, () => string, string[]]>([
    ["a tag", () => `tag=${tags.story}`, ["due soon", "late"]],
    ["two tags, repeated: both", () => `tag=${tags.story}&tag=${tags.case}`, ["late"]],
    ["two tags with a comma: both", () => `tag=${tags.case},${tags.news}`, ["later"]],
    ["a tag that was taken off one of them", () => `tag=${tags.case}`, ["late", "later"]],
    ["the same tag twice", () => `tag=${tags.news},${tags.news}`, ["for her", "later"]],
    ["a tag that nothing has", () => `tag=${MADE_UP}`, []],
    ["a campaign", () => `campaign=${campaign}`, ["late", "later", "out"]],
    ["an assignee", () => `assignee=${writer.userId}`, ["due soon"]],
    ["me", () => "assignee=me", ["later"]],
    ["nobody", () => "assignee=none", ["for her", "late", "out", "plain", "untagged"]],
    ["a persona", () => `persona=${persona}`, ["for her"]],
    ["due dates from one on, itself among them", () => `dueFrom=${at(20)}`, ["due soon", "later"]],
    ["due dates before one, itself not among them", () => `dueTo=${at(20)}`, ["late", "out"]],
    ["a range of due dates", () => `dueFrom=${at(6)}&dueTo=${at(21)}`, ["due soon", "late"]],
    ["what is overdue", () => "overdue=true", ["late"]],
    ["overdue or not", () => "overdue=false&assignee=me", ["later"]],
    ["archived ones", () => `archived=true&tag=${tags.story}`, ["gone"]],
    [
      "all at once",
      () => `tag=${tags.story}&campaign=${campaign}&assignee=none&overdue=true&status=Draft&q=la`,
      ["late"],
    ],
  ])("is filtered by %s", async (_, query, expected) => {
    expect(await titles(query())).toEqual(expected);
  });

  test("means whoever asks by me", async () => {
    expect(await titles("assignee=me", writer)).toEqual(["due soon"]);
  });

  test.each([
    ["dueAt", ["out", "late", "due soon", "later"]],
    ["-dueAt", ["later", "due soon", "late", "out"]],
  ])("in order of %s has what is not due last", async (sort, dated) => {
    const seen = (await call(admin, "GET", `/content?sort=${sort}`)).body.items!.map(({ title }) => title);
    expect(seen.slice(0, 4)).toEqual(dated);
    expect(seen.slice(4).toSorted()).toEqual(["for her", "plain", "untagged"]);
  });

  test.each([
    "tag=story",
    `tag=${Array.from({ length: 11 }, () => MADE_UP).join(",")}`,
    "campaign=spring",
    "assignee=you",
    "persona=none",
    "dueFrom=yesterday",
    "dueTo=2026-06-15",
    "overdue=yes",
    "sort=dueat",
  ])("refuses %s", async (query) => {
    expect(await call(admin, "GET", `/content?${query}`)).toMatchObject({
      status: 400,
      body: { code: "invalid_request" },
    });
  });

  test.each([
    ["dueAt", "-infinity"],
    ["-dueAt", "infinity"],
    ["createdAt", "infinity"],
    ["dueAt", "epoch"],
  ])("takes no cursor of %s that stands at %s", async (sort, value) => {
    const cursor = encodeCursor({ sort, value, id: MADE_UP });
    expect((await call(admin, "GET", `/content?sort=${sort}&cursor=${cursor}`)).body.code).toBe("invalid_cursor");
    const right = encodeCursor({ sort: "dueAt", value: "infinity", id: MADE_UP });
    expect((await call(admin, "GET", `/content?sort=dueAt&cursor=${right}`)).status).toBe(200);
  });

  test("shows nothing of another workspace, whatever is asked", async () => {
    expect(await titles("dueTo=2999-01-01T00:00:00Z", stranger)).toEqual(["theirs"]);
    for (const query of [
      `tag=${tags.story}`,
      `campaign=${campaign}`,
      `persona=${persona}`,
      `assignee=${writer.userId}`,
    ])
      expect(await titles(query, stranger)).toEqual([]);
    expect((await call(null, "GET", "/content?assignee=me")).status).toBe(401);
  });
});
