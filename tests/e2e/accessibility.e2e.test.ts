import axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { PAGES, show, windows } from "./pages";
import { makeWorld, type World } from "./world";

describe.skipIf(browserMissing)("each page, for those who can't see or point", () => {
  let deployment: Deployment;
  let browser: Browser;
  let world: World;
  let open: ReturnType<typeof windows>;

  beforeAll(async () => {
    deployment = await startDeployment();
    browser = await openBrowser();
    world = await makeWorld(deployment.origin);
    open = windows(browser, world);
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  const faults = async (page: Awaited<ReturnType<typeof open>>) => {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        // Mantine's dialogs have a <header>, which within a dialog is no banner of the page.
        rules: { "landmark-no-duplicate-banner": { enabled: false }, "landmark-unique": { enabled: false } },
      }),
    );
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 5).map(({ html }) => html) }));
  };

  test.each(PAGES.flatMap((shown) => (["light", "dark"] as const).map((scheme) => ({ ...shown, scheme }))))(
    "$name, $scheme",
    async ({ scheme, ...shown }) => {
      const page = await open(shown.who, scheme, scheme === "light" ? 1440 : 390);
      const broken: string[] = [];
      page.on("pageerror", (error) => broken.push(error.message));
      await show(page, world, shown);
      expect({ faults: await faults(page), broken }).toEqual({ faults: [], broken: [] });
      await page.close();
    },
  );

  test("a picture without words, and grey on grey, are seen", async () => {
    const page = await open("nobody", "light", 1440);
    await page.setContent(
      '<html lang="en"><title>x</title><main><h1>x</h1><img src="x.png"><p style="color:#aaa;background:#fff">Grey words</p>',
    );
    expect((await faults(page)).map(({ id }) => id)).toEqual(expect.arrayContaining(["image-alt", "color-contrast"]));
    await page.close();
  });
});
