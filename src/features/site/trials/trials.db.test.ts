import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Member, seedMember, seedWorkspace } from "#tests/factories";
import { setPolicy } from "#tests/factories/approval";
import { sitePublisher } from "#tests/factories/site";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { makeDue, runJobs } from "#tests/harness/jobs";
import { systemClock } from "@/platform/clock";
import { judgeTrialTask } from "../jobs";

const t = testDatabase({ max: 8 });
const call = caller(t);
let app: ReturnType<typeof testApp>;
beforeAll(() => {
  app = testApp(t);
});
const HEADLINES = ["What spring brings", "Spring, at last"];
const closing: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

type Variant = { number: number; headline: string; share: number; views: number; clicks: number; best: number };
type Trial = { id: string; status: string; winner: number | null; reason: string | null; variants: Variant[] };
const trialOf = ({ body }: { body: Record<string, unknown> }) => body as unknown as Trial;

async function seedPage(steps: { role: string }[] = []) {
  const workspace = await seedWorkspace(t);
  await setPolicy(t, workspace.id, steps as never);
  const editor = await seedMember(t, workspace.id, "Editor");
  const site = await sitePublisher(t, workspace);
  closing.push(site.close);
  const published = await site.publishNew();
  const input = { contentItemId: published.item.id, headlines: HEADLINES };
  const list = async () => (await app.request(`/s/${workspace.slug}`)).text();
  return {
    ...workspace,
    editor,
    site,
    published,
    input,
    list,
    propose: (by: Member) => call(by, "POST", "/site/trials", input),
  };
}
type Seeded = Awaited<ReturnType<typeof seedPage>>;
const read = async ({ admin }: Seeded, id: string) => trialOf(await call(admin, "GET", `/site/trials/${id}`));
const tell = (
  slug: string,
  trial: string,
  number: number | string,
  said: string,
  headers: Record<string, string> = {},
) => app.request(`/s/${slug}/trial/${trial}/${number}`, { method: "POST", body: said, headers });
const counted = (id: string, numbers: Record<number, [views: number, clicks: number]>) =>
  Promise.all(
    Object.entries(numbers).map(([number, [views, clicks]]) =>
      t.asOwner("update site_trial_variants set views = $3, clicks = $4 where trial_id = $1 and number = $2", [
        id,
        number,
        views,
        clicks,
      ]),
    ),
  );
const judge = async () => {
  await makeDue(t);
  await runJobs(t, { "site.judge_trial": judgeTrialTask({ db: t.db, clock: systemClock }) });
};

describe("headlines that are put forward", () => {
  it("are shown to nobody before somebody else has approved them, to the letter", async () => {
    const seeded = await seedPage([{ role: "Editor" }]);
    const { admin, editor, slug, list } = seeded;
    const before = await list();
    const trial = trialOf(await seeded.propose(editor));
    expect(trial).toMatchObject({ status: "Waiting", variants: [{ headline: "Spring launch" }, {}, {}] });
    expect(await list()).toBe(before);
    expect((await tell(slug, trial.id, 1, "view")).status).toBe(404);
    const own = await call(editor, "POST", `/site/trials/${trial.id}/approve`, {});
    expect([own.status, own.body.code]).toEqual([403, "own_work"]);
    const approved = await call(admin, "POST", `/site/trials/${trial.id}/approve`, {});
    expect([approved.status, approved.body.status, approved.body.approvedBy]).toEqual([200, "Running", admin.userId]);
    const html = await list();
    for (const headline of HEADLINES) expect(html).toContain(headline);
    expect(html).toMatch(/data-trials="\/s\/[^"]+\/trial"/);
    // What stands there without the script is what was approved first.
    expect(html).toMatch(/<a href="[^"]+" data-trial="[^>]+>\s*Spring launch\s*<\/a>/);
  });

  it("need the role that the workspace's steps ask for", async () => {
    const seeded = await seedPage([{ role: "Editor" }, { role: "Admin" }]);
    const trial = trialOf(await seeded.propose(seeded.admin));
    const refused = await call(seeded.editor, "POST", `/site/trials/${trial.id}/approve`, {});
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
  });

  it("begin at once where the workspace asks nobody, and one trial at a time", async () => {
    const seeded = await seedPage();
    expect(trialOf(await seeded.propose(seeded.editor)).status).toBe("Running");
    const second = await seeded.propose(seeded.editor);
    expect([second.status, second.body.code]).toEqual([409, "conflict"]);
  });

  it("are Editors' to put forward, of a page that is out, each once", async () => {
    const seeded = await seedPage();
    const writer = await seedMember(t, seeded.id, "Writer");
    expect((await seeded.propose(writer)).status).toBe(403);
    const other = await seedPage();
    expect((await other.propose(seeded.admin)).status).toBe(404);
    const twice = { ...seeded.input, headlines: ["spring launch", "Spring, at last"] };
    expect((await call(seeded.editor, "POST", "/site/trials", twice)).status).toBe(400);
    expect((await call(seeded.editor, "POST", "/site/trials", { ...twice, headlines: ["One"] })).status).toBe(400);
  });
});

