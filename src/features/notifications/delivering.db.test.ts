import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Member, seedItem, seedMember } from "#tests/factories";
import { expectStatus, seedTeam, submit, type Team } from "#tests/factories/approval";
import { openThread } from "#tests/factories/comments";
import { keepingMailer, notify, notifyingTasks, toldTo } from "#tests/factories/notifications";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { holdJob, makeDue } from "#tests/harness/jobs";
import { testKeyring } from "#tests/harness/keyring";
import { startSendGrid } from "#tests/harness/sendgrid";
import { startSlack } from "#tests/harness/slack";
import { MailError } from "@/platform/mailer";
import { createOutboundFetch } from "@/platform/outbound-fetch";
import { createSendGrid } from "@/platform/sendgrid";
import { DEFAULTS } from "./kinds";
import { escapeMrkdwn } from "./slack";
import { readUnsubscribeToken, unsubscribeToken } from "./unsubscribe-token";

const t = testDatabase();
const call = caller(t);
let now = new Date();
const clock = { now: () => now };
const never = new AbortController().signal;

let team: Team;
beforeEach(async () => {
  now = new Date();
  await t.asOwner("delete from graphile_worker._private_jobs");
  team = await seedTeam(t);
  // Of what is said of their items the writer hears in the application alone: no digest comes between, at whatever hour these tests are run.
  await choose(team.writer, { choices: { ...DEFAULTS, Comments: { inApp: true, email: "Off" } } });
});

const preferencesOf = (over: object = {}) => ({
  choices: DEFAULTS,
  language: null,
  timeZone: "Europe/Berlin",
  quietFrom: null,
  quietUntil: null,
  digestHour: 8,
  digestWeekday: 1,
  ...over,
});
const choose = (who: Member, over: object) =>
  expectStatus(call(who, "PUT", "/notifications/preferences", preferencesOf(over)), 200);
const mention = async (who: Member, over: object = {}) => {
  const { id } = await seedItem(t, { createdBy: team.writer, ...over });
  await openThread(call, team.editor, id, { mentions: [who.userId] });
  return id;
};
const deliveries = (workspaceId = team.workspace.id) =>
  t.asOwner<{
    id: string;
    way: string;
    status: string;
    attempts: number;
    lost: number;
    message: string | null;
    due_at: Date;
    address: string;
  }>(
    "select id, way, status, attempts, lost, message, due_at, address from notifications_deliveries where workspace_id = $1 order by created_at, id",
    [workspaceId],
  );
/** All that is planned comes about, by the clock of the test. */
const later = async (mailer: ReturnType<typeof keepingMailer>["mailer"], ms: number) => {
  now = new Date(now.getTime() + ms);
  // What is gathered then is sent then.
  for (let round = 0; round < 2; round++) {
    await makeDue(t);
    await notify(t, { clock, mailer });
  }
};
const HOUR_MS = 3_600_000;

