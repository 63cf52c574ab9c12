import { createContent, listGenerations } from "@contentos/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { FIVE, GARDEN, headlines } from "#tests/factories/ai";
import { startModelServer } from "#tests/harness/model-server";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { windows } from "./pages";
import { makeWorld, type World } from "./world";

/** The model is an imitation, so that it can be as slow as a test needs it. Real ones are asked by `test:peers`. */
describe.skipIf(browserMissing)("help with writing", () => {
  let model: Awaited<ReturnType<typeof startModelServer>>;
  let deployment: Deployment;
  let browser: Browser;
  let world: World;
  let open: ReturnType<typeof windows>;

  beforeAll(async () => {
    model = await startModelServer(() => ({ text: headlines(...FIVE), dripMs: 150 }));
    deployment = await startDeployment({
      OPENROUTER_BASE_URL: model.baseUrl,
      OPENROUTER_API_KEY: "none",
      AI_MODELS: "slow",
    });
    browser = await openBrowser();
    world = await makeWorld(deployment.origin);
    open = windows(browser, world);
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.setOffline(false);
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
    await model?.stop();
  });

  async function atGarden(width = 1440, scheme: "light" | "dark" = "light"): Promise<Page> {
    const { id } = await world.ada.client.call(createContent, { body: GARDEN });
    const page = await open("ada", scheme, width);
    await page.goto(`${world.origin}/w/${world.slug}/content/${id}`);
    await page.getByRole("textbox", { name: "Text", exact: true }).waitFor();
    const drawer = page.getByRole("button", { name: /^Beside the text/ });
    if (await drawer.isVisible()) await drawer.click();
    await button(page, "Suggest titles").waitFor();
    return page;
  }
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const onTheWay = (page: Page) => page.getByRole("group", { name: "Titles are on their way", exact: true });
  const lastCall = async () => (await world.ada.client.call(listGenerations, { limit: 1 })).items[0]!;

  test("shows titles as they come, and then what can be done with them", async () => {
    model.behave(() => ({ text: headlines(...FIVE), dripMs: 150 }));
    const page = await atGarden();
    await button(page, "Suggest titles").click();
    await onTheWay(page).getByText(FIVE[0]!, { exact: true }).waitFor();
    // It is there while others are still to come, and nothing can be taken over yet.
    expect(await onTheWay(page).getByText(FIVE[4]!, { exact: true }).count()).toBe(0);
    expect(await button(page, `Use “${FIVE[0]}”`).count()).toBe(0);
    await button(page, `Use “${FIVE[4]}”`).waitFor();
    expect(await onTheWay(page).count()).toBe(0);
    expect(await lastCall()).toMatchObject({ operation: "headline", status: "Succeeded", credits: 1 });
    await page.close();
  });

  test("can be stopped, which ends it at the model and what it costs", async () => {
    model.behave(() => ({ text: headlines(...FIVE, ..."abcdefghijkl"), dripMs: 500 }));
    const page = await atGarden(390, "dark");
    const before = model.hangUps();
    await button(page, "Suggest titles").click();
    await onTheWay(page).getByText(FIVE[0]!, { exact: true }).waitFor();
    await onTheWay(page).getByRole("button", { name: "Stop", exact: true }).click();
    await page.getByText(/^It was stopped\./).waitFor();
    await expect.poll(model.hangUps, { timeout: 20_000 }).toBe(before + 1);
    await expect.poll(async () => (await lastCall()).status, { timeout: 20_000 }).toBe("Canceled");
    expect((await lastCall()).outputTokens).toBeGreaterThan(0);
    await button(page, "Suggest titles").click();
    await onTheWay(page).waitFor();
    await page.close();
  });

  test("says what went wrong and tries again: a model that fails, and a network that is gone", async () => {
    model.behave(() => ({ status: 500 }));
    const page = await atGarden();
    await button(page, "Suggest titles").click();
    await page.getByRole("alert").getByText("No model gave an answer that can be used").waitFor();
    model.behave(() => ({ text: headlines(...FIVE), pieces: 5 }));
    await page.context().setOffline(true);
    await button(page, "Try again").click();
    await page.getByRole("alert").getByText("ContentOS can't be reached.").waitFor();
    await page.context().setOffline(false);
    await button(page, "Try again").click();
    await button(page, `Use “${FIVE[0]}”`).waitFor();
    await page.close();
  });

  test("shows a channel's text while it is written", async () => {
    const parts = [
      "Time to prune your roses: 3 cuts are enough for a young plant.",
      "Old wood goes first.",
      "Ask @minakeller.",
    ];
    model.behave(() => ({ text: JSON.stringify({ parts }), dripMs: 700 }));
    const page = await atGarden();
    await button(page, "Adapt").click();
    const writing = page.getByRole("group", { name: /^The text is being written/ });
    await writing.getByText(parts[0]!, { exact: true }).waitFor();
    await page.getByText("A model made it", { exact: true }).waitFor();
    await page.close();
  });

  test("makes a thread for X without a channel there, counted as X counts, to be copied part by part", async () => {
    model.behave(() => ({ text: JSON.stringify({ parts: ["Old wood goes first.", "Ask @minakeller."] }) }));
    const page = await atGarden(390);
    await page
      .getByRole("combobox", { name: "Channel" })
      .or(page.getByRole("textbox", { name: "Channel" }))
      .first()
      .click();
    await page.getByRole("option", { name: "X", exact: true }).click();
    await page.getByText("No channel for X is connected here", { exact: false }).waitFor();
    await button(page, "Adapt").click();
    await page.getByText("A model made it", { exact: true }).waitFor();
    await button(page, "Copy for X").first().click();
    const dialog = page.getByRole("dialog", { name: "X: text of version 1", exact: true });
    await dialog.getByText("ContentOS doesn’t publish there yet", { exact: false }).waitFor();
    await dialog.getByText("260 of 280 left", { exact: true }).waitFor();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await dialog.getByRole("button", { name: "Copy: Part 1 of 2", exact: true }).click();
    await dialog.getByText("Copied", { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Old wood goes first.");
    // What it was opened from stays.
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await button(page, "Copy for X").click();
    await dialog.waitFor();
    await page.close();
  });

  test("rewrites what is selected in the Markdown itself, and leaves the rest as it was", async () => {
    const [first, ...others] = GARDEN.body.split("\n\n");
    const said = "Prune roses in spring, says gardener Mina Keller of the Botanical Garden in Leipzig.";
    model.behave(() => ({ text: JSON.stringify({ text: said }) }));
    const page = await atGarden();
    await page.getByText("Markdown", { exact: true }).click();
    const source = page.getByRole("textbox", { name: "Text, Markdown", exact: true });
    await source.evaluate((area: HTMLTextAreaElement, end) => area.setSelectionRange(0, end), first!.length);
    await button(page, "Rewrite, shorten or translate with AI").click();
    const dialog = page.getByRole("dialog", { name: "Rewrite with AI" });
    await dialog.getByRole("button", { name: "Ask", exact: true }).click();
    await dialog.getByRole("button", { name: "Take it over" }).click();
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => source.inputValue()).toBe([said, ...others].join("\n\n"));
    await page.close();
  });
});
