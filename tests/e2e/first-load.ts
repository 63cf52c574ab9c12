import { gzipSync } from "node:zlib";
import type { BrowserContext } from "playwright-core";

export type Script = { path: string; text: string /** As gzip sends it. */; bytes: number };

/** So long without another script, and what a page needs at first has come, in ms. */
const QUIET_MS = 1_500;

/** All scripts that a window that knows nothing yet fetches for a page, until `shown` is seen and no more are fetched. */
export async function firstLoad(context: BrowserContext, url: string, shown: string): Promise<Script[]> {
  const page = await context.newPage();
  const scripts: Promise<Script>[] = [];
  let last = Date.now();
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    last = Date.now();
    const path = new URL(response.url()).pathname;
    scripts.push(response.body().then((body) => ({ path, text: body.toString(), bytes: gzipSync(body).length })));
  });
  try {
    await page.goto(url);
    await page.locator(shown).first().waitFor({ timeout: 60_000 });
    while (Date.now() - last < QUIET_MS) await page.waitForTimeout(100);
    return await Promise.all(scripts);
  } finally {
    await page.close();
  }
}

export const kilobytes = (scripts: Script[]) => scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;
