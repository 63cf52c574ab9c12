import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { firstLoad, kilobytes, type Script } from "./first-load";
import { makeWorld, PASSWORD, type World } from "./world";

/** What the list's scripts may weigh, gzipped, in KB. Who needs more has it come when it is asked for. */
const BUDGET_KB = 200;
/** Words by which a library is known in what was made of it. */
const HEAVY = { editor: "ProseMirror", charts: "recharts", parser: "IntlMessageFormat" };
/** In a message that is still to be parsed, which nothing in the browser can do. */
const UNPARSED = ", plural,";

describe.skipIf(browserMissing)("what a browser fetches at first", () => {
  let deployment: Deployment;
  let browser: Browser;
  let world: World;
  const load = async (path: string, shown: string): Promise<Script[]> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const data = { email: world.ben.email, password: PASSWORD };
    await context.request.post(`${world.origin}/api/v1/auth/login`, { data });
    return firstLoad(context, `${world.origin}/w/${world.slug}/${path}`, shown).finally(() => context.close());
  };
  const has = (scripts: Script[], words: string) => scripts.some(({ text }) => text.includes(words));

  beforeAll(async () => {
    deployment = await startDeployment();
    browser = await openBrowser();
    world = await makeWorld(deployment.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  test("for the list is little, with no editor and no charts", async () => {
    const scripts = await load("content", "tbody a");
    const heaviest = scripts.toSorted((one, other) => other.bytes - one.bytes);
    const told = heaviest.map(({ path, bytes }) => `${(bytes / 1_000).toFixed(1)} ${path}`).join("\n");
    expect(kilobytes(scripts), told).toBeLessThanOrEqual(BUDGET_KB);
    for (const words of [...Object.values(HEAVY), UNPARSED])
      expect([words, has(scripts, words)]).toEqual([words, false]);
  });

  test("is seen where it is there: the editor and the charts are known by those words", async () => {
    expect(has(await load(`content/${world.items.draft}`, "[contenteditable=true]"), HEAVY.editor)).toBe(true);
    expect(has(await load("analytics", ".recharts-surface"), HEAVY.charts)).toBe(true);
  });
});
