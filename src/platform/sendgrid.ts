import { MailError, type Mailer } from "./mailer";
import { OutboundError, type OutboundFetch } from "./outbound-fetch";

type Options = { apiKey: string; from: string; fetch: OutboundFetch; baseUrl?: string };

/** `Name <address>`, or an address alone. */
function partsOf(from: string) {
  const [, name, email] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(from) ?? [];
  return email ? { email, ...(name && { name: name.replace(/^"(.*)"$/, "$1") }) } : { email: from.trim() };
}

/**
 * `POST /v3/mail/send` of SendGrid: 202 where it takes the mail, errors as `{errors: [{message, field, help}]}`, and 429
 * with the second in which the limit ends as `X-RateLimit-Reset`
 * (https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send, read 2026-11-27).
 */
export const createSendGrid = ({ apiKey, from, fetch, baseUrl = "https://api.sendgrid.com" }: Options): Mailer => ({
  async send({ to, subject, text, html, headers, reference, fromName }) {
    const response = await fetch(`${baseUrl}/v3/mail/send`, {
      method: "POST",
      headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" },
      body: JSON.stringify({
        personalizations: [{ to: [{ email: to }], ...(reference && { custom_args: reference }) }],
        from: { ...partsOf(from), ...(fromName && { name: fromName }) },
        subject,
        // Plain text comes first: SendGrid refuses another order.
        content: [{ type: "text/plain", value: text }, ...(html ? [{ type: "text/html", value: html }] : [])],
        ...(headers && { headers }),
        // Links stay as they are: some of them let people in, and ours unsubscribe.
        tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
      }),
    }).catch((error: unknown) => {
      throw error instanceof OutboundError ? new MailError("Later", error.message, 0, { cause: error }) : error;
    });
    if (response.status === 202) return;
    throw await refusalOf(response);
  },
});

async function refusalOf(response: Response): Promise<MailError> {
  const said = (await response.json().catch(() => ({}))) as { errors?: { message?: string; field?: string | null }[] };
  const [error] = said.errors ?? [];
  const message = `SendGrid answered ${response.status}${error?.message ? `: ${error.message}` : ""}`;
  if (response.status === 429) {
    const reset = Number(response.headers.get("x-ratelimit-reset") ?? 0) * 1_000;
    return new MailError("Later", message, Math.max(0, reset - Date.now()));
  }
  // A wrong key is the operator's to correct, and the mail can still go out then.
  const passing = response.status >= 500 || response.status === 401 || response.status === 403;
  if (passing) return new MailError("Later", message);
  return new MailError(/^personalizations\.0\.to/.test(error?.field ?? "") ? "Recipient" : "Message", message);
}
