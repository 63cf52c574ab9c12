import type { Browser, BrowserContext, Page } from "playwright-core";
import { PASSWORD, type World } from "./world";

type Who = "nobody" | "ada" | "ben" | "cleo";
export type Shown = {
  name: string;
  who: Who;
  path: (world: World) => string;
  /** What has to be there before the page counts as shown. */
  ready?: (page: Page) => Promise<unknown>;
  /** What is partly covered by something that opened over it, and shown whole on a page of its own. */
  covered?: string;
};

const inside = (name: string, path: string, who: Who = "ada"): Shown => ({
  name,
  who,
  path: ({ slug }) => `/w/${slug}/${path}`,
});

const SETTINGS = [
  "general",
  "members",
  "approval",
  "branding",
  "domain",
  "sign-in",
  "notifications",
  "billing",
  "planning",
  "personas",
  "ai",
  "transfer",
  "audit",
  "support",
  "keys",
  "webhooks",
  "account",
];
/** What stands beside an item's text. */
/** On a phone, what stands beside the text is behind a button. */
async function openBeside(page: Page) {
  const drawer = page.getByRole("button", { name: /^Beside the text/ });
  if (await drawer.isVisible()) await drawer.click();
}
const beside = (name: "Comments" | "SEO" | "Versions" | "Details", item: "draft" | "published" = "draft"): Shown => ({
  name: `item-${item === "draft" ? "" : `${item}-`}${name.toLowerCase()}`,
  who: "ben",
  path: ({ slug, items }) => `/w/${slug}/content/${items[item]}`,
  ready: async (page) => {
    await openBeside(page);
    await page.getByRole("tab", { name }).click();
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
    await page.waitForTimeout(SETTLES_MS);
  },
});

