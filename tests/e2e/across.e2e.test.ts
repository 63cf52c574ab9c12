import { acceptInvitation, createContent, createWorkspace, inviteMember, submitContent } from "@contentos/sdk";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { windows } from "./pages";
import { makeWorld, type World } from "./world";

describe.skipIf(browserMissing)("across workspaces", () => {
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

  test("one inbox and one calendar tell of each workspace that one is in, and of no other", async () => {
    const { ada, ben, cleo } = world;
    const second = await ada.client.call(createWorkspace, { body: { name: "Mill Lane", timeZone: "Asia/Tokyo" } });
    for (const [person, role] of [
      [ben, "Editor"],
      [cleo, "Writer"],
    ] as const) {
      const invited = await ada.client.call(inviteMember, { id: second.id, body: { email: person.email, role } });
      const token = invited.inviteUrl!.split("#token=")[1]!;
      await person.client.call(acceptInvitation, { body: { token } });
    }
    const third = await ada.client.call(createWorkspace, { body: { name: "Ada's own" } });
    const submit = async (workspaceId: string, title: string) => {
      const writer = (workspaceId === third.id ? ada : cleo).client.in(workspaceId);
      const { id } = await writer.call(createContent, { body: { title, body: "Ready." } });
      if (workspaceId !== third.id) await writer.call(submitContent, { id, body: {} });
    };
    await submit(second.id, "Bread, told from the beginning");
    await submit(third.id, "Nobody else's business");

    const page = await windows(browser, world)("ben", "light", 1440);
    await page.goto(`${deployment.origin}/?all&view=inbox`);
    await page.getByRole("link", { name: "Bread, told from the beginning" }).waitFor();
    expect(await page.getByText("Mill Lane").count()).toBe(1);
    expect(await page.getByText("Harbour Lights").count()).toBeGreaterThan(0);

    await page.getByText("Calendar", { exact: true }).click();
    await page.getByText("Europe/Vienna").first().waitFor();
    await page.getByText("Overview", { exact: true }).click();
    await page.getByRole("region", { name: "Mill Lane" }).waitFor();
    expect(await page.getByText("Ada's own").count()).toBe(0);
    await page.getByRole("region", { name: "Mill Lane" }).getByRole("link", { name: /Bread/ }).click();
    await page.waitForURL("**/w/mill-lane/content/**");
  });
});
