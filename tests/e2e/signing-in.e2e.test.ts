import { TOTP } from "otpauth";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { PASSWORD } from "./world";

describe.skipIf(browserMissing)("signing in, in the browser", () => {
  let deployment: Deployment;
  let browser: Browser;
  let slug: string;

  beforeAll(async () => {
    deployment = await startDeployment({ RATE_LIMIT_FACTOR: "100" });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
  });

  /** Somebody of their own, with a workspace, at their account. */
  async function atHome(email: string): Promise<Page> {
    const context = await browser.newContext({ locale: "en-GB" });
    const { request } = context;
    const post = async (path: string, data: object) =>
      (
        await request.post(`${deployment.origin}/api/v1${path}`, { data, headers: { "sec-fetch-site": "same-origin" } })
      ).json();
    await post("/auth/signup", { email, password: PASSWORD, name: "Kim" });
    slug = (await post("/workspaces", { name: `Of ${email.split("@")[0]}` })).slug;
    const page = await context.newPage();
    await page.goto(`${deployment.origin}/w/${slug}/settings/account`);
    return page;
  }
  const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
  async function signOut(page: Page) {
    await page.context().clearCookies();
    await page.goto(`${deployment.origin}/sign-in?next=${encodeURIComponent(`/w/${slug}/content`)}`);
  }
  async function giveCredentials(page: Page, email: string) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await button(page, "Sign in").click();
  }

  test("a passkey is added, signs in, and is removed", async () => {
    const page = await atHome("key@example.com");
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    await button(page, "Add a passkey").click();
    const dialog = page.getByRole("dialog", { name: "Add a passkey" });
    await dialog.getByLabel("Name").fill("My laptop");
    await dialog.getByLabel("Current password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("The passkey is added").waitFor();

    await signOut(page);
    await button(page, "Sign in with a passkey").click();
    await page.waitForURL(`**/w/${slug}/content`);
    const me = await page.evaluate(async () => (await fetch("/api/v1/auth/me")).json());
    expect(me).toMatchObject({ method: "Passkey", secondFactor: true });

    await page.goto(`${deployment.origin}/w/${slug}/settings/account`);
    await button(page, "Remove the passkey “My laptop”").click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByText("None yet.").waitFor();
    await signOut(page);
    await button(page, "Sign in with a passkey").click();
    await page.getByText("This passkey is not known here").waitFor();
  });

  test("an authenticator app is set up, asked for, and replaced by a recovery code", async () => {
    const email = "app@example.com";
    const page = await atHome(email);
    await button(page, "Set up an authenticator app").click();
    const dialog = page.getByRole("dialog", { name: "Set up an authenticator app" });
    await dialog.getByLabel("Current password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByRole("img", { name: "QR code for the authenticator app" }).waitFor();
    const secret = ((await dialog.locator("pre").textContent()) ?? "").replace(/\s/g, "");
    const app = new TOTP({ secret });
    await dialog.getByLabel("Code that the app shows").fill(app.generate({ timestamp: Date.now() - 30_000 }));
    await dialog.getByRole("button", { name: "Turn it on" }).click();
    const codes = page.getByRole("dialog", { name: "Your recovery codes" });
    const recoveryCode = (await codes.locator("code").first().textContent()) ?? "";
    expect(await codes.locator("code").count()).toBe(10);
    await button(page, "I have kept them").click();
    await page.getByText("It is on").waitFor();

    await signOut(page);
    await giveCredentials(page, email);
    await page.getByLabel("Code", { exact: true }).fill(app.generate());
    await button(page, "Sign in").click();
    await page.waitForURL(`**/w/${slug}/content`);

    await signOut(page);
    await giveCredentials(page, email);
    await button(page, "You don’t have the app at hand?").click();
    await page.getByLabel("Recovery code").fill(recoveryCode);
    await button(page, "Sign in").click();
    await page.waitForURL(`**/w/${slug}/content`);
  });

  test("what asks for a proof goes on once it is given, and stays undone where it is not", async () => {
    const email = "proof@example.com";
    const page = await atHome(email);
    await page.request.post(`${deployment.origin}/api/v1/auth/login`, {
      data: { email, password: PASSWORD },
      headers: { "sec-fetch-site": "same-origin", cookie: "" },
    });
    await page.reload();
    // Nobody waits here for a session to grow old: the server's refusal, as often as it is asked for.
    let refused = 0;
    await page.route("**/api/v1/auth/sessions", async (route) => {
      if (route.request().method() !== "DELETE" || refused >= 2) return route.continue();
      refused += 1;
      const problem = { code: "proof_required", status: 403, title: "Show it", ways: ["Password"] };
      return route.fulfill({ status: 403, contentType: "application/problem+json", json: problem });
    });
    const dialog = page.getByRole("dialog", { name: "Is it still you?" });
    await button(page, "Sign out everywhere else").click();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Show first that it is still you").first().waitFor();

    await button(page, "Sign out everywhere else").click();
    await dialog.getByLabel("Current password").fill("not the password");
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await dialog.getByText("This is not your current password").waitFor();
    await dialog.getByLabel("Current password").fill(PASSWORD);
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await page.getByText("All other sessions are ended").waitFor();
    await dialog.waitFor({ state: "detached" });
    await button(page, "Sign out everywhere else").waitFor({ state: "detached" });
    await page.context().close();
  });

  test("who signs out leaves no words in the browser, and is asked about those that are nowhere else", async () => {
    const page = await atHome("leaving@example.com");
    const { user } = await page.evaluate(async () => (await fetch("/api/v1/auth/me")).json());
    const names = () => page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort());
    await page.evaluate((id) => {
      localStorage.setItem(`contentos.words.${id}.sent`, JSON.stringify({ body: "x", sent: true }));
      localStorage.setItem(`contentos.words.${id}.unsent`, JSON.stringify({ body: "x", sent: false }));
      localStorage.setItem("contentos.words.another.unsent", JSON.stringify({ body: "x", sent: false }));
      sessionStorage.setItem("contentos.import.file", "{}");
    }, user.id);
    const ofTheirs = async () => (await names()).filter((name) => name.includes(user.id) || name.includes(".import."));
    await button(page, "Account").click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    const dialog = page.getByRole("dialog", { name: "Leave unsaved words?" });
    await dialog.getByText("One text is in this browser alone").waitFor();
    expect(await ofTheirs()).toHaveLength(3);
    await dialog.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL("**/sign-in");
    expect(await ofTheirs()).toEqual([]);
    expect(await names()).toContain("contentos.words.another.unsent");
    expect(await page.evaluate(async () => (await fetch("/api/v1/auth/me")).status)).toBe(401);
    await page.context().close();
  });

  test("a workspace that asks for a second factor leads to where one is set up", async () => {
    const page = await atHome("gate@example.com");
    await page.goto(`${deployment.origin}/w/${slug}/settings/sign-in`);
    await page.getByRole("switch", { name: "Ask for a second factor" }).press("Space");
    await button(page, "Save").click();
    // Nobody shuts themselves out.
    await page.getByText("Set up your own second factor first").waitFor();
    await page.goto(`${deployment.origin}/sign-in`);
    await button(page, "Sign in by your organisation").click();
    await page.getByLabel("Your address at work").fill("kim@nowhere.example");
    await button(page, "Sign in").last().click();
    await page.getByText("No single sign-on is set up for this address").waitFor();
  });

  test("a refusal is told in the reader's language, and what was wrong with a field", async () => {
    const context = await browser.newContext({ locale: "de-DE" });
    const page = await context.newPage();
    await page.goto(`${deployment.origin}/sign-in`);
    await page.getByLabel("E-Mail").fill("niemand@example.com");
    await page.getByLabel("Passwort", { exact: true }).fill("not the password");
    await button(page, "Anmelden").click();
    await page.getByText("Adresse und Passwort passen nicht zusammen").waitFor();
    await page.waitForFunction(() => document.title === "Anmelden · ContentOS");
    await page.goto(`${deployment.origin}/terms`);
    await page.getByRole("heading", { level: 1, name: "Nutzungsbedingungen" }).waitFor();
    await page.waitForFunction(() => document.title === "Nutzungsbedingungen · ContentOS");
    await page.goto(`${deployment.origin}/sign-up`);
    await page.getByLabel("Ihr Name").fill("Kim");
    await page.getByLabel("E-Mail").fill("kim-neu@example.com");
    await page.getByLabel("Passwort", { exact: true }).fill("password1234");
    await page.getByRole("button", { name: "Registrieren", exact: true }).click();
    await page.getByText("Das gehört zu dem, was zuerst probiert wird").first().waitFor();
    await context.close();
  });
});
