import axe from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { PAGES, settle, show, windows } from "./pages";
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

  const faults = async (page: Awaited<ReturnType<typeof open>>, covered: string[] = []) => {
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(
      (exclude) =>
        (globalThis as unknown as { axe: typeof axe }).axe.run(
          { exclude },
          { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ),
      covered,
    );
    return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 5).map(({ html }) => html) }));
  };

  /** Of a page that was opened on a phone and in the dark, as it is, and then in the light on a desk, without a reload. */
  const faultsInBothLooks = async (page: Awaited<ReturnType<typeof open>>, covered?: string) => {
    const within = covered ? [covered] : [];
    const dark = await faults(page, within);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await settle(page);
    return { dark, light: await faults(page, within) };
  };

  test.each(PAGES)("$name", async (shown) => {
    const page = await open(shown.who, "dark", 390);
    const broken: string[] = [];
    page.on("pageerror", (error) => broken.push(error.message));
    page.on("console", (said) => /Content Security Policy|hydrat/i.test(said.text()) && broken.push(said.text()));
    await show(page, world, shown);
    expect({ ...(await faultsInBothLooks(page, shown.covered)), broken }).toEqual({ dark: [], light: [], broken: [] });
    await page.close();
  });

  test("what somebody wrote into a page as a script does not run", async () => {
    const page = await open("ada", "light", 1440);
    const refused: string[] = [];
    page.on("console", (said) => /Content Security Policy/.test(said.text()) && refused.push(said.text()));
    await show(page, world, PAGES.find(({ name }) => name === "content")!);
    const ran = await page.evaluate(async () => {
      const div = document.createElement("div");
      div.innerHTML = `<img src="data:," onerror="globalThis.ran = 'an attribute'">`;
      document.body.append(div);
      await new Promise((resolve) => setTimeout(resolve, 500));
      return (globalThis as { ran?: string }).ran;
    });
    expect([ran, refused.length]).toEqual([undefined, 1]);
    await page.close();
  });

  test("what can't be read in one scheme alone is seen in that one, by the application's own colours and by the browser's", async () => {
    const page = await open("nobody", "dark", 390);
    await show(page, world, PAGES.find(({ name }) => name === "sign-in")!);
    await page.evaluate(() => {
      const planted = [
        ["dark", ":root[data-mantine-color-scheme=dark] #dark", "#444", "#222"],
        ["light", ":root[data-mantine-color-scheme=light] #light", "#ccc", "#fff"],
        ["night", "#night", "#444", "#222", "dark"],
        ["day", "#day", "#ccc", "#fff", "light"],
      ];
      const sheet = new CSSStyleSheet();
      for (const [id, selector, color, ground, scheme] of planted) {
        const rule = `${selector} { color: ${color}; background: ${ground} }`;
        sheet.insertRule(scheme ? `@media (prefers-color-scheme: ${scheme}) { ${rule} }` : rule);
        const words = document.createElement("p");
        Object.assign(words, { id, textContent: "Planted words" });
        document.querySelector("main")!.append(words);
      }
      document.adoptedStyleSheets.push(sheet);
    });
    const seen = await faultsInBothLooks(page);
    const idsIn = (found: typeof seen.dark) =>
      found.flatMap(({ id, nodes }) => nodes.map((html) => `${id} ${/id="(\w+)"/.exec(html)?.[1]}`)).sort();
    expect({ dark: idsIn(seen.dark), light: idsIn(seen.light) }).toEqual({
      dark: ["color-contrast dark", "color-contrast night"],
      light: ["color-contrast day", "color-contrast light"],
    });
    await page.close();
  });

  test("a picture without words, and grey on grey, are seen", async () => {
    const page = await open("nobody", "light", 1440);
    await page.setContent(
      '<html lang="en"><title>x</title><main><h1>x</h1><img src="x.png"><p style="color:#aaa;background:#fff">Grey words</p>',
    );
    expect((await faults(page)).map(({ id }) => id)).toEqual(expect.arrayContaining(["image-alt", "color-contrast"]));
    await page.close();
  });
});
