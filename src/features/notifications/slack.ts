import { OutboundError, type OutboundFetch } from "@/platform/outbound-fetch";
import type { Keyring } from "@/platform/secrets";
import { placeOf } from "./kinds";
import type { NotificationRow } from "./queries";
import { mailLanguage, wordsOf } from "./words";

/**
 * Slack takes one message a second of an incoming webhook, and tells with 429 how long to wait
 * (https://docs.slack.dev/apis/web-api/rate-limits, read 2026-11-27). A little more, for clocks that differ.
 */
export const SLACK_PACE_MS = 1_100;

const ofWebhook = (workspaceId: string) => ["slack webhook", workspaceId];

export const sealWebhook = (keyring: Keyring, key: Buffer, workspaceId: string, url: string) =>
  keyring.seal(key, Buffer.from(url), ofWebhook(workspaceId));
export const openWebhook = (keyring: Keyring, key: Buffer, workspaceId: string, sealed: Uint8Array) =>
  keyring.open(key, sealed, ofWebhook(workspaceId)).toString();

/** These three are all that `mrkdwn` wants escaped (https://docs.slack.dev/messaging/formatting-message-text, read 2026-11-27). */
export const escapeMrkdwn = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

type Workspace = { name: string; slug: string; language: string };

/** In the workspace's language. What people wrote can make no link, no mention and no alarm of a channel. */
export function composeMessage(told: NotificationRow, { name, slug, language }: Workspace, publicUrl: string) {
  const { t, tell } = wordsOf(mailLanguage(language));
  const sentence = escapeMrkdwn(tell(told));
  const url = `${publicUrl}/w/${slug}/${placeOf(told)}`;
  return {
    text: sentence,
    unfurl_links: false,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: `${sentence}\n<${url}|${escapeMrkdwn(t("look"))}>` } },
      { type: "context", elements: [{ type: "plain_text", text: name.slice(0, 150), emoji: false }] },
    ],
  };
}

/** Errors that stay: the webhook is gone, or what it is of (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
const GONE = new Set([400, 403, 404, 410]);

export async function postMessage(fetch: OutboundFetch, url: string, message: object) {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(message),
      redirect: "error",
      maxBytes: 10_000,
    });
    const said = (await response.text().catch(() => "")).slice(0, 200);
    if (response.ok) return { sent: true } as const;
    const why = `Slack answered ${response.status}${said ? `: ${said}` : ""}`;
    if (GONE.has(response.status)) return { never: why };
    return { later: 1_000 * Number(response.headers.get("retry-after") ?? 0) || 0, message: why };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return error.kind === "forbidden" ? { never: error.message } : { later: 0, message: error.message };
  }
}
