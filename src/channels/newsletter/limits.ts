import type { Limits } from "@/channels/adapter";
import { countBytes } from "@/channels/text";

/** The longest tags that one mark of Markdown makes: a list of its own, or a quotation with a paragraph. */
const TAGS = 48;

/** What the HTML of a Markdown text comes to at the most: an address without a mark around it stands in it twice. */
export function htmlBytesOf(markdown: string): number {
  const marks = markdown.match(/[*_~`#>|[\]()!+\-\\&<"'.:@=]/g)?.length ?? 0;
  const breaks = markdown.match(/\n/g)?.length ?? 0;
  const addresses = markdown.split(/\s+/).filter((word) => /@|:\/\/|www\./i.test(word));
  return TAGS * (marks + 1) + 8 * breaks + countBytes(markdown) + countBytes(addresses.join(""));
}

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
