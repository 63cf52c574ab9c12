import type { Limits } from "@/channels/adapter";
import { countBytes } from "@/channels/text";

/**
 * What the HTML of a Markdown text comes to at the most: each of its characters in UTF-8, as it is escaped, and each mark
 * as the longest pair of tags that it can make.
 */
export const htmlBytesOf = (markdown: string): number =>
  countBytes(markdown) + 28 * (markdown.match(/[*_~`#>|[\]()!+\-\\&<"'\n.:@]/g)?.length ?? 0);

/**
 * Gmail cuts a message off at 102 KB of HTML (help.mailup.com, "Message size"; support.leanplum.com, "Gmail clipping";
 * read 2026-11-28): what is left of it is for whatever sends it, its head, foot and tracking. Subject and preheader: 150 is
 * our own bound, far within the 998 octets of a line (RFC 5322, 2.1.1).
 */
export const MAX_BODY_BYTES = 80_000;
const LINE = { maxGraphemes: 150, maxBytes: 600 };

/** Inboxes on a phone show about as much of a subject (Mailchimp's "Best practices for email subject lines": at most 50; read 2026-11-28). */
export const SUBJECT_SHOWN = 50;

export const limits: Limits = {
  form: "article",
  maxParts: 20,
  maxGraphemes: undefined,
  maxBytes: undefined,
  maxImages: 0,
  fields: [
    { name: "subject", ...LINE },
    { name: "preheader", ...LINE },
    {
      name: "body",
      maxGraphemes: undefined,
      maxBytes: undefined,
      count: htmlBytesOf,
      maxTotal: MAX_BODY_BYTES,
      linked: true,
    },
  ],
};
