import { createWorkspace, inviteMember } from "@contentos/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { joinAs, PASSWORD } from "./world";

describe.skipIf(browserMissing)("a link with a token, in the browser", () => {
  let deployment: Deployment;
  let browser: Browser;

  beforeAll(async () => {
    deployment = await startDeployment({ RATE_LIMIT_FACTOR: "100" });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  async function following(address: string) {
    const page = await (await browser.newContext({ locale: "en-GB" })).newPage();
    const told: string[] = [];
    page.on("request", (request) => told.push(request.url(), request.headers().referer ?? ""));
    await page.goto(address);
    await page.waitForURL((url) => !url.href.includes("token"));
    return { page, told };
  }
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  async function invite(email: string) {
    const admin = await joinAs(deployment.origin, "Ada");
    const { id } = await admin.client.call(createWorkspace, { body: { name: `For ${email}` } });
    return (await admin.client.call(inviteMember, { id, body: { email, role: "Writer" } })).inviteUrl!;
  }
  async function signUp(page: Page, email: string) {
    await page.getByRole("link", { name: "Sign up" }).click();
    await page.getByLabel("Your name").fill("Kim");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button(page, "Sign up").click();
    await button(page, "Join the workspace").click();
    await page.waitForURL((url) => !url.pathname.startsWith("/invitations"));
  }

  test("is told to no server on the way to an account and back, and leaves the address bar", async () => {
    const link = await invite("kim@example.com");
    const token = link.split("#token=")[1]!;
    const { page, told } = await following(link);
    await page.reload();
    await signUp(page, "kim@example.com");
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter((address) => address.includes(token))).toEqual([]);
    expect(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes("link")))).toEqual([]);
    await page.context().close();
  });

  test("of before, in the query, still works, and leaves the address bar too", async () => {
    const link = await invite("lea@example.com");
    const { page, told } = await following(link.replace("#token=", "?token="));
    const asked = told.length;
    await signUp(page, "lea@example.com");
    const token = link.split("#token=")[1]!;
    expect(told.slice(asked).filter((address) => address.includes(token))).toEqual([]);
    await page.context().close();
  });

  test("to a new password, or that confirms an address, sends its token in a body alone", async () => {
    const { page, told } = await following(`${deployment.origin}/reset-password#token=made-up-1`);
    await page.getByLabel("New password").fill("a longer walk to the hills");
    const sent = page.waitForRequest("**/auth/password/reset");
    await button(page, "Set it").click();
    expect((await sent).postDataJSON()).toEqual({ token: "made-up-1", password: "a longer walk to the hills" });
    // A second link, opened in the tab of the first.
    await page.goto(`${deployment.origin}/reset-password#token=made-up-2`);
    await page.waitForURL((url) => !url.href.includes("token"));
    await page.goto(`${deployment.origin}/verify-email#token=made-up-3`);
    const confirmed = page.waitForRequest("**/auth/verify-email");
    await button(page, "Confirm").click();
    expect((await confirmed).postDataJSON()).toEqual({ token: "made-up-3" });
    expect(told.filter((address) => address.includes("made-up"))).toEqual([]);
    await page.context().close();
  });
});
