import type { Browser, BrowserContext, Page } from "playwright-core";
import { type Task, tasksOf } from "./tasks";

/** A telephone's processor, against that of who develops. */
export const SLOWED = 4;
const SCREENFULS = 60;
/** What came of a page's opening is over by then, in ms. */
const SETTLED_MS = 3_000;

async function slowed(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
  return page;
}

const open = async (page: Page, url: string, shown: string) => {
  await page.goto(url);
  await page.locator(shown).first().waitFor({ timeout: 60_000 });
};

type Watched = { tasks: { end: number }[]; keys: number[]; shownAt?: number };
const watchLoading = (shown: string) => `
  globalThis.tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) globalThis.tasks.push({ end: startTime + duration });
  }).observe({ type: "longtask", buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector(${JSON.stringify(shown)})) return;
    globalThis.shownAt = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });`;
const WATCH_KEYS = `
  globalThis.keys = [];
  new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) if (name === "keydown") globalThis.keys.push(duration);
  }).observe({ type: "event", durationThreshold: 16 });`;

/** Until \`shown\` is there and the thread that draws has had no long task within the next half second. */
export async function interactive(browser: Browser, context: BrowserContext, url: string, shown: string) {
  const page = await slowed(context);
  await page.addInitScript(watchLoading(shown));
  const tasks = await tasksOf(browser, page, async () => {
    await open(page, url, shown);
    await page.waitForTimeout(1_000);
  });
  const seen = await page.evaluate(() => {
    const { tasks, shownAt = performance.now() } = globalThis as unknown as Watched;
    return { shownAt, ends: tasks.map(({ end }) => end) };
  });
  await page.close();
  const ms = seen.ends.reduce((at, end) => (end > at && end < at + 500 ? end : at), seen.shownAt);
  return { ms, busyMs: tasks.reduce((sum, { busyMs }) => sum + busyMs, 0) };
}

/** From a key's press to the next frame, as the browser's Event Timing tells it, in steps of 8 ms; quicker than 16 ms counts as 16. */
export async function typing(context: BrowserContext, url: string, field: string): Promise<number[]> {
  const page = await slowed(context);
  await open(page, url, field);
  await page.waitForTimeout(SETTLED_MS);
  await page.evaluate(WATCH_KEYS);
  const text = page.locator(field).first();
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

/** Tasks while one scrolls through a page by its wheel. */
export async function scrolling(
  browser: Browser,
  context: BrowserContext,
  url: string,
  shown: string,
): Promise<Task[]> {
  const page = await slowed(context);
  await open(page, url, shown);
  await page.waitForTimeout(SETTLED_MS);
  await page.mouse.move(800, 500);
  const tasks = await tasksOf(browser, page, async () => {
    for (let n = 0; n < SCREENFULS; n++) {
      await page.mouse.wheel(0, 800);
      await page.waitForTimeout(50);
    }
    await page.waitForTimeout(500);
  });
  await page.close();
  return tasks;
}

/** Tasks of each change of the calendar's view, from the month and back to it. */
export async function switching(browser: Browser, context: BrowserContext, url: string, shown: string) {
  const page = await slowed(context);
  await open(page, url, shown);
  await page.waitForTimeout(SETTLED_MS);
  const seen: Record<string, Task[]> = {};
  for (const view of ["Week", "Day", "Agenda", "Month"]) {
    seen[view] = await tasksOf(browser, page, async () => {
      await page.getByText(view, { exact: true }).first().click();
      await page.waitForTimeout(2_000);
    });
  }
  await page.close();
  return seen;
}
