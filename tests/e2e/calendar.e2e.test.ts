import {
  createSchedule,
  getContent,
  getScheduleStatus,
  listAdaptations,
  listChannels,
  listSchedules,
  updateContent,
} from "@contentos/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startWebhookReceiver } from "#tests/harness/webhook-receiver";
import { addDays, instantNear, wallOf } from "@/features/distribution/ui/calendar/days";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { windows } from "./pages";
import { makeWorld, type World } from "./world";
import { startBlueskyStandIn } from "./world-calendar";

const ZONE = "Europe/Vienna";
const PATIENCE = { timeout: 20_000 };

/** So far ahead that nothing else is planned there, and with a week of its month after it. */
function quietDay(): string {
  let day = addDays(wallOf(Date.now(), ZONE).slice(0, 10), 10);
  while (Number(day.slice(8)) > 20) day = addDays(day, 1);
  return day;
}

describe.skipIf(browserMissing)("the calendar and the channels", () => {
  let deployment: Deployment;
  let browser: Browser;
  let world: World;
  let receiver: Awaited<ReturnType<typeof startWebhookReceiver>>;
  let bluesky: Awaited<ReturnType<typeof startBlueskyStandIn>>;
  let open: ReturnType<typeof windows>;
  let title: string;
  const faults: string[] = [];
  const day = quietDay();
  let hour = 1;

  beforeAll(async () => {
    receiver = await startWebhookReceiver();
    bluesky = await startBlueskyStandIn();
    const allowed = [receiver, bluesky].map(({ origin }) => new URL(origin).host).join(",");
    deployment = await startDeployment({ OUTBOUND_ALLOW: allowed });
    browser = await openBrowser();
    world = await makeWorld(deployment.origin);
    open = windows(browser, world);
    title = (await world.ben.client.call(getContent, { id: world.items.approved })).title;
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
    await receiver?.stop();
    bluesky?.stop();
  });
  // Each test has two hours of its own, so that none is in the way of another.
  beforeEach(() => {
    hour += 2;
  });

  const go = async (who: "ada" | "ben" | "cleo", path: string) => {
    const page = await open(who, "light", 1440);
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${world.origin}/w/${world.slug}/${path}`);
    return page;
  };
  const calendar = (view = "month") => go("ben", `calendar?view=${view}&day=${day}`);
  const at = (on: string) => `${on}T${String(hour).padStart(2, "0")}:00`;
  const planned = async (on: string) => {
    const { items } = await world.ben.client.call(listChannels, {});
    const body = {
      contentItemId: world.items.approved,
      channelId: items[0]!.id,
      scheduledTime: at(on),
      timeZone: ZONE,
    };
    return (await world.ben.client.call(createSchedule, { body })).id;
  };
  const timeOf = async (id: string) => (await world.ben.client.call(getScheduleStatus, { id })).scheduledTime;
  const timeBecomes = (id: string, wall: string) =>
    expect.poll(() => timeOf(id), PATIENCE).toBe(new Date(instantNear(wall, ZONE)).toISOString());
  /** Of one schedule, in the slot of a day or an hour. */
  const entry = (page: Page, id: string, slot?: string) =>
    page.locator(`${slot ? `[data-slot="${slot}"] ` : ""}[data-entry="${id}"]`);
  const said = (page: Page, words: string | RegExp) => page.getByRole("alert").filter({ hasText: words });

  test("a publication is dragged to another day, and back by Undo", async () => {
    const id = await planned(day);
    const page = await calendar();
    await entry(page, id, day).dragTo(page.locator(`[data-slot="${addDays(day, 1)}"]`));
    await entry(page, id, addDays(day, 1)).waitFor();
    await timeBecomes(id, at(addDays(day, 1)));
    await said(page, `Moved: ${title}`).getByRole("button", { name: "Undo" }).click();
    await entry(page, id, day).waitFor();
    await timeBecomes(id, at(day));
    await page.close();
  });

  test("it is dragged to another hour of a week, and keeps its minutes", async () => {
    const id = await planned(day);
    const page = await calendar("week");
    const hourOn = at(day)
      .slice(0, 13)
      .replace(/\d\d$/, (now) => String(Number(now) + 1).padStart(2, "0"));
    await entry(page, id).dragTo(page.locator(`[data-slot="${hourOn}"]`));
    await entry(page, id, hourOn).waitFor();
    await timeBecomes(id, `${hourOn}:00`);
    await page.close();
  });

  test("a due date is dragged like a publication", async () => {
    const id = world.items.draft;
    const dueAt = (wall: string) => new Date(instantNear(wall, ZONE)).toISOString();
    await world.ben.client.call(updateContent, { id, body: { dueAt: dueAt(at(day)) } });
    const page = await calendar();
    await entry(page, `due-${id}`, day).dragTo(page.locator(`[data-slot="${addDays(day, 1)}"]`));
    await entry(page, `due-${id}`, addDays(day, 1)).waitFor();
    const due = async () => (await world.ben.client.call(getContent, { id })).dueAt;
    await expect.poll(due, PATIENCE).toBe(dueAt(at(addDays(day, 1))));
    await page.close();
  });

  test("the same by keys: arrows, and a field for day and time", async () => {
    const id = await planned(day);
    const page = await calendar();
    await entry(page, id, day).focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await timeBecomes(id, at(addDays(day, 2)));
    await entry(page, id, addDays(day, 2)).focus();
    await page.keyboard.press("Enter");
    const about = page.getByRole("dialog", { name: title });
    await about.getByRole("button", { name: "Move…" }).press("Enter");
    await about.getByLabel("New day and time").fill(at(addDays(day, 3)));
    await page.keyboard.press("Enter");
    await entry(page, id, addDays(day, 3)).waitFor();
    await timeBecomes(id, at(addDays(day, 3)));
    await page.close();
  });

  test("a move that is refused goes back where it was, and says why", async () => {
    const [id] = [await planned(day), await planned(addDays(day, 1))];
    const page = await calendar();
    await entry(page, id, day).dragTo(page.locator(`[data-slot="${addDays(day, 1)}"]`));
    await said(page, /already: choose another time/).waitFor();
    await entry(page, id, day).waitFor();
    expect(await timeOf(id)).toBe(new Date(instantNear(at(day), ZONE)).toISOString());
    await page.close();
  });

  test("who may not plan sees it and moves nothing", async () => {
    const id = await planned(day);
    const page = await go("cleo", `calendar?view=month&day=${day}`);
    await entry(page, id, day).waitFor();
    expect(await entry(page, id, day).getAttribute("draggable")).toBe("false");
    await entry(page, id, day).click();
    await page.getByRole("dialog", { name: title }).getByText("Version 1").waitFor();
    expect(await page.getByRole("button", { name: /Move|Cancel it/ }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Schedule something" }).count()).toBe(0);
    await page.close();
  });

  test("something approved is scheduled on an empty day, and called off", async () => {
    const page = await calendar();
    const free = addDays(day, 5);
    await page.locator(`[data-slot="${free}"]`).click({ position: { x: 60, y: 80 } });
    const dialog = page.getByRole("dialog", { name: "Schedule" });
    await dialog.getByRole("combobox", { name: "What goes out" }).fill(title.slice(0, 6));
    await page.getByRole("option", { name: title }).click();
    await dialog.getByRole("button", { name: "Schedule", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    const made = page.locator(`[data-slot="${free}"] [data-entry]`);
    await made.click();
    const about = page.getByRole("dialog", { name: title });
    await about.getByRole("button", { name: "Cancel it", exact: true }).click();
    await about.getByRole("button", { name: "Yes, cancel it" }).click();
    await made.waitFor({ state: "detached" });
    await page.close();
  });

  test("a webhook is connected against a receiver, and disconnected", async () => {
    const page = await go("ada", "channels");
    await page.getByRole("button", { name: "Connect a webhook" }).click();
    await page.getByLabel("Address").fill("ftp://nowhere");
    await page.getByRole("button", { name: "Try it and connect" }).click();
    await expect.poll(() => page.getByLabel("Address").getAttribute("aria-invalid"), PATIENCE).toBe("true");
    await page.getByLabel("Address").fill(`${receiver.origin}/hook`);
    await page.getByRole("button", { name: "Try it and connect" }).click();
    await page
      .getByRole("alert")
      .getByText(/^whsec_/)
      .waitFor();
    expect(JSON.parse(receiver.deliveries[0]!.body)).toMatchObject({ type: "ping" });
    await page.getByRole("button", { name: "Done" }).click();
    const card = page.getByRole("listitem", { name: new URL(receiver.origin).host });
    await card.getByRole("button", { name: "Check now" }).click();
    await expect.poll(() => receiver.deliveries.length, PATIENCE).toBe(2);
    await card.getByRole("button", { name: "Disconnect" }).click();
    await page.getByRole("button", { name: "Disconnect it" }).click();
    await card.waitFor({ state: "detached" });
    await page.close();
  });

  test("a channel gets posting times, and what is approved goes to the next one that is free", async () => {
    const channels = await go("ben", "channels");
    await channels.getByRole("button", { name: "Posting times of Site" }).click();
    const dialog = channels.getByRole("dialog", { name: "Posting times of Site" });
    for (const weekday of ["Tue", "Wed", "Thu", "Fri"]) await dialog.getByText(weekday, { exact: true }).click();
    await dialog.locator("input[type=time]").fill("09:15");
    await dialog.getByRole("button", { name: "Add" }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await channels.getByText("Posting times: Mon 9:15").waitFor();
    await channels.close();

    const id = world.items.approved;
    const page = await go("ben", `content/${id}`);
    await page.getByText("Next posting time", { exact: true }).click();
    await page.getByRole("button", { name: "Schedule" }).click();
    const of = async () => (await world.ben.client.call(listSchedules, { contentItemId: id, limit: 100 })).items;
    const onMondays = async () =>
      (await of())
        .map(({ scheduledTime }) => wallOf(Date.parse(scheduledTime), ZONE).slice(11))
        .filter((at) => at === "09:15");
    await expect.poll(onMondays, PATIENCE).toEqual(["09:15"]);
    await page.close();
  });

  test("words over a network's limit are refused before they are saved, and kept", async () => {
    const channels = await go("ada", "channels");
    await channels.getByRole("button", { name: "Connect Bluesky" }).click();
    await channels.getByLabel("Server").fill(bluesky.origin);
    await channels.getByLabel("Handle").fill("harbour.test");
    await channels.getByRole("textbox", { name: "App password" }).fill("abcd-efgh-ijkl-mnop");
    await channels.getByRole("button", { name: "Try it and connect" }).click();
    await channels.getByText("is connected: it was tried just now").waitFor();
    await channels.close();

    const id = world.items.draft;
    const saved = async () => (await world.ada.client.call(listAdaptations, { id })).items;
    const page = await go("ada", `content/${id}`);
    const write = page.getByRole("button", { name: "Write for @harbour.test" });
    await write.click();
    const part = page.getByRole("textbox", { name: "Part 1 of 1" });
    await part.fill("é".repeat(301));
    await page.getByText("1 over 300").waitFor();
    await page.getByRole("button", { name: "Save these words" }).click();
    await page.getByText("Bluesky would refuse this. Nothing was saved.").waitFor();
    expect(await saved()).toEqual([]);
    await page.keyboard.press("Escape");
    await write.click();
    await page.getByText("These are words that you had not saved.").waitFor();
    await part.fill("é".repeat(300));
    await page.getByRole("button", { name: "Save these words" }).click();
    await page.getByRole("button", { name: "Write for @harbour.test" }).getByText("Edit").waitFor();
    expect((await saved())[0]).toMatchObject({ parts: [{ text: "é".repeat(300) }], findings: [] });
    await page.close();
  });

  test("nothing broke on the way", () => {
    expect(faults).toEqual([]);
  });
});
