import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";

if (browserMissing) console.warn(`Skipped: the browser's story, since ${browserMissing}`);

describe.skipIf(browserMissing)("in the browser", () => {
  let deployment: Deployment;
  let browser: Browser;

  beforeAll(async () => {
    deployment = await startDeployment();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  const person = async (path = "/") => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(new URL(path, deployment.origin).href);
    return { page, faults };
  };

  const signUp = async (page: Page, name: string) => {
    const email = `${name.toLowerCase()}@example.com`;
    await page.getByLabel("Your name").fill(name);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("a long walk to the sea");
    await page.getByRole("button", { name: "Sign up" }).click();
    return email;
  };
  const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
  /** Shows the Markdown instead of the text. */
  const markdown = (page: Page) => page.getByText("Markdown", { exact: true }).click();
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  test("three people take a piece from the first words to the public page", async () => {
    const ada = await person("/sign-up");
    await signUp(ada.page, "Ada");
    await box(ada.page, "Name").fill("Harbour Lights");
    await ada.page.getByLabel("A team").check();
    await button(ada.page, "Create the workspace").click();
    await ada.page.getByRole("link", { name: "Go to the content" }).click();
    await ada.page.getByText("Nothing here yet").waitFor();

    const invite = async (email: string, role: string) => {
      await ada.page.goto(`${deployment.origin}/w/harbour-lights/members`);
      await box(ada.page, "E-mail").fill(email);
      await ada.page.getByRole("combobox", { name: "Role", exact: true }).click();
      await ada.page.getByRole("option", { name: role }).click();
      await button(ada.page, "Invite").click();
      const link = await ada.page.getByText("/invitations/accept").textContent();
      return new URL(link!).pathname + new URL(link!).hash;
    };
    const join = async (name: string, role: string) => {
      const invited = await person(await invite(`${name.toLowerCase()}@example.com`, role));
      await invited.page.getByRole("link", { name: "Sign up" }).click();
      await signUp(invited.page, name);
      await button(invited.page, "Join the workspace").click();
      await invited.page.waitForURL("**/w/harbour-lights/content");
      return invited;
    };
    const cleo = await join("Cleo", "Writer");
    const ben = await join("Ben", "Editor");

    await button(cleo.page, "New item").click();
    await box(cleo.page, "Title").fill("Spring in the harbour");
    await button(cleo.page, "Create").click();
    await markdown(cleo.page);
    await box(cleo.page, "Text, Markdown").fill(
      "# Spring\n\nThe boats are back, and <script>alert(1)</script> so is the sun.",
    );
    await button(cleo.page, "Save a version").click();
    await cleo.page.getByText("Version 2 is saved").waitFor();
    await button(cleo.page, "Submit for review").click();
    await cleo.page.getByText("waits for somebody else").waitFor();

    for (const { page } of [ben, ada]) {
      await page.goto(`${deployment.origin}/w/harbour-lights/inbox`);
      await page.getByRole("link", { name: "Spring in the harbour" }).click();
      await button(page, "Approve").click();
      await page.getByText(page === ben.page ? "Step 2 of 2 waits for an Admin" : "Publish now").waitFor();
    }
    await button(ada.page, "Publish now").click();
    const link = ada.page.getByRole("link", { name: /\/s\/harbour-lights\// });
    await link.waitFor({ timeout: 20_000 });

    const visitor = await person(new URL((await link.getAttribute("href"))!).pathname);
    expect(await visitor.page.getByRole("heading", { name: "Spring in the harbour" }).isVisible()).toBe(true);
    expect(await visitor.page.content()).not.toContain("<script>alert(1)");
    await expect.poll(() => ada.page.getByText("Published").count(), { timeout: 15_000 }).toBeGreaterThan(0);
    for (const { faults } of [ada, ben, cleo, visitor]) expect(faults).toEqual([]);
  });

  test("two windows of one person show what each has written, and lose nothing", async () => {
    const { page } = await person("/sign-up");
    await signUp(page, "Dora");
    await box(page, "Name").fill("Alone");
    await button(page, "Create the workspace").click();
    await page.getByRole("link", { name: "Go to the content" }).click();
    await button(page, "New item").click();
    await box(page, "Title").fill("Two tabs");
    await button(page, "Create").click();
    await box(page, "Text").waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await box(other, "Text").waitFor();
    for (const window of [page, other]) await markdown(window);

    await box(page, "Text, Markdown").fill("From this tab");
    await page.getByText("Saved as a draft").waitFor();
    await box(other, "Text, Markdown").fill("From the other tab");
    await other.getByText("You are writing this in another window, too").waitFor();
    await button(other, "Save a version").click();
    await other.getByText("Version 2 is saved").waitFor();

    await page.getByText("Dora saved version 2").waitFor();
    await button(page, "Save a version").click();
    await page.getByRole("radio", { name: "Both" }).check();
    await button(page, "Save as one version").click();
    await page.getByText("Version 3 is saved").waitFor();
    const said = await box(page, "Text, Markdown").inputValue();
    expect(said).toContain("From the other tab");
    expect(said).toContain("From this tab");
  });
});
