import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createMailer } from "./mail";

const mail = {
  to: "kim@example.com",
  subject: "Set a new password",
  text: "Open https://contentos.test/?token=secret",
};
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** As much of SMTP (RFC 5321) as a client needs to hand over one mail; `accept` false refuses the recipient. */
async function startMailServer({ accept = true } = {}) {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let inData = false;
    let text = "";
    socket.write("220 test\r\n");
    socket.on("data", (chunk) => {
      text += chunk;
      for (
        let end = text.indexOf(inData ? "\r\n.\r\n" : "\r\n");
        end >= 0;
        end = text.indexOf(inData ? "\r\n.\r\n" : "\r\n")
      ) {
        const taken = text.slice(0, end);
        text = text.slice(end + (inData ? 5 : 2));
        if (inData) {
          received.push(taken);
          inData = false;
          socket.write("250 taken\r\n");
        } else if (/^DATA/i.test(taken)) {
          inData = true;
          socket.write("354 go on\r\n");
        } else if (/^RCPT/i.test(taken) && !accept) socket.write("550 no such mailbox\r\n");
        else if (/^QUIT/i.test(taken)) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

function logger() {
  const lines: unknown[] = [];
  return { lines, warn: (...entry: unknown[]) => void lines.push(entry) };
}

describe("createMailer", () => {
  it("hands a mail to the server, without letting a subject add headers", async () => {
    const server = await startMailServer();
    const mailer = createMailer({
      smtpUrl: server.url,
      from: "ContentOS <contentos@example.com>",
      log: logger() as never,
    });
    await mailer.send({ ...mail, subject: "Hello\r\nBcc: all@example.com" });
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatch(/^From: ContentOS <contentos@example.com>\r$/m);
    expect(server.received[0]).toMatch(/^To: kim@example.com\r$/m);
    expect(server.received[0]).not.toMatch(/^Bcc:/m);
    expect(server.received[0]).toContain("https://contentos.test/");
  });

  it("throws where the mail was not taken", async () => {
    const refusing = await startMailServer({ accept: false });
    const options = { from: "contentos@example.com", log: logger() as never };
    await expect(createMailer({ smtpUrl: refusing.url, ...options }).send(mail)).rejects.toThrow("550");
    await expect(createMailer({ smtpUrl: "smtp://127.0.0.1:1", ...options }).send(mail)).rejects.toThrow(
      "ECONNREFUSED",
    );
  });

  it("logs that a mail was not sent where no server is configured, and never what is in it", async () => {
    const log = logger();
    await createMailer({ from: "contentos@example.com", log: log as never }).send(mail);
    expect(JSON.stringify(log.lines)).toContain("SMTP_URL");
    expect(JSON.stringify(log.lines)).not.toMatch(/secret|https:/);
  });
});
