import { createTransport } from "nodemailer";
import type { Logger } from "pino";
import { MailError, type Mailer } from "./mailer";
import type { OutboundFetch } from "./outbound-fetch";
import { createSendGrid } from "./sendgrid";

type Options = {
  /** Such as smtp://user:password@host:587 or smtps://…; goes before SendGrid. Without either no mail is sent, and the log says so. */
  smtpUrl?: string | undefined;
  sendGridApiKey?: string | undefined;
  /** Such as `ContentOS <contentos@example.com>`. */
  from: string;
  log: Pick<Logger, "warn">;
  fetch?: OutboundFetch;
};

/** What a mail server may take to answer, in ms. */
const TIMEOUT_MS = 15_000;

export function createMailer({ smtpUrl, sendGridApiKey, from, log, fetch }: Options): Mailer {
  if (smtpUrl) return createSmtp(smtpUrl, from);
  if (sendGridApiKey && fetch) return createSendGrid({ apiKey: sendGridApiKey, from, fetch });
  // Texts carry links that let people in: they stay out of the log.
  return {
    off: true,
    send: async ({ subject }) =>
      log.warn({ subject }, "A mail was not sent: set SMTP_URL or SENDGRID_API_KEY to send mails"),
  };
}

function createSmtp(smtpUrl: string, from: string): Mailer {
  const address = /<([^<>]+)>/.exec(from)?.[1] ?? from;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  return {
    send: async ({ reference: _, fromName, ...mail }) => {
      const sender = fromName ? { name: fromName, address } : from;
      await transport.sendMail({ from: sender, ...mail }).catch((error: SmtpFailure) => {
        throw explain(error);
      });
    },
  };
}

type SmtpFailure = Error & { responseCode?: number; command?: string };

/** 5yz is for good, 4yz for now; of the recipient where it was the answer to RCPT (RFC 5321, 4.2.1 and 4.3.2). */
function explain(error: SmtpFailure): Error {
  const { responseCode = 0, command = "", message } = error;
  if (responseCode >= 500)
    return new MailError(/^RCPT/i.test(command) ? "Recipient" : "Message", message, 0, { cause: error });
  return responseCode >= 400 ? new MailError("Later", message, 0, { cause: error }) : error;
}
