import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDnsServer } from "#tests/harness/dns-server";
import { browserMissing, openBrowser } from "./browser";
import { type Deployment, startDeployment } from "./deployment";
import { PASSWORD } from "./world";

describe.skipIf(browserMissing)("a domain of one's own", () => {
  let dns: Awaited<ReturnType<typeof startDnsServer>>;
  let deployment: Deployment;
  let browser: Browser;
  let own: string;

  beforeAll(async () => {
    dns = await startDnsServer();
    deployment = await startDeployment({ DNS_SERVERS: dns.address });
    own = `http://client.example:${new URL(deployment.origin).port}`;
    browser = await openBrowser([
      "--host-resolver-rules=MAP *.example 127.0.0.1",
      // As it is with the certificate that a proxy brings.
      `--unsafely-treat-insecure-origin-as-secure=${own}`,
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await deployment?.stop();
    await dns?.close();
  });

  test("is added, proved and opened: the site, and the door in the workspace's own look", async () => {
    const context = await browser.newContext({ locale: "en-GB" });
    const send = async (path: string, data: object) => {
      const answer = await context.request.post(`${deployment.origin}/api/v1${path}`, { data });
      expect([path, answer.ok()]).toEqual([path, true]);
      return answer.json();
    };
    const email = "nora@example.com";
    await send("/auth/signup", { email, password: PASSWORD, name: "Nora" });
    const { slug } = await send("/workspaces", { name: "Larkspur", branding: { primaryColor: "#7a3b1d" } });
    const page = await context.newPage();
    await page.goto(`${deployment.origin}/w/${slug}/settings/domain`);
    await page.getByRole("textbox", { name: "Domain" }).fill("127.0.0.1");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText(/^The name of a public host alone/).waitFor();
    await page.getByRole("textbox", { name: "Domain" }).fill("Client.example");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    const card = page.getByRole("listitem", { name: "client.example" });
    await card.getByRole("button", { name: "Check now" }).click();
    await card.getByText(/^The TXT record was not found/).waitFor();
    const record = String(await card.getByText(/^contentos=/).textContent());
    dns.texts.set("_contentos.client.example", [record]);
    await card.getByRole("button", { name: "Check now" }).click();
    await card.getByText("Verified", { exact: true }).waitFor();
    await card.getByText("Primary", { exact: true }).waitFor();

    // Nobody is signed in there.
    await page.goto(own);
    await page.getByRole("heading", { name: "Larkspur" }).waitFor();
    expect(page.url()).toBe(`${own}/`);
    await page.goto(`${own}/w/${slug}/content`);
    await page.getByLabel("E-mail").waitFor();
    await page.getByRole("link", { name: "Larkspur" }).waitFor();
    await expect.poll(() => page.getByText("ContentOS").count()).toBe(0);
    expect(await page.title()).toBe("Sign in · Larkspur");
    await page.goto(`${own}/sign-in?next=//evil.example/`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL(`${own}/w/${slug}/content`);
    await page.getByRole("heading", { name: "Content" }).waitFor();

    // What is nobody's gets what it always got.
    await page.goto(own.replace("client.example", "nobody.example"));
    await page.waitForURL(/nobody\.example:\d+\/sign-in$/);
    await page.getByRole("link", { name: "ContentOS" }).waitFor();
    await page.goto(`${deployment.origin}/s/${slug}`);
    expect(page.url()).toBe(`${own}/`);
    await context.close();
  });
});
