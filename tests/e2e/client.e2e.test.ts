import { getContent } from "@contentos/sdk";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { makeWorld, type World } from "./world";

describe.skipIf(browserMissing)("a client behind a review link", () => {
  let deployment: Deployment;
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    deployment = await startDeployment();
    browser = await openBrowser();
    world = await makeWorld(deployment.origin);
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  test("reads, comments, approves one and sends another back, on a phone and without an account", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(world.reviewUrl);
    await page.getByLabel("Your name").fill("Harriet Master");
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByText("Two pieces for next week.").waitFor();
    await page.getByText("1 of 3 decided").waitFor();

    await page.getByRole("textbox", { name: "Comment" }).fill("Could we say **harbour** instead of port?");
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await page.getByText("Could we say").waitFor();

    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByText("2 of 3 decided").waitFor();
    await page.getByRole("button", { name: "Ask for changes" }).click();
    const send = page.getByRole("button", { name: "Send it back" });
    expect(await send.isDisabled()).toBe(true);
    await page.getByLabel("Your words").fill("The second picture is last year's.");
    await send.click();
    await page.getByText("Harriet Master asked for changes").waitFor();
    await page.getByText("3 of 3 decided").waitFor();

    const statuses = await Promise.all(
      [world.items.asked, world.items.alsoAsked].map(
        async (id) => (await world.ada.client.call(getContent, { id })).status,
      ),
    );
    expect(statuses.sort()).toEqual(["Approved", "Draft"]);

    const [receipt] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the receipt" }).click(),
    ]);
    expect(receipt.suggestedFilename()).toMatch(/^receipt-.*\.json$/);

    // What opens nothing says so.
    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(`${new URL(world.reviewUrl).origin}/review#made-up-token`);
    await stranger.getByLabel("Your name").fill("Nobody");
    await stranger.getByRole("button", { name: "Open" }).click();
    await stranger.getByRole("main").getByRole("alert").waitFor();
  });
});
