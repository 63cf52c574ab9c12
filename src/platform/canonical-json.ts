import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * The JSON of RFC 8785 (JCS): one text for one value, whatever the order of its keys.
 * Keys whose value is `undefined` are left out; dates are their ISO text. Text is not normalised: é is not e + ´.
 * @throws {TypeError} for what JSON can't say alike everywhere: lone surrogates (they would not survive UTF-8),
 * NaN, Infinity, bigint, functions, symbols, maps and other class instances, `undefined` alone or in a list.
 */
export function canonicalJson(value: unknown): string {
  assertPlain(value, "value");
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("value has no JSON");
  return text;
}

/** SHA-256 in hex over the canonical JSON in UTF-8. */
export const canonicalHash = (value: unknown): string =>
  createHash("sha256").update(canonicalJson(value), "utf8").digest("hex");

function assertPlain(value: unknown, path: string): void {
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (typeof value === "string") {
    assertWellFormed(value, path);
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) assertPlain(item, `${path}[${index}]`);
    return;
  }
  if (value instanceof Date && !Number.isNaN(value.getTime())) return;
  if (typeof value === "object" && isPlain(value)) {
    for (const [key, item] of Object.entries(value)) {
      assertWellFormed(key, `a key of ${path}`);
      if (item !== undefined) assertPlain(item, `${path}.${key}`);
    }
    return;
  }
  throw new TypeError(`${path} can't be written as canonical JSON`);
}

function assertWellFormed(text: string, path: string): void {
  if (!text.isWellFormed()) throw new TypeError(`${path} holds half a character (a lone surrogate)`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && !("toJSON" in value);
}
