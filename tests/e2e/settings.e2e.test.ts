import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listContent, listSessions, login } from "@contentos/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { windows } from "./pages";
import { makeWorld, PASSWORD, type World } from "./world";
import { makePicture, makeZip } from "./world-settings";

describe.skipIf(browserMissing)("settings and files, in the browser", () => {
  let deployment: Deployment;
  let browser: Browser;
  let world: World;
  let open: ReturnType<typeof windows>;
  const pages: Page[] = [];
  const faults: string[] = [];

  beforeAll(async () => {
    deployment = await startDeployment({ OUTBOUND_ALLOW: "127.0.0.1" });
    browser = await openBrowser();
    world = await makeWorld(deployment.origin);
    open = windows(browser, world);
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  const visit = async (path: string, who: "ada" | "ben" | "cleo" = "ada") => {
    const page = await open(who, "light", 1280);
    pages.push(page);
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${world.origin}/w/${world.slug}/${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    return page;
  };
  const box = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
  const saved = (page: Page) => page.getByText("Saved", { exact: true }).first().waitFor();
  const choose = async (page: Page, field: string, option: string) => {
    await page.getByRole("combobox", { name: field, exact: true }).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  const fromMenu = async (page: Page, menu: string, item: string) => {
    await button(page, menu).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  };
  const row = (page: Page, words: string) => page.getByRole("listitem").filter({ hasText: words });

  test("the workspace is renamed, and moves to another address", async () => {
    const page = await visit("settings/general");
    await box(page, "Name").fill("Harbour Lights & Sons");
    await choose(page, "How late is too late", "After 2 hours");
    await button(page, "Save").click();
    await saved(page);
    await page.getByRole("banner").getByText("Harbour Lights & Sons").waitFor();

    await box(page, "Address").fill("harbour-sons");
    await page.getByText("The site moves from /s/harbour-lights to /s/harbour-sons").waitFor();
    await button(page, "Save").click();
    await page.waitForURL("**/w/harbour-sons/settings/general");
    world.slug = "harbour-sons";
    await expect.poll(() => box(page, "Address").inputValue()).toBe("harbour-sons");
    expect(await page.getByRole("combobox", { name: "How late is too late" }).inputValue()).toBe("After 2 hours");
  });

  test("a taken address is refused at its field, and what was written stays", async () => {
    await world.ada.client.request("POST", "/workspaces", { body: { name: "Taken" }, idempotencyKey: "taken" });
    const page = await visit("settings/general");
    await box(page, "Address").fill("taken");
    await button(page, "Save").click();
    await page.getByText("Another workspace has this address").first().waitFor();
    expect(await box(page, "Address").getAttribute("aria-invalid")).toBe("true");
    expect(await box(page, "Address").inputValue()).toBe("taken");
  });

  test("what is saved while there is no connection stays there, and is saved once there is one", async () => {
    const page = await visit("settings/branding");
    await box(page, "Footer").fill("Quay 4, open from eight");
    await page.context().setOffline(true);
    try {
      await page.getByText("You are offline.").waitFor();
      await button(page, "Save").click();
      expect(await box(page, "Footer").inputValue()).toBe("Quay 4, open from eight");
    } finally {
      await page.context().setOffline(false);
    }
    await saved(page);
    await page.reload();
    await expect.poll(() => box(page, "Footer").inputValue()).toBe("Quay 4, open from eight");
  });

  test("somebody is invited and the invitation revoked; a role is changed; the owner stays", async () => {
    const page = await visit("members");
    await page.waitForURL("**/settings/members");
    await box(page, "E-mail").fill("emil@example.com");
    await choose(page, "Role", "Editor");
    await button(page, "Invite").click();
    await page.getByText("/invitations/accept#token=").waitFor();
    await button(page, "Revoke the invitation of emil@example.com").click();
    await page.getByText("The invitation is revoked").waitFor();
    await button(page, "Revoke the invitation of emil@example.com").waitFor({ state: "detached" });

    await choose(page, "Role of Cleo", "Editor");
    await saved(page);
    expect(await page.getByRole("combobox", { name: "Role of Ada" }).count()).toBe(0);
    await fromMenu(page, "More for Cleo", "Hand the workspace over");
    await button(page, "Hand over").click();
    await page.getByText("give them that role first").waitFor();
    await button(page, "Cancel").click();
    await choose(page, "Role of Cleo", "Writer");
    await expect.poll(() => page.getByRole("combobox", { name: "Role of Cleo" }).inputValue()).toBe("Writer");
  });

  test("the policy is reordered by keys, said in words, warned of, and cut to one step", async () => {
    const page = await visit("settings/approval");
    await page.getByText("In words: an Editor or an Admin, then an Admin.").waitFor();
    await page.getByText("Somebody is missing").waitFor();
    const steps = page.getByRole("list", { name: "Approval" }).getByRole("listitem");
    await steps.nth(1).dragTo(steps.nth(0), { sourcePosition: { x: 15, y: 20 }, targetPosition: { x: 15, y: 20 } });
    await page.getByText("In words: an Admin, then an Editor or an Admin.").waitFor();
    await button(page, "Move step 2 up").press("Enter");
    await page.getByText("In words: an Editor or an Admin, then an Admin.").waitFor();
    await button(page, "Move step 1 down").press("Enter");
    await page.getByText("In words: an Admin, then an Editor or an Admin.").waitFor();
    await button(page, "Remove step 1").click();
    await page.getByText("In words: an Editor or an Admin.").waitFor();
    await page.getByText("Somebody is missing").waitFor({ state: "detached" });
    await button(page, "Save").click();
    await saved(page);
    await page.reload();
    await page.getByText("In words: an Editor or an Admin.").waitFor();
  });

  test("a brand's colour is checked, shown, and worn by the application; the logo is uploaded", async () => {
    const page = await visit("settings/branding");
    const worn = () => page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--mantine-color-brand-6"));
    const before = await worn();
    await box(page, "Brand colour").fill("#facc15");
    await page.getByText("White words can hardly be read on it").waitFor();
    await box(page, "Brand colour").fill("#1d4ed8");
    await page.getByText("White words read well on it").waitFor();
    const logo = page.getByRole("group", { name: "Logo" });
    const chooser = page.waitForEvent("filechooser");
    await logo.getByRole("button", { name: "Upload" }).click();
    const buffer = await makePicture("#1d4ed8", "#0f172a", 400, 160);
    await (await chooser).setFiles({ name: "logo.png", mimeType: "image/png", buffer });
    await logo.getByText("logo.png").waitFor({ timeout: 30_000 });
    await box(page, "Tagline").fill("Since this morning");
    await button(page, "Save").click();
    await saved(page);
    await expect.poll(worn).not.toBe(before);
    await page.goto(`${world.origin}/s/${world.slug}`);
    await page.getByText("Since this morning").waitFor();
    expect(await page.locator("header img").count()).toBe(1);
  });

  test("tags are renamed and merged; campaigns planned and archived; templates made", async () => {
    const page = await visit("settings/planning", "ben");
    await fromMenu(page, "More for the tag Season", "Edit");
    await box(page, "Name").fill("Seasons");
    await button(page, "Save").click();
    await row(page, "Seasons").waitFor();
    await fromMenu(page, "More for the tag Seasons", "Merge");
    await choose(page, "The tag that stays", "How-to");
    await page.getByRole("dialog").getByRole("button", { name: "Merge" }).click();
    await row(page, "Seasons").waitFor({ state: "detached" });

    await page.getByRole("tab", { name: "Campaigns" }).click();
    await button(page, "New campaign").click();
    await box(page, "Name").fill("Autumn");
    await page.getByLabel("First day").fill("2026-10-01");
    await page.getByLabel("Last day").fill("2026-09-01");
    await button(page, "Create the campaign").click();
    await page.getByText("It ends before it begins.").waitFor();
    await page.getByLabel("Last day").fill("2026-11-30");
    await button(page, "Create the campaign").click();
    await row(page, "Autumn").waitFor();
    await fromMenu(page, "More for the campaign Autumn", "Archive");
    await row(page, "Autumn").waitFor({ state: "detached" });
    await page.getByText("Archived", { exact: true }).click();
    await row(page, "Autumn").waitFor();

    await page.getByRole("tab", { name: "Templates" }).click();
    await button(page, "New template").click();
    await box(page, "Name").fill("Weekly letter");
    await box(page, "Title of the item").fill("Letter of {date}");
    await button(page, "Create the template").click();
    await row(page, "Weekly letter").waitFor();
  });

  test("a persona is made and edited", async () => {
    const page = await visit("settings/personas", "ben");
    await button(page, "New persona").click();
    await box(page, "Name").fill("Fisher");
    await box(page, "Goals").fill("Sell before noon\nBe home for dinner");
    await button(page, "Create the persona").click();
    await page.getByText("Wants: Sell before noon · Be home for dinner").waitFor();
    await fromMenu(page, "More for the persona Fisher", "Edit");
    await box(page, "Tone").fill("Dry");
    await button(page, "Save").click();
    await row(page, "Fisher").getByText("Dry").waitFor();
  });

  test("a zip is tried, imported and found; everything is exported and downloaded", async () => {
    const page = await visit("settings/transfer");
    const chooser = page.waitForEvent("filechooser");
    await button(page, "Choose a file").click();
    const buffer = await makeZip({
      "one.md": "---\ntitle: Moved in first\n---\n\n![A plate](plate.png)\n",
      "two.md": "---\ntitle: Moved in second\n---\n\nWords.\n",
      "plate.png": await makePicture("#be123c", "#fef3c7", 300, 200),
    });
    await (await chooser).setFiles({ name: "moving.zip", mimeType: "application/zip", buffer });
    await button(page, "Try it first").click({ timeout: 30_000 });
    await page.getByText("This was a try").waitFor({ timeout: 30_000 });
    const titles = async () =>
      (await world.ada.client.call(listContent, { limit: 100 })).items.map(({ title }) => title);
    expect(await titles()).not.toContain("Moved in first");
    await button(page, "Import now").click();
    await page.getByText("This was a try").waitFor({ state: "detached" });
    await link(page, "Moved in second").waitFor({ timeout: 30_000 });
    await page.getByText("New", { exact: true }).first().waitFor();
    await link(page, "Moved in first").click();
    await page.waitForURL(`**/w/${world.slug}/content/*`);
    expect(await titles()).toEqual(expect.arrayContaining(["Moved in first", "Moved in second"]));

    await page.goto(`${world.origin}/w/${world.slug}/settings/transfer`);
    const exports = page.getByRole("list", { name: "Exports" });
    await exports.getByRole("button", { name: "Download" }).first().waitFor({ timeout: 30_000 });
    const before = await exports.getByRole("button", { name: "Download" }).count();
    await button(page, "Export").click();
    await expect
      .poll(() => exports.getByRole("button", { name: "Download" }).count(), { timeout: 30_000 })
      .toBe(before + 1);
    const download = page.waitForEvent("download");
    await exports.getByRole("button", { name: "Download" }).first().click();
    const bytes = await readFile((await (await download).path())!);
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
  });

  test("the audit log tells who did it, for Admins alone", async () => {
    const page = await visit("settings/audit");
    await choose(page, "Who", "Ben");
    await choose(page, "What", "Tags, campaigns, templates");
    const entry = page.getByRole("button", { name: /Ben merged a tag into another/ });
    await entry.click();
    await page.getByText("planning.tag_merged").waitFor();
    await page.getByRole("tab", { name: "Retention" }).click();
    await button(page, "Begin a hold").waitFor();
    await visit("settings/audit", "ben").then((other) => other.getByText("The audit log is for Admins").waitFor());
  });

  test("a password is changed, and another session ended", async () => {
    const again = await world.cleo.client.call(login, { body: { email: world.cleo.email, password: PASSWORD } });
    expect(again.accessToken).toBeTruthy();
    const page = await visit("settings/account", "cleo");
    const ends = page.getByRole("button", { name: /^End the session/ });
    await ends.first().waitFor();
    const before = await ends.count();
    await ends.first().click();
    await page.getByText("The session is ended").waitFor();
    await expect.poll(() => ends.count()).toBe(before - 1);

    await page.getByLabel("Current password").fill("wrong and long enough");
    await page.getByLabel("New password").fill("a longer walk to the hills");
    await button(page, "Change the password").click();
    await page.getByText("This is not your current password.").waitFor();
    await page.getByLabel("Current password").fill(PASSWORD);
    await button(page, "Change the password").click();
    await page.getByText("The password is changed").waitFor();
    await expect.poll(() => ends.count()).toBe(0);
    await expect(world.cleo.client.call(listSessions)).rejects.toThrow();

    await page.getByRole("radiogroup", { name: "Language" }).getByText("Deutsch").click();
    await page.getByRole("heading", { name: "Ihr Konto" }).waitFor();
  });

  test("files are uploaded, described, put into a folder, and not removed where they are used", async () => {
    const page = await visit("files");
    const chooser = page.waitForEvent("filechooser");
    await button(page, "Upload").first().click();
    const first = await makePicture("#22d3ee", "#155e75");
    const second = await makePicture("#a3e635", "#365314");
    await (await chooser).setFiles([
      { name: "gull.png", mimeType: "image/png", buffer: first },
      { name: "buoy.png", mimeType: "image/png", buffer: second },
    ]);
    await page.getByText("2 of 2 files uploaded").waitFor({ timeout: 30_000 });
    await button(page, "New folder").click();
    await box(page, "Name").fill("Birds");
    await button(page, "Create the folder").click();
    await button(page, "Birds").waitFor();

    await button(page, "gull.png").first().click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText("This image has no alt text.").waitFor();
    await box(page, "Alt text").fill("A gull on a pole");
    await choose(page, "Folder", "Birds");
    await button(page, "Save").click();
    await drawer.getByText("![A gull on a pole](asset:").waitFor();
    await drawer.getByRole("button", { name: "Close", exact: true }).click();
    await drawer.waitFor({ state: "detached" });
    await button(page, "Birds").click();
    await page.getByRole("navigation", { name: "Folder" }).getByText("Birds").waitFor();
    await page.getByRole("list", { name: "Files" }).getByText("gull.png").waitFor();

    await page.goto(`${world.origin}/w/${world.slug}/files?file=${world.fileId}`);
    await drawer.getByRole("heading", { name: "Used in" }).waitFor();
    await drawer.getByRole("link").first().waitFor();
    await button(page, "Remove the file").click();
    await button(page, "Remove").click();
    await page.getByText("This file is used: take it out there first").waitFor();
  });

  test("a file that nothing shows is found by a word and removed; what can't be taken is said in words", async () => {
    const page = await visit("files");
    await box(page, "Search by name or alt text").fill("buoy");
    await page.getByRole("list", { name: "Files" }).getByText("buoy.png").click();
    await button(page, "Remove the file").click();
    await button(page, "Remove").click();
    await page.getByText("The file is removed").waitFor();
    await page.getByText("Nothing found").waitFor();
    await box(page, "Search by name or alt text").fill("");
    const chooser = page.waitForEvent("filechooser");
    await button(page, "Upload").first().click();
    await (await chooser).setFiles({
      name: "page.html",
      mimeType: "text/html",
      buffer: Buffer.from("<script></script>"),
    });
    await page.getByText("Files of the type text/html are not taken").waitFor();
    await button(page, "Cancel page.html").click();
    await page.getByText("page.html").waitFor({ state: "detached" });
  });

  test("a large file that is dropped goes on after the line broke", async () => {
    const page = await visit("files");
    let broken = 0;
    await page.route("**/parts/2?*", (route) => {
      broken += 1;
      return broken === 1 ? route.abort("connectionreset") : route.continue();
    });
    await page.evaluate(() => {
      const data = new DataTransfer();
      const line = "A line of a long report.\n";
      data.items.add(new File([line.repeat(250_000)], "report.txt", { type: "text/plain" }));
      for (const type of ["dragenter", "dragover", "drop"])
        window.dispatchEvent(new DragEvent(type, { dataTransfer: data, cancelable: true }));
    });
    await page.getByText("1 of 1 file uploaded").waitFor({ timeout: 30_000 });
    expect(broken).toBe(2);
    await page.getByRole("list", { name: "Files" }).getByText("6.3 MB").waitFor();
  });

  test("who may only read is told so, and finds nothing to press that would be refused", async () => {
    const page = await visit("settings/general", "ben");
    await page.getByText("Admins change it: ask one of them.").waitFor();
    expect(await box(page, "Name").isDisabled()).toBe(true);
    expect(await button(page, "Save").count()).toBe(0);
  });

  test("a key is made, used and revoked", async () => {
    const page = await visit("settings/keys");
    await button(page, "New key").first().click();
    await box(page, "Name").fill("The shop");
    await choose(page, "Role", "Editor");
    await button(page, "Make the key").click();
    await page.getByText("Copy this key now").waitFor();
    const key = String(await page.getByRole("dialog").locator("pre, code").first().textContent());
    expect(key).toMatch(/^cos_[0-9A-Za-z]{49}$/);
    const ask = () => fetch(`${world.origin}/api/v1/content`, { headers: { authorization: `Bearer ${key}` } });
    expect((await ask()).status).toBe(200);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
    await row(page, "The shop")
      .getByText(`cos_…${key.slice(-4)}`)
      .waitFor();
    expect(await page.content()).not.toContain(key);
    await fromMenu(page, "More for the key The shop", "Revoke");
    await button(page, "Revoke").click();
    await row(page, "The shop").getByText("Revoked", { exact: true }).waitFor();
    expect((await ask()).status).toBe(401);
  });

  test("an endpoint is added and tried, and a message is sent again", async () => {
    const ids: string[] = [];
    const receiver = createServer((request, response) => {
      ids.push(String(request.headers["webhook-id"]));
      request.resume();
      response.writeHead(202).end("Thank you");
    });
    await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
    try {
      const page = await visit("settings/webhooks");
      await button(page, "New endpoint").first().click();
      await box(page, "Address").fill(url);
      await button(page, "Add the endpoint").click();
      await page.getByText("Copy this secret now").waitFor();
      expect(await page.getByRole("dialog").locator("pre, code").first().textContent()).toMatch(/^whsec_/);
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
      await fromMenu(page, `More for ${url}`, "Send a test");
      await row(page, "Test").getByText("Delivered").waitFor();
      await page.getByRole("button", { name: /^Show Test of/ }).click();
      await page.getByText("taken, with 202").waitFor();
      await page.getByText("Thank you").waitFor();
      await button(page, "Send again").click();
      await expect.poll(() => ids.length).toBe(2);
      expect(new Set(ids).size).toBe(1);
    } finally {
      receiver.close();
    }
  });
});
