import { SourceProblem } from "./entry";

/** What windows-1252 has in the place of the C1 controls (WHATWG Encoding, index windows-1252); `\0` is unassigned. */
const WINDOWS_1252 = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

const NAMES: Record<string, Encoding> = {
  "utf-8": "utf-8",
  utf8: "utf-8",
  "us-ascii": "utf-8",
  ascii: "utf-8",
  "utf-16": "utf-16le",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "windows-1252": "windows-1252",
  cp1252: "windows-1252",
  "iso-8859-1": "windows-1252",
  latin1: "windows-1252",
};
type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** As browsers do, ISO-8859-1 is read as windows-1252, which has all that people write in it. */
export function encodingNamed(name: string): Encoding {
  const encoding = NAMES[name.trim().toLowerCase()];
  if (!encoding)
    throw new SourceProblem(`It says that its encoding is ${name.slice(0, 40)}: convert it to UTF-8 first.`);
  return encoding;
}

/** What a byte order mark says; it stands before all other declarations. */
export function encodingByMark(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return undefined;
}

/**
 * The text of a file: by its byte order mark, else by what it or whoever brings it declares, else as UTF-8. Never a guess.
 * @throws {SourceProblem} for bytes that the encoding doesn't have, and for NUL, which can't be stored
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const encoding = encodingByMark(bytes) ?? (declared === undefined ? "utf-8" : encodingNamed(declared));
  return storable(encoding === "windows-1252" ? fromWindows1252(bytes) : fromUnicode(bytes, encoding));
}

function fromUnicode(bytes: Uint8Array, encoding: Exclude<Encoding, "windows-1252">): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const name = encoding.toUpperCase();
    throw new SourceProblem(`It has bytes that are not ${name}: convert it to UTF-8, or say which encoding it has.`);
  }
}

/** By hand, since Node 20 takes the C1 controls for what windows-1252 has in their place. */
export function fromWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (control) => {
      const character = WINDOWS_1252[control.charCodeAt(0) - 0x80];
      if (character && character !== "\0") return character;
      throw new SourceProblem("It has bytes that are not windows-1252: convert it to UTF-8.");
    });
}

/** What Postgres can't keep is told, and not taken out in silence. */
export function storable(text: string): string {
  if (text.includes("\0")) throw new SourceProblem("It has NUL characters, as binary files do: take them out.");
  if (!text.isWellFormed()) throw new SourceProblem("It has half a character (a lone surrogate): take it out.");
  return text;
}
