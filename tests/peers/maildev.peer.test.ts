import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedItem } from "#tests/factories";
import { seedTeam } from "#tests/factories/approval";
import { openThread } from "#tests/factories/comments";
import { notify } from "#tests/factories/notifications";
import { caller } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import { maildevMissing, startMaildev } from "#tests/peers/maildev-server";
import { createMailer } from "@/platform/mail";

const missing = maildevMissing();

describe.skipIf(missing)(`a real mail server, maildev${missing ? ` (skipped: ${missing})` : ""}`, () => {
  const t = testDatabase();
  const call = caller(t);
  let server: Awaited<ReturnType<typeof startMaildev>>;
  beforeAll(async () => {
    server = await startMaildev();
  });
  afterAll(() => server?.stop());

  it("gets a notification in text and HTML, with what one-click unsubscribing takes", async () => {
    const team = await seedTeam(t);
    const { id } = await seedItem(t, { createdBy: team.writer, title: "Grüße <b>an alle</b>" });
    await openThread(call, team.editor, id, { mentions: [team.viewer.userId] });
    const log = { warn: () => {} };
    await notify(t, { mailer: createMailer({ smtpUrl: server.smtpUrl, from: "ContentOS <c@example.com>", log }) });
    const mail = (await server.list()).find(({ to }) => to[0]!.address === team.viewer.email)!;
    expect(mail.subject).toBe("Kim Example mentioned you in “Grüße <b>an alle</b>” (Acme)");
    expect(mail.html).toContain("Grüße &lt;b&gt;an alle&lt;/b&gt;");
    expect(mail.text).toContain(`/content/${id}`);
    expect(mail.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
    expect(mail.headers["list-unsubscribe"]).toMatch(
      /^<https:\/\/contentos\.test\/api\/v1\/notifications\/unsubscribe\?token=/,
    );
    const [row] = await t.asOwner<{ status: string }>(
      "select status from notifications_deliveries where user_id = $1",
      [team.viewer.userId],
    );
    expect(row!.status).toBe("Sent");
  });
});