/** Every page that people see, as it looks in a workspace at work. */
export const PAGES: Shown[] = [
  { name: "sign-in", who: "nobody", path: () => "/sign-in" },
  { name: "sign-up", who: "nobody", path: () => "/sign-up" },
  { name: "terms", who: "nobody", path: () => "/terms" },
  { name: "privacy", who: "nobody", path: () => "/privacy" },
  { name: "privacy-choices", who: "nobody", path: () => "/privacy-choices" },
  { name: "verify-email", who: "nobody", path: () => "/verify-email#token=none" },
  {
    name: "second-factor",
    who: "ada",
    path: ({ slug }) => `/w/${slug}/settings/account`,
    ready: async (page) => {
      await page.getByRole("button", { name: "Set up an authenticator app" }).click();
      const dialog = page.getByRole("dialog", { name: "Set up an authenticator app" });
      await dialog.getByLabel("Current password").fill(PASSWORD);
      await dialog.getByRole("button", { name: "Continue" }).click();
      await dialog.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  {
    name: "proof",
    who: "ada",
    path: ({ slug }) => `/w/${slug}/settings/account`,
    ready: async (page) => {
      const problem = { code: "proof_required", status: 403, title: "Show it", ways: ["Password", "Passkey"] };
      await page.route("**/api/v1/auth/sessions", (route) =>
        route.request().method() === "DELETE"
          ? route.fulfill({ status: 403, contentType: "application/problem+json", json: problem })
          : route.continue(),
      );
      await page.getByRole("button", { name: "Sign out everywhere else" }).click();
      await page.getByRole("dialog", { name: "Is it still you?" }).waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  { name: "forgot-password", who: "nobody", path: () => "/forgot-password" },
  { name: "home", who: "ada", path: () => "/?all" },
  { name: "home-inbox", who: "ben", path: () => "/?all&view=inbox" },
  { name: "home-calendar", who: "ben", path: () => "/?all&view=calendar" },
  { name: "new-workspace", who: "ada", path: () => "/new-workspace" },
  inside("welcome", "welcome"),
  inside("content", "content"),
  inside("content-board", "content?view=board"),
  inside("content-nothing", "content?q=nothingfitsthis"),
  inside("content-new", "content?new"),
  { name: "item-draft", who: "cleo", path: ({ slug, items }) => `/w/${slug}/content/${items.draft}` },
  { name: "item-reviewed", who: "ben", path: ({ slug, items }) => `/w/${slug}/content/${items.reviewed}` },
  {
    name: "item-approved",
    who: "ben",
    path: ({ slug, items }) => `/w/${slug}/content/${items.approved}`,
    ready: async (page) => {
      await openBeside(page);
      await page.getByText("Next posting time", { exact: true }).click();
      await page.getByText("has no posting times yet").waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  { name: "item-published", who: "ada", path: ({ slug, items }) => `/w/${slug}/content/${items.published}` },
  inside("calendar", "calendar"),
  inside("calendar-month", "calendar?view=month"),
  inside("calendar-week", "calendar?view=week"),
  inside("calendar-day", "calendar?view=day"),
  inside("channels", "channels"),
  beside("Comments"),
  beside("SEO"),
  beside("Versions"),
  beside("Details"),
  beside("Details", "published"),
  {
    ...inside("channels-connect", "channels"),
    ready: async (page) => {
      await page.getByRole("button", { name: "Connect Bluesky" }).click();
      await page.getByRole("dialog", { name: "Connect Bluesky" }).waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  {
    ...inside("posting-times", "channels"),
    ready: async (page) => {
      await page.getByRole("button", { name: "Posting times of Site" }).click();
      await page.getByRole("dialog", { name: "Posting times of Site" }).waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  inside("inbox", "inbox", "ben"),
  {
    ...inside("notifications", "content", "ben"),
    covered: "#main",
    ready: async (page) => {
      await page.getByRole("button", { name: /^Notifications/ }).click();
      await page.getByRole("dialog", { name: "Notifications" }).waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  inside("assistant", "assistant"),
  inside("analytics", "analytics"),
  { name: "client-door", who: "nobody", path: ({ reviewUrl }) => reviewUrl },
  {
    name: "client-review",
    who: "nobody",
    path: ({ reviewUrl }) => reviewUrl,
    ready: async (page) => {
      await page.getByLabel("Your name").fill("Harriet Master");
      await page.getByRole("button", { name: "Open" }).click();
      await page.getByRole("article").waitFor();
    },
  },
  ...SETTINGS.map((page) => inside(`settings-${page}`, `settings/${page}`)),
  inside("settings-read-only", "settings/branding", "cleo"),
  inside("settings-audit-forwarding", "settings/audit?part=forwarding"),
  inside("settings-audit-retention", "settings/audit?part=retention"),
  {
    ...inside("settings-audit-destination", "settings/audit?part=forwarding"),
    ready: async (page) => {
      await page.getByRole("button", { name: "New destination" }).click();
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  {
    ...inside("settings-audit-hold", "settings/audit?part=retention"),
    ready: async (page) => {
      await page.getByRole("button", { name: "Begin a hold" }).click();
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(SETTLES_MS);
    },
  },
  inside("settings-audit-refused", "settings/audit", "cleo"),
  { name: "settings-import", who: "ada", path: ({ slug, importId }) => `/w/${slug}/settings/transfer/${importId}` },
  inside("files", "files"),
  { name: "files-file", who: "ada", path: ({ slug, fileId }) => `/w/${slug}/files?file=${fileId}` },
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

/** Until nothing loads any more and what has come is drawn. What stands behind a dialog may wait for its answer. */
export async function settle(page: Page) {
  await page.waitForFunction(() => {
    const dialogs = document.querySelectorAll("[role=dialog]");
    return !(dialogs.item(dialogs.length - 1) ?? document).querySelector("[aria-busy=true], .mantine-Loader-root");
  });
  await page.waitForTimeout(SETTLES_MS);
}

/** Opens a page and waits until it has settled. */
export async function show(page: Page, world: World, { path, ready }: Shown) {
  await page.goto(new URL(path(world), world.origin).href);
  await settle(page);
  if (ready) await ready(page).then(() => settle(page));
}
