import {
  createContent,
  createSchedule,
  createWorkspace,
  listChannels,
  submitContent,
  updateWorkspace,
} from "@contentos/sdk";
import type { Browser, BrowserContext } from "playwright-core";
import { browserMissing, openBrowser } from "../tests/e2e/browser";
import { startDeployment } from "../tests/e2e/deployment";
import { firstLoad, kilobytes } from "../tests/e2e/first-load";
import { joinAs, PASSWORD } from "../tests/e2e/world";
import { interactive, SLOWED, scrolling, switching, typing } from "./lib/page-speed";
import { longest, type Task } from "./lib/tasks";

const HELD_TO = { firstLoadKb: 200, interactiveMs: 2_500, keyMs: 50, longTaskMs: 100 };

/** What the application asks of a browser, on a processor slowed four times. */
export async function benchUi({ items, rounds }: { items: number; rounds: number }) {
  if (browserMissing) return console.log(`\nui: skipped, since ${browserMissing}`);
  const deployment = await startDeployment({ RATE_LIMIT_FACTOR: "1000" });
  const browser = await openBrowser();
  try {
    const many = Math.min(items, 10_000);
    const world = await fill(deployment.origin, many);
    const base = `${deployment.origin}/w/${world.slug}`;
    const list = `${base}/content`;
    const article = `${list}/${world.articleId}`;
    const calendar = (view: string) => `${base}/calendar?view=${view}&day=${startOfNextMonth()}`;
    const anew = () => signedIn(browser, deployment.origin);
    console.log(`\nui: ${many} items, ${world.schedules} schedules, a processor slowed ${SLOWED} times`);

    tell("scripts of the list, gzipped", kilobytes(await within(anew, (at) => firstLoad(at, list, ROWS))), "KB", 200);
    tellSize("the editor", await within(anew, (at) => firstLoad(at, article, TEXT)));
    tellSize("the calendar", await within(anew, (at) => firstLoad(at, calendar("month"), ENTRIES)));
    tellSize("the numbers", await within(anew, (at) => firstLoad(at, `${base}/analytics`, "main h1")));
    tellSize(
      "signing in",
      await within(
        () => browser.newContext(),
        (at) => firstLoad(at, `${deployment.origin}/sign-in`, "form"),
      ),
    );

    const loads: Awaited<ReturnType<typeof interactive>>[] = [];
    for (let round = 0; round < rounds; round++)
      loads.push(await within(anew, (at) => interactive(browser, at, list, ROWS)));
    tell("the list is interactive after, median", median(loads.map(({ ms }) => ms)), "ms", HELD_TO.interactiveMs);
    note("of which the page's thread was busy", median(loads.map(({ busyMs }) => busyMs)));

    const context = await anew();
    const keys = await typing(context, article, TEXT);
    tell("a key in an article of 5,000 words until it is drawn, median", median(keys), "ms", HELD_TO.keyMs);
    tell("the same, 95th percentile", keys.toSorted((a, b) => a - b)[Math.floor(keys.length * 0.95)]!, "ms", 50);
    tellTasks("the list is scrolled", await scrolling(browser, context, list, ROWS));
    tellTasks("the calendar is scrolled", await scrolling(browser, context, calendar("month"), ENTRIES));
    tellTasks("the agenda is scrolled", await scrolling(browser, context, calendar("agenda"), ENTRIES));
    for (const [view, tasks] of Object.entries(await switching(browser, context, calendar("month"), ENTRIES)))
      tellTasks(`the calendar's view becomes ${view}`, tasks);
  } finally {
    await browser.close();
    await deployment.stop();
  }
}

const ROWS = "tbody a";
const TEXT = "[contenteditable=true]";
const ENTRIES = "[data-entry]";

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const tell = (what: string, value: number, unit: string, most: number) =>
  console.log(
    `${what.padEnd(66)} ${value.toFixed(0).padStart(6)} ${unit}, held to ${most}: ${value <= most ? "met" : "NOT MET"}`,
  );
const note = (what: string, ms: number) => console.log(`  ${what.padEnd(64)} ${ms.toFixed(0).padStart(6)} ms`);
const tellSize = (page: string, scripts: Parameters<typeof kilobytes>[0]) =>
  console.log(`${`scripts of ${page}, gzipped`.padEnd(66)} ${kilobytes(scripts).toFixed(0).padStart(6)} KB`);

function tellTasks(when: string, tasks: Task[]) {
  tell(`longest task while ${when}`, longest(tasks, "ms"), "ms", HELD_TO.longTaskMs);
  note("of the processor's own time", longest(tasks, "busyMs"));
}

/** In a window of its own, which knows nothing yet. */
async function within<T>(open: () => Promise<BrowserContext>, work: (context: BrowserContext) => Promise<T>) {
  const context = await open();
  return work(context).finally(() => context.close());
}

/** The schedules fill that month. */
function startOfNextMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
}

/** Who is alone, with many items, a long article and a month full of schedules. */
async function fill(origin: string, items: number) {
  const person = await joinAs(origin, "Bench");
  const workspace = await person.client.call(createWorkspace, { body: { name: "Bench" } });
  const client = person.client.in(workspace.id);
  await client.call(updateWorkspace, { id: workspace.id, body: { approvalSteps: [] } });
  const create = (title: string, body = "A few words.") => client.call(createContent, { body: { title, body } });
  const numbers = Array.from({ length: items }, (_, n) => n).values();
  const worker = async () => {
    for (const n of numbers) await create(`Item ${n}, about the harbour and its lights`);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const paragraph = `${"The boats come in at six and the harbour wakes up slowly. ".repeat(9).trim()}\n\n`;
  const article = await create("A long article", paragraph.repeat(51));
  const out = await create("What goes out");
  await client.call(submitContent, { id: out.id, body: {} });
  const { items: channels } = await client.call(listChannels, {});
  const schedules = 1_000;
  const first = Date.parse(startOfNextMonth());
  for (let n = 0; n < schedules; n++) {
    const scheduledTime = new Date(first + n * 40 * 60_000).toISOString();
    await client.call(createSchedule, { body: { contentItemId: out.id, channelId: channels[0]!.id, scheduledTime } });
  }
  return { slug: workspace.slug, articleId: article.id, schedules };
}

async function signedIn(browser: Browser, origin: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const data = { email: "bench@example.com", password: PASSWORD };
  const answer = await context.request.post(`${origin}/api/v1/auth/login`, { data });
  if (!answer.ok()) throw new Error(`Signing in was answered ${answer.status()}`);
  return context;
}
