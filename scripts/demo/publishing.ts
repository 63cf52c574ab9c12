import { until } from "./client";
import { itemOf, PLAN, type Schedule, type Stage, titleOf } from "./stage";
import { changeApproved } from "./writing";

/** An idle worker begins within a second; a busy machine may take longer. */
const PUBLISH_SECONDS = 60;

const plan = (stage: Stage, slug: string, when: object, channelId = stage.site.id) =>
  stage.client.post<Schedule>(stage.cast.ben, "/distribution/schedule", {
    contentItemId: itemOf(stage, slug).id,
    channelId,
    ...when,
  });

const isDone = ({ status }: Schedule) => ["Published", "Failed", "OnHold", "Unknown"].includes(status);

async function untilPublished({ client, cast }: Stage, { id }: Schedule): Promise<Schedule> {
  const ask = () => client.get<Schedule>(cast.ben, `/distribution/${id}/status`);
  const done = await until("The publication", PUBLISH_SECONDS, ask, isDone);
  if (done.status === "Published") return done;
  throw new Error(`A publication is ${done.status}: ${done.holdReason ?? done.message}`);
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** From schedule to page: what a visitor would get. */
export async function publishFollowed(stage: Stage) {
  const { client, say } = stage;
  const planned = await plan(stage, PLAN.followed, { scheduledTime: inSeconds(3) });
  say(`Ben schedules ${titleOf(stage, PLAN.followed)} on the site, three seconds from now: ${planned.status}.`);
  const { publishedUrl, lateMs } = await untilPublished(stage, planned);
  say(`It is out, ${lateMs} ms after its time: ${publishedUrl}`);

  // The deployment may know itself by another name than we do.
  const response = await fetch(new URL(new URL(publishedUrl!).pathname, client.base));
  const html = await response.text();
  const title = itemOf(stage, PLAN.followed).title;
  const beacon = /<body data-beacon="([^"]+)"/.exec(html)?.[1];
  if (!response.ok || !html.includes(`<h1>${title}</h1>`) || !beacon)
    throw new Error("The page is not as it should be");
  say(
    `The page answers ${response.status} to anyone, with ${Math.round(html.length / 1024)} KB of HTML and its heading.`,
  );
  return beacon;
}

export async function publishOthers(stage: Stage) {
  const { say } = stage;
  const slugs = [PLAN.merged, PLAN.rejected, PLAN.byClient, ...PLAN.published];
  const schedules = [];
  for (const slug of slugs) schedules.push(await plan(stage, slug, { scheduledTime: inSeconds(0) }));
  for (const schedule of schedules) await untilPublished(stage, schedule);
  say(`${slugs.length} more articles go out at once; links between them lead from page to page.`);
}

/** The local date some days from now. */
const dayIn = (timeZone: string, days: number) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone }).format(Date.now() + days * 24 * 3_600_000);

/** When the clocks go forward in Vienna next year: the last Sunday of March. */
function springNight(): string {
  const last = new Date(Date.UTC(new Date().getUTCFullYear() + 1, 2, 31));
  last.setUTCDate(31 - last.getUTCDay());
  return last.toISOString().slice(0, 10);
}

export async function planAhead(stage: Stage) {
  const { client, say, cast, site, workspace } = stage;
  const { timeZone } = workspace;
  const wish = {
    contentItemId: itemOf(stage, PLAN.tomorrow).id,
    channelId: site.id,
    scheduledTime: `${springNight()}T02:30`,
  };
  const { detail } = await client.refused(cast.ben, "POST", "/distribution/schedule", wish, "local_time_invalid");
  say(`Ben plans something for half past two in a night of March, and is told: “${detail}”`);

  const local = `${dayIn(timeZone, 1)}T09:00`;
  const first = await plan(stage, PLAN.tomorrow, { scheduledTime: local });
  say(`${titleOf(stage, PLAN.tomorrow)} goes out tomorrow at nine in Vienna, which is ${first.scheduledTime}.`);

  const there = "America/New_York";
  const second = await plan(stage, PLAN.nextWeek, { scheduledTime: `${dayIn(there, 7)}T09:00`, timeZone: there });
  const moved = await client.post<Schedule>(cast.ben, `/distribution/${second.id}/reschedule`, {
    scheduledTime: `${dayIn(there, 7)}T10:30`,
    timeZone: there,
  });
  say(`${titleOf(stage, PLAN.nextWeek)} follows in a week at half past ten in New York: ${moved.scheduledTime}.`);

  const held = await plan(stage, PLAN.held, { scheduledTime: `${dayIn(timeZone, 3)}T08:00` });
  await changeApproved(stage);
  const { status, holdReason } = await client.get<Schedule>(cast.ben, `/distribution/${held.id}/status`);
  say(
    `Cleo changes ${titleOf(stage, PLAN.held)} after it was approved and planned. The plan is ${status}: “${holdReason}”`,
  );
}

/** A thread, written for the network and approved with the article. */
export async function adaptFollowed(stage: Stage): Promise<string[]> {
  const { client, say, cast, bluesky } = stage;
  if (!bluesky) return [];
  const parts = [
    "From an empty folder to a page that the public can read, in ten minutes and one command. A short thread:",
    "1. npm install && npm start. It brings its own database: no account, no key, no container.",
    "2. Write Markdown. Every save is a version, and a stale save loses nothing.",
    "3. Two people who did not write it say yes. Then it goes out, byte for byte as they read it. #contentops",
  ].map((text) => ({ text }));
  const { id } = await client.post<{ id: string }>(
    cast.cleo,
    `/content/${itemOf(stage, PLAN.followed).id}/adaptations`,
    { channelId: bluesky.id, parts },
  );
  say(`Cleo writes a thread of ${parts.length} posts for ${bluesky.name}. It is reviewed with the article.`);
  return [id];
}

export async function publishThread(stage: Stage, [adaptationId]: string[]) {
  const { say, bluesky } = stage;
  if (!bluesky) return;
  const when = { scheduledTime: inSeconds(0), adaptationId };
  const { publishedUrl } = await untilPublished(stage, await plan(stage, PLAN.followed, when, bluesky.id));
  say(`The thread is on Bluesky: ${publishedUrl}`);
}
