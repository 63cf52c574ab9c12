import { askAbout, settle } from "./commenting";
import { type Approval, type Item, itemOf, type Page, PLAN, type Stage, titleOf } from "./stage";
import { finishRejected } from "./writing";

const submit = (stage: Stage, slug: string, adaptationIds: string[] = []) =>
  stage.client.post<Approval>(stage.cast.cleo, `/content/${itemOf(stage, slug).id}/submit`, { adaptationIds });

/** Ben's yes; the answer holds the step that it opened. */
const firstYes = ({ client, cast }: Stage, step: Approval) =>
  client.post<Approval>(cast.ben, `/approval/${step.id}/approve`, { comment: "Clear, and true. Yes from me." });

async function approve(stage: Stage, slug: string, adaptationIds?: string[]) {
  const { next } = await firstYes(stage, await submit(stage, slug, adaptationIds));
  await stage.client.post(stage.cast.ada, `/approval/${next!.id}/approve`);
}

/** One item in slow motion: who may decide, and who may not. */
export async function reviewFollowed(stage: Stage, adaptationIds: string[]) {
  const { client, say, cast } = stage;
  const step = await submit(stage, PLAN.followed, adaptationIds);
  say(`Cleo submits ${titleOf(stage, PLAN.followed)}. Step 1 of ${step.steps} asks for an Editor.`);
  await client.refused(cast.cleo, "POST", `/approval/${step.id}/approve`, {}, "forbidden");
  say("Cleo can't approve her own words, and a Writer decides nothing.");
  const { next } = await firstYes(stage, step);
  await client.refused(cast.ben, "POST", `/approval/${next!.id}/approve`, {}, "forbidden");
  say("Ben approves step 1. Step 2 asks for an Admin, so Ben can't take that one too.");
  await client.post(cast.ada, `/approval/${next!.id}/approve`, { comment: "Out with it." });
  const { status } = await client.get<Item>(cast.ada, `/content/${itemOf(stage, PLAN.followed).id}`);
  say(`Ada approves step 2. The item is ${status}.`);
}

export async function reviewRejected(stage: Stage) {
  const { client, say, cast } = stage;
  const step = await submit(stage, PLAN.rejected);
  const reason = "It stops before the end: tell the reader what to do with the numbers.";
  await client.post(cast.ben, `/approval/${step.id}/reject`, { reason });
  say(`Ben rejects ${titleOf(stage, PLAN.rejected)}: “${reason}”`);
  const question = await askAbout(stage, PLAN.rejected);
  await finishRejected(stage);
  await settle(stage, PLAN.rejected, question);
  await approve(stage, PLAN.rejected);
  say("Second round: Ben approves, then Ada.");
}

export async function reviewOthers(stage: Stage) {
  const { say } = stage;
  const others = [PLAN.merged, ...PLAN.published, PLAN.tomorrow, PLAN.nextWeek, PLAN.held];
  for (const slug of others) await approve(stage, slug);
  say(`${others.length} more articles go through both steps, each decided by Ben and then by Ada.`);
}

/** What is left for whoever signs in afterwards. */
export async function leaveWaiting(stage: Stage) {
  const { client, say, cast } = stage;
  await firstYes(stage, await submit(stage, PLAN.waitsForAda));
  for (const slug of PLAN.waitForBen) await submit(stage, slug);
  const { items } = await client.get<Page<{ title: string }>>(cast.ben, "/approval/inbox");
  say(`Ben's inbox holds ${items.map(({ title }) => `“${title}”`).join(" and ")}.`);
  say(`${titleOf(stage, PLAN.waitsForAda)} has Ben's yes and waits for Ada.`);
}
