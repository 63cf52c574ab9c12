import { mkdirSync } from "node:fs";
import { browserMissing, openBrowser } from "./browser";
import { startDeployment } from "./deployment";
import { PAGES, show, windows } from "./pages";
import { makeWorld } from "./world";

const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"] as const;

/** `npm run screenshots [words of names …]`: every page at two widths in two schemes, into `screenshots/`. */
if (browserMissing) throw new Error(`No screenshots, since ${browserMissing}`);
const wanted = process.argv.slice(2);
mkdirSync("screenshots", { recursive: true });
const deployment = await startDeployment();
const browser = await openBrowser();
try {
  const world = await makeWorld(deployment.origin);
  const open = windows(browser, world);
  for (const shown of PAGES) {
    if (wanted.length > 0 && !wanted.some((word) => shown.name.includes(word))) continue;
    for (const scheme of SCHEMES) {
      for (const width of WIDTHS) {
        const page = await open(shown.who, scheme, width);
        await show(page, world, shown);
        const path = `screenshots/${shown.name}-${width}-${scheme}.png`;
        await page.screenshot({ path, fullPage: true });
        console.info(path);
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  await deployment.stop();
}
