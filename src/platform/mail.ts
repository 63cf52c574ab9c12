import { createTransport } from "nodemailer";
import type { Logger } from "pino";
import type { Mailer } from "./mailer";

type Options = {
  /** Such as smtp://user:password@host:587 or smtps://…; without one no mail is sent, and the log says so. */
  smtpUrl?: string | undefined;
  /** Such as `ContentOS <contentos@example.com>`. */
  from: string;
  log: Pick<Logger, "warn">;
};

/** What a mail server may take to answer, in ms. */
const TIMEOUT_MS = 15_000;

export function createMailer({ smtpUrl, from, log }: Options): Mailer {
  if (!smtpUrl) {
    // Texts carry links that let people in: they stay out of the log.
    return {
      send: async ({ subject }) => log.warn({ subject }, "A mail was not sent: set SMTP_URL to send mails"),
    };
  }
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    send: async (mail) => {
      await transport.sendMail({ from, ...mail });
    },
  };
}
