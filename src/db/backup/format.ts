import { gunzipSync, gzipSync } from "node:zlib";
import type { Keyring } from "@/platform/secrets";
import type { ShreddingKey, ShreddingKeys, Subject } from "@/platform/shredding";

export const FORMAT = "contentos-backup";
export const VERSION = 1;

/** The first line, which anybody can read. */
export type Header = {
  format: typeof FORMAT;
  version: typeof VERSION;
  id: string;
  /** ISO 8601 */
  madeAt: string;
  /** The last migration that the database had. */
  migration: string;
};

/** Each line after it: numbered, so that none is missing, and sealed by one subject's key. */
export type SealedLine = { line: number; table: string; subject: Subject; key: string; sealed: string };

/** What a line holds. Values are as Postgres writes them; those of people are sealed once more and stand apart. */
export type Batch = { columns: string[]; rows: (string | null)[][]; people: Record<number, SealedValues> };

/** By the keys of all these subjects, the last of them outermost: it opens while each of them is there. */
export type SealedValues = { subjects: [Subject, string][]; sealed: string };

/** Closes the file, so that one that was cut off is known. */
export type End = { lines: number; rows: number };
export const END = "end";

type Parts = { keyring: Pick<Keyring, "seal" | "open">; keys: ShreddingKeys; backup: string };

export const createSealer = ({ keyring, keys, backup }: Parts) => ({
  line(number: number, table: string, subject: Subject, content: Batch | End): SealedLine {
    const key = keys.keyOf(subject);
    const bytes = gzipSync(JSON.stringify(content));
    const sealed = keyring.seal(key.wrapped, bytes, [backup, String(number), table]);
    return { line: number, table, subject, key: key.id, sealed: sealed.toString("base64") };
  },
  values(place: string, subjects: Subject[], values: (string | null)[]): SealedValues {
    let bytes: Buffer = Buffer.from(JSON.stringify(values));
    const used: [Subject, string][] = [];
    for (const subject of subjects) {
      const key = keys.keyOf(subject);
      bytes = keyring.seal(key.wrapped, bytes, [backup, place, subject]);
      used.push([subject, key.id]);
    }
    return { subjects: used, sealed: bytes.toString("base64") };
  },
});

/** What opens is answered; null where a key of it was destroyed. Anything else throws a SealError. */
export const createOpener = ({ keyring, keys, backup }: Parts) => ({
  line<Content extends Batch | End>({ line, table, subject, key: id, sealed }: SealedLine): Content | null {
    const key = keys.find(subject, id);
    if (!key) return null;
    const bytes = keyring.open(key.wrapped, Buffer.from(sealed, "base64"), [backup, String(line), table]);
    return JSON.parse(gunzipSync(bytes).toString("utf8"));
  },
  values(place: string, { subjects, sealed }: SealedValues): (string | null)[] | null {
    const found = subjects.map(([subject, id]) => [subject, keys.find(subject, id)] as const);
    if (!found.every((pair): pair is readonly [Subject, ShreddingKey] => pair[1] !== undefined)) return null;
    let bytes: Buffer = Buffer.from(sealed, "base64");
    for (const [subject, { wrapped }] of found.toReversed())
      bytes = keyring.open(wrapped, bytes, [backup, place, subject]);
    return JSON.parse(bytes.toString("utf8"));
  },
});
