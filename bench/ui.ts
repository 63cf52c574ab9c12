import { gzipSync } from "node:zlib";
import {
  createContent,
  createSchedule,
  createWorkspace,
  listChannels,
  submitContent,
  updateWorkspace,
} from "@contentos/sdk";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { browserMissing, openBrowser } from "../tests/e2e/browser";
import { startDeployment } from "../tests/e2e/deployment";
import { joinAs, PASSWORD } from "../tests/e2e/world";

const HELD_TO = { firstLoadKb: 200, interactiveMs: 2_500, keyMs: 50, longTaskMs: 100 };
const SLOWED = 4;
const SCREENFULS = 60;

/** What the application asks of a browser, on a processor slowed four times. */
export async function benchUi({ items, rounds }: { items: number; rounds: number }) {
  if (browserMissing) return console.log(`\nui: skipped, since ${browserMissing}`);
  const deployment = await startDeployment({ RATE_LIMIT_FACTOR: "1000" });
  const browser = await openBrowser();
  try {
    const many = Math.min(items, 10_000);
    const world = await fill(deployment.origin, many);
    const context = await signedIn(browser, deployment.origin);
    const base = `${deployment.origin}/w/${world.slug}`;
    console.log(`\nui: ${many} items, ${world.schedules} schedules, a processor slowed ${SLOWED} times`);
    tell(
      "first-load JavaScript of the list, gzipped",
      (await firstLoad(context, `${base}/content`)) / 1_000,
      "KB",
      HELD_TO.firstLoadKb,
    );
    const loads: number[] = [];
    for (let round = 0; round < rounds; round++)
      loads.push(await interactive(browser, deployment.origin, `${base}/content`));
    tell("the list is interactive after, median", median(loads), "ms", HELD_TO.interactiveMs);
    const keys = await typing(context, `${base}/content/${world.articleId}`);
    tell("a key in an article of 5,000 words until it is drawn, median", median(keys), "ms", HELD_TO.keyMs);
    tell(
      "the same, 95th percentile",
      keys.toSorted((a, b) => a - b)[Math.floor(keys.length * 0.95)]!,
      "ms",
      HELD_TO.keyMs,
    );
    tell(
      "longest task while the list is scrolled",
      await scrolling(context, `${base}/content`),
      "ms",
      HELD_TO.longTaskMs,
    );
    tell(
      "longest task while the calendar is scrolled",
      await scrolling(context, `${base}/calendar?view=month`),
      "ms",
      HELD_TO.longTaskMs,
    );
    tell(
      "longest task while the agenda is scrolled",
      await scrolling(context, `${base}/calendar?view=agenda`),
      "ms",
      HELD_TO.longTaskMs,
    );
  } finally {
    await browser.close();
    await deployment.stop();
  }
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const tell = (what: string, value: number, unit: string, most: number) =>
  console.log(
    `${what.padEnd(66)} ${value.toFixed(0).padStart(6)} ${unit}, held to ${most}: ${value <= most ? "met" : "NOT MET"}`,
  );

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
  const first = new Date();
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + 1);
  for (let n = 0; n < schedules; n++) {
    const scheduledTime = new Date(first.getTime() + n * 40 * 60_000).toISOString();
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

const ROWS = "tbody a";
const open = async (page: Page, url: string, shown: string) => {
  await page.goto(url);
  await page.locator(shown).first().waitFor({ timeout: 60_000 });
};

/** Bytes of all scripts that come before the list is shown, each gzipped. */
async function firstLoad(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script")
      sizes.push(
        response.body().then(
          (body) => gzipSync(body).length,
          () => 0,
        ),
      );
  });
  await open(page, url, ROWS);
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await page.close();
  return bytes;
}

/** Until the rows are there and the thread that draws has been free for a while; a window that knows nothing yet. */
async function interactive(browser: Browser, origin: string, url: string): Promise<number> {
  const context = await signedIn(browser, origin);
  const page = await slowed(context);
  await page.addInitScript(WATCH_TASKS);
  await open(page, url, ROWS);
  const shown = await page.evaluate(() => performance.now());
  await page.waitForTimeout(1_000);
  const ends = await page.evaluate(() => (globalThis as unknown as Watched).tasks.map(({ end }) => end));
  await context.close();
  return Math.max(shown, ...ends.filter((end) => end < shown + 500));
}

type Watched = { tasks: { end: number; ms: number }[]; keys: number[] };
const WATCH_TASKS = `
  globalThis.tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) globalThis.tasks.push({ end: startTime + duration, ms: duration });
  }).observe({ type: "longtask", buffered: true });`;
const WATCH_KEYS = `
  globalThis.keys = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") globalThis.keys.push(duration);
  }).observe({ type: "event", durationThreshold: 16 });`;

async function slowed(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  return page;
}

/** From a key's press to the next frame, as the browser's Event Timing tells it, in steps of 8 ms; quicker than 16 ms counts as 16. */
async function typing(context: BrowserContext, url: string): Promise<number[]> {
  const page = await slowed(context);
  await open(page, url, "[contenteditable=true]");
  await page.evaluate(WATCH_KEYS);
  const text = page.locator("[contenteditable=true]").first();
  await text.click();
  const pressed = 120;
  for (let n = 0; n < pressed; n++) {
    await page.keyboard.press("abcdefgh "[n % 9]!);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(500);
  const seen = await page.evaluate(() => (globalThis as unknown as Watched).keys);
  await page.close();
  return [...seen, ...Array<number>(Math.max(0, pressed - seen.length)).fill(16)];
}

/** The longest task while one scrolls through it, in ms; 0 where none was over 50. */
async function scrolling(context: BrowserContext, url: string): Promise<number> {
  const page = await slowed(context);
  await open(page, url, "main a, main button");
  await page.waitForTimeout(3_000);
  await page.evaluate(WATCH_TASKS.replace(", buffered: true", ""));
  await page.mouse.move(800, 500);
  for (let n = 0; n < SCREENFULS; n++) {
    await page.mouse.wheel(0, 800);
    await page.waitForTimeout(50);
  }
  await page.waitForTimeout(500);
  const tasks = await page.evaluate(() => (globalThis as unknown as Watched).tasks.map(({ ms }) => ms));
  await page.close();
  return Math.max(0, ...tasks);
}
