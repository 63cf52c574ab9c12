import { createContent, createTag, getContent, listContent, updateWorkspace } from "@contentos/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { windows } from "./pages";
import { makeWorld, PASSWORD, type World } from "./world";

const PATIENCE = { timeout: 20_000 };

describe.skipIf(browserMissing)("the list of content", () => {
  let deployment: Deployment;
  let browser: Browser;
  let world: World;
  let open: (who: "ada" | "ben" | "cleo", path: string) => Promise<Page>;
  let page: Page;

  beforeAll(async () => {
    deployment = await startDeployment();
    browser = await openBrowser();
    world = await makeWorld(deployment.origin);
    const window = windows(browser, world);
    open = async (who, path) => {
      const opened = await window(who, "light", 1440);
      await opened.goto(`${deployment.origin}${path}`);
      return opened;
    };
  });
  beforeEach(() => page?.close());
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  const list = () => `/w/${world.slug}/content`;
  const row = (title: string) => page.getByRole("row").filter({ hasText: title });

  test("is narrowed, kept as a view, shared, opened by somebody else, and changed", async () => {
    page = await open("ben", `${list()}?status=InReview&sort=title`);
    const views = page.getByRole("button", { name: "Views" });
    await views.click();
    await page.getByRole("menuitem", { name: "Keep this as a view" }).click();
    await page.getByLabel("Name").fill("In review by title");
    await page.getByRole("switch", { name: "Share with the workspace" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "In review by title" }).waitFor();
    await page.close();

    page = await open("cleo", list());
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "In review by title" }).click();
    await page.waitForURL(/status=InReview.*sort=title|sort=title.*status=InReview/);
    const shown = page.getByRole("button", { name: "In review by title" });
    await shown.click();
    expect(await page.getByRole("menuitem", { name: /^Remove/ }).count()).toBe(0);
    await page.close();

    page = await open("ben", list());
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "In review by title" }).click();
    await page.waitForURL(/sort=title/);
    await page.getByText("Draft", { exact: true }).first().click();
    await page.waitForURL(/status=Draft/);
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "Keep the change in “In review by title”" }).click();
    await page.getByRole("button", { name: "In review by title" }).click();
    await page.getByRole("menuitem", { name: "Remove “In review by title”" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByRole("button", { name: "Views" }).waitFor();
  });

  test("does with several at once what can be done, and tells what could not", async () => {
    const { ben, cleo, items } = world;
    const ready = await cleo.client.call(createContent, { body: { title: "Ready at last", body: "All of it." } });
    const tag = await ben.client.call(createTag, { body: { name: "At once" } });
    const titles: string[] = [];
    for (const id of [ready.id, items.published]) titles.push((await ben.client.call(getContent, { id })).title);
    page = await open("ben", list());
    for (const title of titles) await page.getByLabel(`Select ${title}`).click();
    const bar = () => page.getByRole("region", { name: "What is selected" });
    await bar().getByText("2 selected").waitFor();
    await bar().getByRole("button", { name: "Add a tag" }).click();
    await page.getByRole("menuitem", { name: "At once" }).click();
    await bar().waitFor({ state: "hidden" });
    await row(titles[0]!).getByText("At once").waitFor();
    const tagged = await ben.client.call(listContent, { tag: [tag.id] });
    expect(tagged.items.map(({ id }) => id).sort()).toEqual([ready.id, items.published].sort());

    // The Writer's own goes to review; what is another's and published already is left.
    await page.close();
    page = await open("cleo", list());
    for (const title of titles) await page.getByLabel(`Select ${title}`).click();
    await bar().getByRole("button", { name: "Submit for review" }).click();
    await bar().getByText("1 was left as it is; the rest is done").waitFor();
    await bar().getByText(titles[1]!).waitFor();
    expect((await ben.client.call(getContent, { id: ready.id })).status).toBe("InReview");
  });

  test("is a board as well, with each item in the column of its state", async () => {
    const { ben, items } = world;
    page = await open("ben", list());
    await page.getByRole("radio", { name: "Board" }).click();
    await page.waitForURL(/view=board/);
    for (const [status, id] of [
      ["Approved", items.approved],
      ["Published", items.published],
    ] as const) {
      const { title } = await ben.client.call(getContent, { id });
      await page.getByRole("region", { name: status }).getByRole("link", { name: title }).waitFor();
    }
  });

  test("is reached, searched and added to by keys alone", async () => {
    const { title } = await world.ben.client.call(getContent, { id: world.items.published });
    page = await open("ben", `/w/${world.slug}/calendar`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Go to content").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.waitForURL(`**${list()}`);
    await page.keyboard.press("n");
    await page.getByRole("dialog", { name: "New item" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: "Search" }).fill(title.slice(0, 12));
    await page.getByRole("button", { name: title }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${list()}/**`);
  });

  test("opens by keys what comes later, and gives the focus back", async () => {
    page = await open("ben", list());
    for (const [name, shown] of [
      ["Account", () => page.getByRole("menuitem", { name: "Sign out" })],
      ["Views", () => page.getByRole("menuitem", { name: "Keep this as a view" })],
      ["Filters", () => page.getByRole("combobox", { name: "Order" })],
      [/^Notifications/, () => page.getByRole("button", { name: "Mark all as read" })],
    ] as const) {
      const button = page.getByRole("button", { name, exact: true });
      const hasFocus = () => button.evaluate((element) => element === document.activeElement);
      // Twice: what is there by then opens in the same way.
      for (const round of [1, 2]) {
        await button.focus();
        await page.keyboard.press("Enter");
        await shown().waitFor();
        expect([name, round, await button.getAttribute("aria-expanded")]).toEqual([name, round, "true"]);
        await page.keyboard.press("Escape");
        await shown().waitFor({ state: "hidden" });
        await expect.poll(hasFocus, PATIENCE).toBe(true);
      }
    }
  });

  test("draws of many rows those in sight, and fetches more as one goes down", async () => {
    const { ben } = world;
    const titles = Array.from({ length: 130 }, (_, n) => `Row ${String(n).padStart(3, "0")}`);
    for (const title of titles) await ben.client.call(createContent, { body: { title } });
    page = await open("ben", `${list()}?q=Row&sort=title`);
    await row("Row 000").waitFor();
    const drawn = () => page.locator("tbody tr[aria-rowindex]").count();
    const isLast = async () => {
      await page.keyboard.press("End");
      return row("Row 129").isVisible();
    };
    await expect.poll(isLast, PATIENCE).toBe(true);
    expect(await drawn()).toBeLessThan(60);
    expect(await row("Row 129").getAttribute("aria-rowindex")).toBe("131");
    const isFirst = async () => {
      await page.keyboard.press("Home");
      return row("Row 000").isVisible();
    };
    await expect.poll(isFirst, PATIENCE).toBe(true);
    expect(await row("Row 129").count()).toBe(0);
  });

  test("begins in a new workspace with what another was set up by", async () => {
    page = await open("ada", "/new-workspace");
    await page.getByLabel("Name").fill("Mill Lane");
    await page.getByRole("combobox", { name: "Set up like" }).click();
    await page.getByRole("option", { name: "Harbour Lights" }).click();
    await page.getByRole("button", { name: "Create the workspace" }).click();
    await page.waitForURL("**/w/mill-lane/welcome");
    await page.goto(`${deployment.origin}/w/mill-lane/settings/planning`);
    await page.getByText("At once").waitFor();
  });

  test("opens an item where it stands, and beside it for who asks for that", async () => {
    const { id } = await world.ben.client.call(createContent, {
      body: { title: "Opened in its place", body: "Here." },
    });
    page = await open("ben", list());
    const link = page.getByRole("link", { name: "Opened in its place", exact: true });
    const beside = page.context().waitForEvent("page");
    await link.click({ modifiers: ["Control"] });
    const other = await beside;
    await other.waitForURL(`**/content/${id}`);
    await other.close();
    expect(new URL(page.url()).pathname).toBe(list());
    await page.evaluate(() => Object.assign(globalThis, { sameDocument: true }));
    await link.click();
    await page.waitForURL(`**/content/${id}`);
    expect(await page.evaluate(() => "sameDocument" in globalThis)).toBe(true);
  });

  test("is where it was for who comes back from an item", async () => {
    const { cleo } = world;
    for (let from = 0; from < 60; from += 10)
      await Promise.all(
        Array.from({ length: 10 }, (_, at) =>
          cleo.client.call(createContent, { body: { title: `Long ago ${from + at}`, body: "Told." } }),
        ),
      );
    page = await open("ben", list());
    await page.getByRole("row").nth(5).waitFor();
    const place = () => page.evaluate(() => Math.round(window.scrollY));
    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, 1_500);
    await expect.poll(place, PATIENCE).toBe(1_500);
    const title = await page.evaluate(
      () => document.elementFromPoint(700, 500)?.closest("tr")?.querySelector("a")?.textContent ?? "",
    );
    await page.getByRole("link", { name: title, exact: true }).click();
    await page.waitForURL(/\/content\/[0-9a-f-]{36}/);
    await page.getByRole("textbox", { name: "Title" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: title, exact: true }).waitFor();
    await expect.poll(place, PATIENCE).toBe(1_500);
  });

  test("is found under an address that its workspace has left, by its people alone", async () => {
    const { ada, workspaceId, slug } = world;
    const moved = `${slug}-moved`;
    await ada.client.call(updateWorkspace, { id: workspaceId, body: { slug: moved } });
    page = await open("cleo", `${list()}?status=Draft`);
    await page.waitForURL(`${world.origin}/w/${moved}/content?status=Draft`);
    await page.getByRole("heading", { name: "Content", level: 1 }).waitFor();
    await page.close();

    const told = async () => {
      await page.getByRole("main").getByRole("link").waitFor();
      return page.getByRole("main").textContent();
    };
    page = await open("cleo", "/w/nobody-has-this/content");
    const unknown = await told();
    await page.close();
    const stranger = await browser.newContext();
    const data = { name: "Dora", email: "dora.stranger@example.com", password: PASSWORD };
    await stranger.request.post(`${world.origin}/api/v1/auth/signup`, { data });
    page = await stranger.newPage();
    await page.goto(`${world.origin}${list()}`);
    expect(await told()).toBe(unknown);
    expect(page.url()).toBe(`${world.origin}${list()}`);
    await ada.client.call(updateWorkspace, { id: workspaceId, body: { slug } });
  });
});
