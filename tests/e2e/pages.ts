import type { Browser, BrowserContext, Page } from "playwright-core";
import { PASSWORD, type World } from "./world";

type Who = "nobody" | "ada" | "ben" | "cleo";
export type Shown = {
  name: string;
  who: Who;
  path: (world: World) => string;
  /** What has to be there before the page counts as shown. */
  ready?: (page: Page) => Promise<unknown>;
};

const inside = (name: string, path: string, who: Who = "ada"): Shown => ({
  name,
  who,
  path: ({ slug }) => `/w/${slug}/${path}`,
});

/** Every page that people see, as it looks in a workspace at work. */
export const PAGES: Shown[] = [
  { name: "sign-in", who: "nobody", path: () => "/sign-in" },
  { name: "sign-up", who: "nobody", path: () => "/sign-up" },
  { name: "forgot-password", who: "nobody", path: () => "/forgot-password" },
  { name: "home", who: "ada", path: () => "/?all" },
  { name: "new-workspace", who: "ada", path: () => "/new-workspace" },
  inside("content", "content"),
  { name: "item-draft", who: "cleo", path: ({ slug, items }) => `/w/${slug}/content/${items.draft}` },
  { name: "item-reviewed", who: "ben", path: ({ slug, items }) => `/w/${slug}/content/${items.reviewed}` },
  { name: "item-published", who: "ada", path: ({ slug, items }) => `/w/${slug}/content/${items.published}` },
  inside("calendar", "calendar"),
  inside("calendar-month", "calendar?view=month"),
  inside("calendar-week", "calendar?view=week"),
  inside("calendar-day", "calendar?view=day"),
  inside("channels", "channels"),
  {
    ...inside("channels-connect", "channels"),
    ready: async (page) => {
      await page.getByRole("button", { name: "Connect Bluesky" }).click();
      await page.getByRole("dialog", { name: "Connect Bluesky" }).waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  inside("inbox", "inbox", "ben"),
  inside("members", "members"),
  { name: "client-review", who: "nobody", path: ({ reviewUrl }) => reviewUrl },
  { name: "public-site", who: "nobody", path: ({ slug }) => `/s/${slug}` },
];

/** Browser windows in which people are signed in, one for each person and look. */
export function windows(browser: Browser, world: World) {
  const open = new Map<string, Promise<BrowserContext>>();
  const options = (scheme: "light" | "dark", width: number) => ({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: scheme,
    reducedMotion: "reduce" as const,
    locale: "en-GB",
  });
  const signIn = async (context: BrowserContext, who: Exclude<Who, "nobody">) => {
    const answer = await context.request.post(`${world.origin}/api/v1/auth/login`, {
      data: { email: world[who].email, password: PASSWORD },
    });
    if (!answer.ok()) throw new Error(`${who} could not sign in: ${answer.status()}`);
  };
  return async (who: Who, scheme: "light" | "dark", width: number): Promise<Page> => {
    const key = `${who} ${scheme} ${width}`;
    if (!open.has(key)) {
      open.set(
        key,
        browser.newContext(options(scheme, width)).then(async (context) => {
          if (who !== "nobody") await signIn(context, who);
          return context;
        }),
      );
    }
    return (await open.get(key)!).newPage();
  };
}

/** Until what has come is drawn, in ms. */
const SETTLES_MS = 300;

/** Opens a page and waits until it has settled. */
export async function show(page: Page, world: World, { path, ready }: Shown) {
  await page.goto(new URL(path(world), world.origin).href);
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .mantine-Loader-root"));
  await page.waitForTimeout(SETTLES_MS);
  await ready?.(page);
}
