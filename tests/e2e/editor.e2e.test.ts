import { createContent, createPersona, getBrief, getContent, getDraft, listThreads, saveVersion } from "@contentos/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { windows } from "./pages";
import { makeWorld, type World } from "./world";

/** A picture of one red pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

describe.skipIf(browserMissing)("the editor", () => {
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

  const create = async (title: string, body: string) =>
    (await world.ben.client.call(createContent, { body: { title, body } })).id;
  const bodyOf = async (id: string) => (await world.ben.client.call(getContent, { id })).currentVersion.body;
  const at = async (id: string, who: "ada" | "ben" = "ben", width = 1440) => {
    const page = await open(who, "light", width);
    await page.goto(`${world.origin}/w/${world.slug}/content/${id}`);
    await text(page).waitFor();
    return page;
  };
  const text = (page: Page) => page.getByRole("textbox", { name: "Text", exact: true });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const told = (page: Page, words: string) => page.getByText(words, { exact: true }).first().waitFor();
  const save = async (page: Page, versionNumber: number) => {
    await page.keyboard.press("Control+s");
    await told(page, `Version ${versionNumber} is saved`);
  };
  const cursorAfter = async (page: Page, words: string) => {
    await text(page).getByText(words).first().click();
    await page.waitForFunction((said) => {
      const block = getSelection()?.anchorNode?.parentElement?.closest(".ProseMirror > *");
      return block?.textContent?.includes(said);
    }, words);
    await page.keyboard.press("End");
  };

  test("opens when the server said it would answer, where that was asked too often", async () => {
    const id = await create("Asked too often", "Words.\n");
    const page = await open("ben", "light", 1440);
    const path = `**/api/v1/content/${id}`;
    let refused = 0;
    await page.route(path, async (route) => {
      if (refused === 2) return route.continue();
      refused += 1;
      const problem = { type: "about:blank", title: "Too many requests", status: 429, code: "rate_limited" };
      await route.fulfill({
        status: 429,
        headers: { "Content-Type": "application/problem+json", "Retry-After": "1" },
        body: JSON.stringify({ ...problem, detail: "Wait." }),
      });
    });
    await page.goto(`${world.origin}/w/${world.slug}/content/${id}`);
    await text(page).getByText("Words.").waitFor();
    expect(refused).toBe(2);
    await page.close();
  });

  test("is written in with a menu, marks and Markdown's own signs", async () => {
    const id = await create("By keys", "");
    const page = await at(id);
    await text(page).click();
    await page.keyboard.type("/head");
    await page.getByRole("option", { name: "Heading 1" }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Tides");
    await page.keyboard.press("Enter");
    await page.keyboard.type("The *sea* is ");
    await page.keyboard.press("Control+b");
    await page.keyboard.type("high");
    await page.keyboard.press("Control+b");
    await page.keyboard.type(" today.");
    await page.keyboard.press("Enter");
    await page.keyboard.type("- one");
    await page.keyboard.press("Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.keyboard.type("/tab");
    await page.getByRole("option", { name: "Table" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("Day");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Height");
    await save(page, 2);
    expect(await bodyOf(id)).toBe(
      "## Tides\n\nThe *sea* is **high** today.\n\n- one\n- two\n\n| Day | Height | |\n| - | - | - |\n| | | |\n| | | |\n",
    );
    await page.close();
  });

  test("leaves alone what nobody touched, and shows as source what it has no form for", async () => {
    const before = "Setext\n======\n\n* star\n* list\n\n<details>raw</details>\n\nLast __words__.\n";
    const id = await create("Untouched", before);
    const page = await at(id);
    await cursorAfter(page, "Last");
    await page.keyboard.type(" More.");
    await save(page, 2);
    expect(await bodyOf(id)).toBe(before.replace("Last __words__.", "Last **words**. More."));
    await page.getByText("Markdown", { exact: true }).last().click();
    const source = page.getByRole("textbox", { name: "Text, Markdown" });
    expect(await source.inputValue()).toContain("Setext\n======");
    await page.close();
  });

  test("takes an image that is dropped, and asks at once what it shows", async () => {
    const id = await create("With a picture", "Before.\n");
    const page = await at(id);
    const data = await page.evaluateHandle((pixel) => {
      const bytes = Uint8Array.from(atob(pixel), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], "pixel.png", { type: "image/png" }));
      return transfer;
    }, PIXEL);
    const line = text(page).getByText("Before.");
    const { x, y } = (await line.boundingBox())!;
    await line.dispatchEvent("drop", { dataTransfer: data, clientX: x + 5, clientY: y + 5 });
    await page.getByRole("textbox", { name: "What does the image show?" }).fill("One red pixel");
    await page.keyboard.press("Enter");
    await text(page)
      .getByRole("button", { name: /One red pixel/ })
      .waitFor();
    await save(page, 2);
    expect(await bodyOf(id)).toMatch(/!\[One red pixel\]\(asset:[0-9a-f-]{36}\)/);
    await page.waitForFunction(
      () => document.querySelector<HTMLImageElement>(".ProseMirror .image img")?.naturalWidth === 1,
    );
    await page.close();
  });

  test("keeps words when the tab is closed, and gives them back", async () => {
    const id = await create("Closed", "Here.\n");
    const page = await at(id);
    await cursorAfter(page, "Here.");
    await page.keyboard.type(" Words that nobody saved.");
    await told(page, "Saved as a draft");
    await page.keyboard.type(" And the last ones.");
    // At once: only this browser can have these.
    await page.close({ runBeforeUnload: false });

    const again = await at(id);
    await again.getByText(/Unsaved words of yours, from/).waitFor();
    expect(await text(again).textContent()).toContain("Words that nobody saved. And the last ones.");
    expect(await bodyOf(id)).toBe("Here.\n");
    await button(again, "Throw them away").click();
    await expect.poll(() => text(again).textContent()).not.toContain("nobody saved");
    await expect.poll(() => world.ben.client.call(getDraft, { id }).catch(({ code }) => code)).toBe("not_found");
    await again.close();
  });

  test("goes on without a network, and catches up when it is back", async () => {
    const id = await create("Cut off", "Here.\n");
    const page = await at(id);
    await page.context().setOffline(true);
    await cursorAfter(page, "Here.");
    await page.keyboard.type(" Written at sea.");
    await told(page, "Offline: kept in this browser");
    await page.context().setOffline(false);
    await told(page, "Saved as a draft");
    expect((await world.ben.client.call(getDraft, { id })).body).toBe("Here. Written at sea.\n");
    await save(page, 2);
    await page.close();
  });

  test("brings two people's words together, passage by passage, and loses none", async () => {
    const id = await create("Two", "First paragraph.\n\nSecond paragraph.\n\nThird paragraph.\n");
    const page = await at(id);
    await cursorAfter(page, "First paragraph.");
    await page.keyboard.type(" Ben adds this.");
    await cursorAfter(page, "Second paragraph.");
    await page.keyboard.type(" Ben says blue.");
    await told(page, "Saved as a draft");
    await world.ada.client.call(saveVersion, {
      id,
      body: {
        body: "First paragraph.\n\nSecond paragraph. Ada says green.\n\nThird paragraph. Ada adds that.\n",
        baseVersion: 1,
      },
    });
    await page.getByText("Ada saved version 2").waitFor();
    await page.keyboard.press("Control+s");
    const merge = page.getByRole("dialog", { name: "Bring two versions together" });
    await merge.getByText("One passage is left to decide").waitFor();
    await merge.getByRole("radio", { name: /^Theirs/ }).focus();
    await merge.getByRole("radio", { name: "Both" }).check();
    await merge.getByText("Everything is decided").waitFor();
    await button(page, "Save as one version").click();
    await told(page, "Version 3 is saved");
    const body = await bodyOf(id);
    for (const words of ["Ben adds this.", "Ben says blue.", "Ada says green.", "Ada adds that."])
      expect(body).toContain(words);
    await expect.poll(() => text(page).textContent()).toContain("Ada adds that.");
    expect(await text(page).textContent()).toContain("Ben says blue.");
    await page.close();
  });

  test("has a comment on a passage, which goes along when something is written above it", async () => {
    const id = await create("Spoken of", "# Above\n\nThe *boats* are back in the harbour.\n");
    const page = await at(id);
    await text(page).getByText("boats").dblclick();
    await page.keyboard.press("Control+Alt+m");
    const comment = page.getByLabel("Comment on the selected passage", { exact: true });
    await comment.pressSequentially("All of them, @ad");
    await page.getByRole("option", { name: "Ada" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await text(page).locator(".passage", { hasText: "boats" }).waitFor();
    const [thread] = (await world.ben.client.call(listThreads, { id })).items;
    expect(thread!.anchor!.quote).toBe("boats");
    expect(thread!.comments.items[0]!.mentions).toHaveLength(1);

    await cursorAfter(page, "Above");
    await page.keyboard.press("Enter");
    await page.keyboard.type("A new paragraph above.");
    await page.locator(".passage", { hasText: "boats" }).waitFor();
    await save(page, 2);
    await page.reload();
    await text(page)
      .locator(".passage", { hasText: /^boats$/ })
      .waitFor();
    await text(page).locator(".passage").click();
    await page.getByText("All of them, @Ada").waitFor();
    await button(page, "Resolve").click();
    await text(page).locator(".passage").waitFor({ state: "detached" });
    await page.close();
  });

  test("shows for whom one writes, and keeps what is typed into the brief when that is chosen", async () => {
    const { id: personaId } = await world.ada.client.call(createPersona, {
      body: { name: "Harbour master", attributes: { goals: ["Berths that are full"], tone: "Short and dry" } },
    });
    const id = await create("For somebody", "Words.\n");
    const page = await at(id);
    const card = page.getByRole("region", { name: "Written for" });
    await page.getByRole("tab", { name: "Details" }).click();
    await page.getByLabel("What it is to do").fill("Fill the berths");
    await card.getByRole("button", { name: /^Written for/ }).click();
    await card.getByRole("combobox", { name: "Choose a persona" }).click();
    await page.getByRole("option", { name: "Harbour master" }).click();
    await card.getByText("Short and dry").waitFor();
    await card.getByText("Berths that are full").waitFor();
    await button(page, "Save the brief").click();
    const brief = () => world.ben.client.call(getBrief, { id });
    await expect.poll(brief).toMatchObject({ goal: "Fill the berths", personaId });
    // At hand in every tab, and after a while.
    await page.reload();
    await page.getByRole("tab", { name: "Comments" }).click();
    await card.getByText("Berths that are full").waitFor();
    await page.close();
  });

  test("shows what a version changed, and goes back to it", async () => {
    const id = await create("Back again", "The old words.\n");
    await world.ben.client.call(saveVersion, { id, body: { body: "The new words.\n", baseVersion: 1 } });
    const page = await at(id);
    await page.getByRole("tab", { name: "Versions" }).click();
    await page.getByRole("button", { name: /^Version 2/ }).click();
    await page.locator("ins", { hasText: "new" }).waitFor();
    await page.locator("del", { hasText: "old" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Version 1/ }).click();
    await button(page, "Restore this version").click();
    await told(page, "Version 3 says again what version 1 said");
    await text(page).getByText("The old words.").waitFor();
    await page.close();
  });

  test("on a narrow window, Escape closes what was opened last and leaves what is behind it", async () => {
    const id = await create("One after another", "Words.\n");
    const page = await at(id, "ben", 800);
    await page.getByRole("button", { name: "Beside the text" }).click();
    const panels = page.getByRole("dialog", { name: "Beside the text" });
    await panels.getByRole("tab", { name: "Versions" }).click();
    await panels.getByRole("button", { name: /^Version 1/ }).click();
    const version = page.getByRole("dialog", { name: "Version 1" });
    await version.waitFor();
    await page.keyboard.press("Escape");
    await version.waitFor({ state: "detached" });
    // What closes does so in steps: a second look would find it gone.
    await page.waitForTimeout(500);
    expect(await panels.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await panels.waitFor({ state: "detached" });
    await page.close();
  });
});