describe("a mail", () => {
  it("says what happened, in the person's language, with a way out of it", async () => {
    const { mailer, mails } = keepingMailer();
    await choose(team.viewer, { language: "de" });
    const id = await mention(team.viewer);
    await notify(t, { clock, mailer });
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail).toMatchObject({
      to: team.viewer.email,
      subject: "Kim Example hat Sie in „Spring launch“ erwähnt (Acme)",
    });
    expect(mail!.text).toContain(`https://contentos.test/w/${team.workspace.slug}/content/${id}`);
    expect(mail!.headers).toMatchObject({
      "List-Unsubscribe": expect.stringMatching(
        /^<https:\/\/contentos\.test\/api\/v1\/notifications\/unsubscribe\?token=[\w.-]+>$/,
      ),
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(await deliveries()).toMatchObject([
      { way: "Email", status: "Sent", attempts: 1, address: team.viewer.email },
    ]);
  });

  it("shows titles and names as they are, and never as markup", async () => {
    const { mailer, mails } = keepingMailer();
    await t.asOwner("update users set name = $2 where id = $1", [team.editor.userId, '<img src=x onerror="alert(1)">']);
    await t.asOwner("update workspaces set name = $2 where id = $1", [
      team.workspace.id,
      "A</td><script>alert(2)</script>\r\nBcc: x",
    ]);
    await mention(team.viewer, { title: '"><a href="javascript:alert(3)">&amp;' });
    await notify(t, { clock, mailer });
    const { html = "", subject } = mails[0]!;
    expect(html).not.toMatch(/<script|<img src=x|href="javascript|<a href="j/);
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it("isn't sent to who was removed, suspended or had read it by then, or whose role sees it no more", async () => {
    const { mailer, mails } = keepingMailer();
    const removed = await seedMember(t, team.workspace.id, "Viewer");
    const suspended = await seedMember(t, team.workspace.id, "Viewer");
    for (const who of [removed, suspended, team.viewer]) await mention(who);
    await notify(t, { clock, mailer: { send: () => Promise.reject(new MailError("Later", "busy")) } });
    expect((await deliveries()).map(({ status }) => status)).toEqual(["Queued", "Queued", "Queued"]);
    await t.asOwner("update workspace_members set removed_at = now() where user_id = $1", [removed.userId]);
    await t.asOwner("update users set suspended_at = now() where id = $1", [suspended.userId]);
    await expectStatus(call(team.viewer, "POST", "/notifications/read", { all: true }), 200);
    await later(mailer, HOUR_MS);
    expect(mails).toEqual([]);
    expect((await deliveries()).map(({ status }) => status)).toEqual(["Skipped", "Skipped", "Skipped"]);
  });

  it("waits until quiet hours are over", async () => {
    const { mailer, mails } = keepingMailer();
    now = new Date("2027-03-27T22:30:00Z");
    await choose(team.viewer, { quietFrom: 22 * 60, quietUntil: 7 * 60 });
    await mention(team.viewer);
    await notify(t, { clock, mailer });
    expect(mails).toEqual([]);
    // The clocks go forward that night.
    expect((await deliveries())[0]!.due_at.toISOString()).toBe("2027-03-28T05:00:00.000Z");
    await later(mailer, 6 * HOUR_MS);
    expect(mails).toEqual([]);
    await later(mailer, HOUR_MS);
    expect(mails).toHaveLength(1);
  });

  it("gathers what was chosen so into one digest, at its hour, without what was read", async () => {
    const { mailer, mails } = keepingMailer();
    const toViewer = () => mails.filter(({ to }) => to === team.viewer.email).map(({ subject }) => subject);
    now = new Date("2027-10-30T20:00:00Z");
    await choose(team.viewer, { choices: { ...DEFAULTS, Mentions: { inApp: true, email: "Daily" } } });
    for (let n = 0; n < 3; n++) await mention(team.viewer);
    await notify(t, { clock, mailer });
    const { body } = await call(team.viewer, "GET", "/notifications");
    await expectStatus(call(team.viewer, "POST", "/notifications/read", { ids: [body.items![0]!.id] }), 200);
    await later(mailer, 10 * HOUR_MS);
    expect(toViewer()).toEqual([]);
    // 8:00 after the night in which the clocks went back.
    await later(mailer, HOUR_MS);
    expect(toViewer()).toEqual(["2 notifications from Acme"]);
    await later(mailer, 24 * HOUR_MS);
    expect(toViewer()).toHaveLength(1);
  });

  it("is nobody's where they want none, neither in the application nor by mail", async () => {
    const { mailer, mails } = keepingMailer();
    await choose(team.viewer, { choices: { ...DEFAULTS, Mentions: { inApp: false, email: "Off" } } });
    await choose(team.admin, { choices: { ...DEFAULTS, Mentions: { inApp: false, email: "Now" } } });
    await mention(team.viewer);
    await mention(team.admin);
    await notify(t, { clock, mailer });
    expect(await toldTo(t, team.viewer)).toEqual([]);
    expect(mails.map(({ to }) => to)).toEqual([team.admin.email]);
    expect((await call(team.admin, "GET", "/notifications")).body.items).toEqual([]);
  });

  it("is tried again, later and later, and given up where it never will be taken", async () => {
    const { mailer, mails, told } = keepingMailer();
    told.refuse = () => new MailError("Later", "busy", 10 * 60_000);
    await mention(team.viewer);
    await notify(t, { clock, mailer });
    const [first] = await deliveries();
    expect(first).toMatchObject({ status: "Queued", attempts: 1, message: "busy" });
    expect(first!.due_at.getTime() - now.getTime()).toBe(10 * 60_000);
    told.refuse = () => new MailError("Message", "552 spam");
    await later(mailer, HOUR_MS);
    expect(await deliveries()).toMatchObject([{ status: "Failed", attempts: 2, message: "552 spam" }]);
    await later(mailer, HOUR_MS);
    expect(mails).toHaveLength(2);
  });

  it("is sent once more where the process was killed after it was sent and before that was written, and no more", async () => {
    const { mailer, mails } = keepingMailer();
    await mention(team.viewer);
    const tasks = notifyingTasks(t, { clock, mailer: { send: async (mail) => mailer.send(mail) } });
    const consume = await holdJob(t, "notifications.consume");
    await tasks["notifications.consume"]!(consume.payload, consume.claim, never);
    await consume.die();
    await t.asOwner("delete from graphile_worker._private_jobs where locked_by is not null");
    const dies = async () => {
      const job = await holdJob(t, "notifications.deliver");
      // The connection is lost with the worker, so that nothing can be written after the mail.
      const killed = notifyingTasks(t, {
        clock,
        mailer: {
          send: async (mail) => {
            await mailer.send(mail);
            await job.die();
          },
        },
      });
      await expect(killed["notifications.deliver"]!(job.payload, job.claim, never)).rejects.toThrow();
      await t.asOwner("update graphile_worker._private_jobs set locked_by = null, locked_at = null");
    };
    await dies();
    expect([mails.length, (await deliveries())[0]]).toMatchObject([1, { status: "Sending", lost: 0 }]);
    await dies();
    await notify(t, { clock, mailer });
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
    expect(await deliveries()).toMatchObject([
      { status: "Failed", lost: 2, message: expect.stringContaining("Nobody knows") },
    ]);
  });
});

describe("unsubscribing", () => {
  const app = () => testApp(t, { clock });
  const ask = (method: string, token: string) =>
    app().request(`/api/v1/notifications/unsubscribe?token=${token}`, {
      method,
      ...(method === "POST" && {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: "List-Unsubscribe=One-Click",
      }),
    });
  const tokenOf = (mail: { text: string }) => /token=(\S+)/.exec(mail.text)![1]!;
  const unsubscribed = async (who: Member) =>
    (await expectStatus(call(who, "GET", "/notifications/preferences"), 200)).unsubscribedAt;

  it("takes one click without signing in, and a look at the link changes nothing", async () => {
    const { mailer, mails } = keepingMailer();
    await mention(team.viewer);
    await notify(t, { clock, mailer });
    const token = tokenOf(mails[0]!);
    const page = await ask("GET", token);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')]);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await unsubscribed(team.viewer)).toBeNull();
    expect((await ask("POST", token)).status).toBe(200);
    expect((await ask("POST", token)).status).toBe(200);
    expect(await unsubscribed(team.viewer)).not.toBeNull();
    await mention(team.viewer);
    await notify(t, { clock, mailer });
    expect(mails).toHaveLength(1);
    expect(await toldTo(t, team.viewer)).toEqual(["Mentioned", "Mentioned"]);
    await choose(team.viewer, {});
    expect(await unsubscribed(team.viewer)).toBeNull();
  });

  it("is refused for a token that was forged, is another deployment's or another mail's, or has expired", async () => {
    const { mailer, mails } = keepingMailer();
    await mention(team.viewer);
    await notify(t, { clock, mailer });
    const good = tokenOf(mails[0]!);
    const [workspaceId, deliveryId, until, signature] = good.split(".") as [string, string, string, string];
    const other = await seedTeam(t);
    const foreign = unsubscribeToken(testKeyring, { workspaceId: other.workspace.id, deliveryId }, now);
    const { createKeyring } = await import("@/platform/secrets");
    const elsewhere = unsubscribeToken(
      createKeyring("another master secret, of another one"),
      { workspaceId, deliveryId },
      now,
    );
    const old = unsubscribeToken(testKeyring, { workspaceId, deliveryId }, new Date(now.getTime() - 91 * 24 * HOUR_MS));
    const forged = [
      "",
      "x",
      `${workspaceId}.${deliveryId}.${until}.`,
      `${workspaceId}.${deliveryId}.${Number(until) + 1}.${signature}`,
      `${other.workspace.id}.${deliveryId}.${until}.${signature}`,
      `${good}.x`,
      foreign,
      elsewhere,
      old,
    ];
    for (const token of forged) expect([token, (await ask("POST", token)).status]).toEqual([token, 403]);
    expect(await unsubscribed(team.viewer)).toBeNull();
    expect(readUnsubscribeToken(testKeyring, good, now)).toEqual({ workspaceId, deliveryId });
  });
});

describe("what comes back", () => {
  let grid: Awaited<ReturnType<typeof startSendGrid>>;
  beforeAll(async () => {
    grid = await startSendGrid();
  });
  afterAll(() => grid.stop());
  const mailer = () =>
    createSendGrid({
      apiKey: "SG.test",
      from: "ContentOS <c@example.com>",
      fetch: createOutboundFetch({ allow: ["127.0.0.1"] }),
      baseUrl: grid.baseUrl,
    });
  const hook = (signed: { body: string; headers: Record<string, string> }, over: Record<string, string> = {}) =>
    testApp(t, { clock, sendGridWebhookKey: grid.verificationKey }).request("/api/v1/notifications/sendgrid", {
      method: "POST",
      body: signed.body,
      headers: { ...signed.headers, ...over },
    });

  it("goes out through SendGrid, and a signed hard bounce stops mail to that address and is told in the application", async () => {
    await mention(team.viewer);
    await notify(t, { clock, mailer: mailer() });
    const { body } = grid.sent.at(-1)!;
    expect(body).toMatchObject({
      personalizations: [{ to: [{ email: team.viewer.email }], custom_args: { workspaceId: team.workspace.id } }],
      from: { name: "ContentOS", email: "c@example.com" },
      content: [{ type: "text/plain" }, { type: "text/html" }],
      headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    });
    const event = {
      event: "bounce",
      type: "bounce",
      reason: "550 No such user",
      email: team.viewer.email,
      ...body.personalizations[0]!.custom_args,
    };
    const signed = grid.sign([{ event: "delivered" }, event], now);
    expect((await hook({ ...signed, body: signed.body.replace("550", "551") })).status).toBe(403);
    expect((await hook(signed, { "x-twilio-email-event-webhook-timestamp": "1" })).status).toBe(403);
    expect((await hook(grid.sign([event], new Date(now.getTime() - 301_000)))).status).toBe(403);
    expect((await deliveries())[0]!.status).toBe("Sent");
    expect((await hook(signed)).status).toBe(204);
    expect((await hook(signed)).status).toBe(204);
    expect(await deliveries()).toMatchObject([{ status: "Bounced", message: "bounce: 550 No such user" }]);
    expect(await toldTo(t, team.viewer)).toEqual(["Mentioned", "MailStopped"]);
    await mention(team.viewer);
    await notify(t, { clock, mailer: mailer() });
    expect((await deliveries()).map(({ status }) => status)).toEqual(["Bounced", "Skipped"]);
    expect(await expectStatus(call(team.viewer, "POST", "/notifications/preferences/resume"), 200)).toMatchObject({
      mailStoppedAt: null,
    });
    await mention(team.viewer);
    await notify(t, { clock, mailer: mailer() });
    expect((await deliveries()).map(({ status }) => status)).toEqual(["Bounced", "Skipped", "Sent"]);
  });

  it("is noticed from a mail server's own refusal of the recipient, and a passing one stops nothing", async () => {
    const { mailer: refusing, told } = keepingMailer();
    told.refuse = () => new MailError("Recipient", "550 5.1.1 unknown");
    await mention(team.viewer);
    await notify(t, { clock, mailer: refusing });
    expect(await deliveries()).toMatchObject([{ status: "Bounced", message: "550 5.1.1 unknown" }]);
    expect(await toldTo(t, team.viewer)).toContain("MailStopped");
    const blocked = { event: "bounce", type: "blocked", workspaceId: team.workspace.id };
    await mention(team.writer);
    await notify(t, { clock, mailer: mailer() });
    const { deliveryId } = grid.sent.at(-1)!.body.personalizations[0]!.custom_args!;
    expect((await hook(grid.sign([{ ...blocked, deliveryId }], now))).status).toBe(204);
    expect(await toldTo(t, team.writer)).not.toContain("MailStopped");
  });

  it("is tried again as SendGrid's limit says, and a wrong key is waited out", async () => {
    const limited = {
      status: 429,
      headers: { "x-ratelimit-reset": String(Math.floor(Date.now() / 1_000) + 120) },
      errors: [{ message: "too many requests" }],
    };
    grid.told.answer = limited;
    await mention(team.viewer);
    await notify(t, { clock, mailer: mailer() });
    grid.told.answer = undefined;
    const [waiting] = await deliveries();
    expect(waiting).toMatchObject({ status: "Queued", message: "SendGrid answered 429: too many requests" });
    expect(waiting!.due_at.getTime() - now.getTime()).toBeGreaterThan(100_000);
  });
});

describe("a step that waits", () => {
  const told = async (...people: Member[]) =>
    (await Promise.all(people.map((who) => toldTo(t, who)))).map((kinds) =>
      kinds.filter((kind) => /Reminder|Escalated/.test(kind)),
    );

  it("is told to who may decide it, then to the Admins, each once, and to nobody once it was decided", async () => {
    const { mailer } = keepingMailer();
    await expectStatus(
      call(team.admin, "PUT", "/notifications/settings", {
        remindAfterHours: 4,
        escalateAfterHours: 8,
        slackTopics: [],
      }),
      200,
    );
    const { id } = await seedItem(t, { createdBy: team.editor });
    const step = await submit(call, team.editor, id);
    const decided = await seedItem(t, { createdBy: team.editor });
    const other = await submit(call, team.editor, decided.id);
    await notify(t, { clock, mailer });
    await expectStatus(call(team.otherEditor, "POST", `/approval/${other.id}/reject`, { reason: "No." }), 200);
    await later(mailer, 3 * HOUR_MS);
    expect(await told(team.otherEditor, team.admin)).toEqual([[], []]);
    await later(mailer, 1.1 * HOUR_MS);
    expect(await told(team.otherEditor, team.admin, team.editor, team.writer)).toEqual([
      ["ReviewReminder"],
      ["ReviewReminder"],
      [],
      [],
    ]);
    await later(mailer, HOUR_MS);
    await later(mailer, 4 * HOUR_MS);
    await later(mailer, 24 * HOUR_MS);
    expect(await told(team.otherEditor, team.admin)).toEqual([
      ["ReviewReminder"],
      ["ReviewReminder", "ReviewEscalated"],
    ]);
    expect(step.id).not.toBe(other.id);
    expect(
      (
        await t.asOwner<{ n: string }>("select count(*) as n from notifications where source = $1", [
          `reminder:${other.id}`,
        ])
      )[0]!.n,
    ).toBe("0");
  });
});

describe("Slack", () => {
  let slack: Awaited<ReturnType<typeof startSlack>>;
  beforeAll(async () => {
    slack = await startSlack();
  });
  afterAll(() => slack.stop());
  const connect = (over: object = {}) =>
    expectStatus(
      call(team.admin, "PUT", "/notifications/settings", {
        remindAfterHours: null,
        escalateAfterHours: null,
        slackTopics: ["Comments"],
        slackWebhookUrl: slack.url,
        ...over,
      }),
      200,
    );

  it("is told what an Admin chose, escaped, a message a second, and never shown where it is", async () => {
    const answer = await connect();
    expect(JSON.stringify(answer)).not.toContain("secret");
    expect(answer.slackHost).toMatch(/^127\.0\.0\.1:\d+$/);
    const [row] = await t.asOwner<{ slack_sealed: Buffer }>(
      "select slack_sealed from notifications_settings where workspace_id = $1",
      [team.workspace.id],
    );
    expect(row!.slack_sealed.toString()).not.toContain("secret");
    for (const title of ["<!channel> & <https://evil.example|click>", "Second", "Third"]) {
      const { id } = await seedItem(t, { createdBy: team.writer, title });
      await openThread(call, team.viewer, id);
    }
    for (let n = 0; n < 8; n++) {
      await makeDue(t);
      await Promise.all([notify(t), notify(t)]);
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    expect(slack.got).toHaveLength(3);
    expect(
      (await deliveries()).filter(({ way }) => way === "Slack").map(({ status, attempts }) => [status, attempts]),
    ).toEqual([
      ["Sent", 1],
      ["Sent", 1],
      ["Sent", 1],
    ]);
    const texts = slack.got.map(({ message }) => message.text);
    expect(texts).toContain(`Kim Example commented on “${escapeMrkdwn("<!channel> & <https://evil.example|click>")}”`);
    expect(JSON.stringify(slack.got)).not.toContain("<!channel>");
  });

  it("is waited for as long as it says, and left alone where the webhook is gone or was disconnected", async () => {
    await connect();
    slack.told.answer = { status: 429, body: "rate_limited", retryAfter: 120 };
    now = new Date(now.getTime() + 60_000);
    await openThread(call, team.viewer, (await seedItem(t, { createdBy: team.writer })).id);
    await notify(t, { clock });
    await makeDue(t);
    await notify(t, { clock });
    const [waiting] = await deliveries();
    expect(waiting).toMatchObject({ way: "Slack", status: "Queued", message: "Slack answered 429: rate_limited" });
    expect(waiting!.due_at.getTime() - now.getTime()).toBe(120_000);
    slack.told.answer = { status: 404, body: "no_service" };
    now = new Date(now.getTime() + 121_000);
    await makeDue(t);
    await notify(t, { clock });
    slack.told.answer = undefined;
    expect(await deliveries()).toMatchObject([{ status: "Failed", message: "Slack answered 404: no_service" }]);
    await connect({ slackWebhookUrl: null });
    await openThread(call, team.viewer, (await seedItem(t, { createdBy: team.writer })).id);
    await notify(t, { clock });
    expect(await deliveries()).toHaveLength(1);
  });

  it("is reached by what leads outside alone", async () => {
    await connect({ slackWebhookUrl: "http://169.254.169.254/latest" });
    now = new Date(now.getTime() + 60_000);
    await openThread(call, team.viewer, (await seedItem(t, { createdBy: team.writer })).id);
    await notify(t, { clock });
    await makeDue(t);
    await notify(t, { clock });
    expect(await deliveries()).toMatchObject([
      { status: "Failed", message: expect.stringContaining("not on the public internet") },
    ]);
  });
});

describe("settings and the log", () => {
  it("are the Admins' alone, and what is wrong is refused", async () => {
    const body = { remindAfterHours: 4, escalateAfterHours: null, slackTopics: [] };
    for (const [method, path, given] of [
      ["GET", "/notifications/settings", undefined],
      ["PUT", "/notifications/settings", body],
      ["GET", "/notifications/deliveries", undefined],
    ] as const)
      expect((await call(team.editor, method, path, given)).status).toBe(403);
    expect((await call(team.admin, "PUT", "/notifications/settings", { ...body, remindAfterHours: 0 })).status).toBe(
      400,
    );
    expect(
      (await call(team.admin, "PUT", "/notifications/settings", { ...body, slackWebhookUrl: "ftp://x" })).status,
    ).toBe(400);
    expect(
      (await call(team.viewer, "PUT", "/notifications/preferences", preferencesOf({ timeZone: "Mars" }))).body.issues,
    ).toEqual([expect.objectContaining({ path: "timeZone" })]);
    expect(
      (await call(team.viewer, "PUT", "/notifications/preferences", preferencesOf({ quietFrom: 60 }))).status,
    ).toBe(400);
    const { mailer } = keepingMailer();
    await mention(team.viewer);
    await notify(t, { clock, mailer });
    expect(
      await expectStatus(call(team.admin, "GET", "/notifications/deliveries?status=Sent&way=Email"), 200),
    ).toMatchObject({
      items: [{ way: "Email", kind: "Mentioned", userName: "Kim Example", address: team.viewer.email }],
      nextCursor: null,
    });
    expect((await call(team.admin, "GET", "/notifications/deliveries?cursor=x")).body.code).toBe("invalid_cursor");
  });
});