describe("what visitors do", () => {
  let seeded: Seeded;
  let trial: Trial;
  beforeAll(async () => {
    seeded = await seedPage();
    trial = trialOf(await seeded.propose(seeded.editor));
  });

  it("is counted by headline, none is lost, and nobody follows what they never saw", async () => {
    const { slug } = seeded;
    await tell(slug, trial.id, 2, "click");
    await Promise.all(Array.from({ length: 30 }, () => tell(slug, trial.id, 1, "view")));
    await Promise.all(Array.from({ length: 4 }, () => tell(slug, trial.id, 1, "click")));
    const { variants } = await read(seeded, trial.id);
    expect(variants.map(({ views, clicks }) => [views, clicks])).toEqual([
      [0, 0],
      [30, 4],
      [0, 0],
    ]);
    expect(variants[1]!.best).toBeGreaterThan(variants[0]!.best);
  });

  it.each<[string, Record<string, string>]>([
    ["a crawler", { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" }],
    ["another crawler", { "user-agent": "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)" }],
    ["what a browser fetches ahead", { "sec-purpose": "prefetch;prerender" }],
    ["another site's page", { "sec-fetch-site": "cross-site" }],
  ])("of %s is not counted", async (_, headers) => {
    const before = await read(seeded, trial.id);
    expect((await tell(seeded.slug, trial.id, 0, "view", headers)).status).toBe(204);
    expect((await tell(seeded.slug, trial.id, 1, "click", headers)).status).toBe(204);
    expect(await read(seeded, trial.id)).toEqual(before);
  });

  it("is not counted for what is no trial of this site", async () => {
    const elsewhere = await seedPage();
    const theirs = trialOf(await elsewhere.propose(elsewhere.editor));
    for (const [id, number, said] of [
      [theirs.id, 1, "view"],
      [trial.id, 5, "view"],
      [trial.id, 9, "view"],
      [trial.id, 1, "approve"],
      ["no-id", 1, "view"],
    ] as const)
      expect((await tell(seeded.slug, id, number, said)).status).toBe(404);
    expect((await read(elsewhere, theirs.id)).variants[1]!.views).toBe(0);
  });

  it("is told of without a cookie, by a page that is the same for everybody and may be kept", async () => {
    const [one, other] = [await app.request(`/s/${seeded.slug}`), await app.request(`/s/${seeded.slug}`)];
    expect(one.headers.get("set-cookie")).toBeNull();
    expect(one.headers.get("cache-control")).toMatch(/^public, max-age=60/);
    expect(await one.text()).toBe(await other.text());
    expect((await tell(seeded.slug, trial.id, 1, "view")).headers.get("set-cookie")).toBeNull();
  });
});

describe("a trial that is looked at by the clock", () => {
  it("shows what does well to more, and goes on as long as nothing is told", async () => {
    const seeded = await seedPage();
    const trial = trialOf(await seeded.propose(seeded.editor));
    await counted(trial.id, { 0: [150, 6], 1: [150, 9], 2: [150, 2] });
    await judge();
    const { status, variants } = await read(seeded, trial.id);
    expect(status).toBe("Running");
    expect(variants[1]!.share).toBeGreaterThan(0.5);
    expect(variants.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    const html = (await seeded.list()).replaceAll("&quot;", '"');
    expect(html).toContain(`"weight": ${variants[1]!.share}`.replace(": ", html.includes('"weight": ') ? ": " : ":"));
  });

  it("is decided at its confidence; the winner is proposed, and what is out stays", async () => {
    const seeded = await seedPage();
    const trial = trialOf(await seeded.propose(seeded.editor));
    await counted(trial.id, { 0: [400, 8], 1: [400, 40], 2: [400, 9] });
    await judge();
    expect(await read(seeded, trial.id)).toMatchObject({ status: "Decided", reason: "Confident", winner: 1 });
    const told = await t.asOwner<{ payload: object }>(
      "select payload from events where type = 'site.trial_ended' and subject_id = $1",
      [seeded.input.contentItemId],
    );
    expect(told).toEqual([
      { payload: { trialId: trial.id, status: "Decided", reason: "Confident", winner: 1, confidence: 99 } },
    ]);
    const html = await seeded.list();
    expect(html).toContain("Spring launch");
    expect(html).not.toContain(HEADLINES[0]);
    const [row] = await t.asOwner<Record<string, unknown>>(
      "select title, current_version_number n, status from content_items where id = $1",
      [seeded.input.contentItemId],
    );
    expect(row).toEqual({ title: "Spring launch", n: 1, status: "Published" });
    expect((await tell(seeded.slug, trial.id, 1, "view")).status).toBe(404);
  });

  it("ends undecided when its time is over, and by a person before that", async () => {
    const seeded = await seedPage();
    const trial = trialOf(await seeded.propose(seeded.editor));
    await t.asOwner("update site_trials set ends_at = now() - interval '1 minute' where id = $1", [trial.id]);
    await judge();
    expect(await read(seeded, trial.id)).toMatchObject({ status: "Undecided", reason: "TimeOver", winner: null });
    const next = trialOf(await seeded.propose(seeded.editor));
    const stopped = await call(seeded.editor, "POST", `/site/trials/${next.id}/stop`, {});
    expect(stopped.body).toMatchObject({ status: "Stopped", reason: "ByPerson" });
    expect((await call(seeded.editor, "POST", `/site/trials/${next.id}/stop`, {})).status).toBe(409);
  });

  it("is shown to nobody any more once another version is out", async () => {
    const seeded = await seedPage();
    const trial = trialOf(await seeded.propose(seeded.editor));
    await t.asOwner("update site_pages set version_number = 7 where content_item_id = $1", [
      seeded.input.contentItemId,
    ]);
    expect(await seeded.list()).not.toContain(HEADLINES[0]);
    await judge();
    expect(await read(seeded, trial.id)).toMatchObject({ status: "Stopped", reason: "PageChanged" });
  });
});
