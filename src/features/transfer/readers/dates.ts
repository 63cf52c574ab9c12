import { DateTime } from "luxon";

const FORMATS = [
  "yyyy-MM-dd HH:mm:ss ZZZ",
  "yyyy-MM-dd HH:mm:ss ZZ",
  "yyyy-MM-dd HH:mm ZZZ",
  "yyyy-MM-dd HH:mm:ss",
  "yyyy-MM-dd HH:mm",
];

/**
 * The instant that a source names, in RFC 3339 and UTC; null where it is none. What has no offset is taken as UTC.
 * Reads ISO 8601, RFC 2822 (feeds) and what Jekyll, Hugo and WordPress write.
 */
export function instantOf(value: unknown): string | null {
  if (typeof value !== "string" || value.trim() === "") return null;
  const text = value.trim();
  const utc = { zone: "utc" } as const;
  const tries = [
    () => DateTime.fromISO(text, utc),
    () => DateTime.fromRFC2822(text, utc),
    ...FORMATS.map((format) => () => DateTime.fromFormat(text, format, utc)),
  ];
  for (const read of tries) {
    const date = read();
    if (date.isValid && date.year >= 1 && date.year <= 9999) return date.toUTC().toISO();
  }
  return null;
}
