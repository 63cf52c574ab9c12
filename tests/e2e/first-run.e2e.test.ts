import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { PASSWORD } from "./world";

describe.skipIf(browserMissing)("the first minutes", () => {
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

  const visit = async (path: string, locale = "en-GB") => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale });
    const page = await context.newPage();
    await page.goto(deployment.origin + path);
    return page;
  };

  test("alone, on a phone: from signing up to a page that others can read", async () => {
    const page = await visit("/sign-up");
    await page.getByRole("button", { name: "Sign up" }).click();
    // Forms name what is wrong, at the field.
    await page.getByText("Say what colleagues call you.").waitFor();
    await page.getByLabel("Your name").fill("Nora");
    await page.getByLabel("E-mail").fill("nora@example.com");
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign up" }).click();

    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Nora's Bakery");
    await page.getByRole("button", { name: "Create the workspace" }).click();
    await page.getByRole("heading", { name: "Welcome to Nora's Bakery" }).waitFor();

    const publish = page.getByRole("button", { name: "Publish on your site" });
    expect(await publish.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Plum" }).click();
    await page.getByRole("button", { name: "Plum", pressed: true }).waitFor();
    const primary = () =>
      page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue("--mantine-color-brand-6").trim(),
      );
    // Purple: as much blue as red, and little green.
    await expect.poll(primary).toMatch(/^#[6-9a-c].[0-4].[6-9a-f].$/);

    await page.getByLabel("Title").fill("Bread at six");
    await page.getByLabel("Text").fill("We open at **six**.");
    await page.getByRole("button", { name: "Keep it as a draft" }).click();
    await page.getByRole("link", { name: "Open it in the editor" }).waitFor();
    await publish.click();
    const link = page.getByRole("link", { name: /\/s\/nora-s-bakery\// });
    await link.waitFor();
    const visitor = await visit(new URL((await link.getAttribute("href"))!).pathname);
    expect(await visitor.getByRole("heading", { name: "Bread at six" }).isVisible()).toBe(true);
    expect(await visitor.getByText("six", { exact: true }).evaluate((element) => element.tagName)).toBe("STRONG");
  });

  test("in German, where the browser asks for it", async () => {
    const page = await visit("/sign-in", "de-AT");
    await page.getByRole("button", { name: "Anmelden", exact: true }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
  });
});
