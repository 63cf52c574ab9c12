import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sources } from "./sources";

const section = readFileSync("docs/security.md", "utf8").split("\n## Cryptography\n")[1]?.split("\n## ")[0] ?? "";
const rowsBelow = (heading: string) =>
  (section.split(`\n### ${heading}\n`)[1]?.split("\n### ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| key |") && !line.startsWith("| files |"))
    .map((line) => line.slice(2, -2).split(" | "));

/** Libraries and functions that encrypt, sign, hash, compare or draw at random. */
const LIBRARIES =
  /from "(node:crypto|jose|@node-rs\/argon2|otpauth|@simplewebauthn\/server|openid-client|@clerk\/backend[\w/]*|@node-saml\/node-saml|xml-encryption|@peculiar\/x509|stripe|standardwebhooks|better-auth[\w/]*|@aws-sdk\/[\w-]+)"|\bcrypto\.(subtle|randomUUID|getRandomValues)\b|import\("(openid-client|@clerk\/backend|stripe)"\)/;

/** What each of these in the code is called in the inventory. */
const NAMES: [RegExp, string][] = [
  [/"aes-256-gcm"|"A256GCM"/, "AES-256-GCM"],
  [/createCipheriv\("(?!aes-256-gcm")/, "another cipher"],
  [/"sha256"|"SHA-256"/i, "SHA-256"],
  [/"sha1"|"SHA-1"/i, "SHA-1"],
  [/"md5"/i, "MD5"],
  [/"sha(384|512|224)"/i, "another hash"],
  [/\bhkdfSync\(/, "HKDF"],
  [/\b(scrypt|pbkdf2)(Sync)?\(/, "another derivation"],
  [/\bcreateHmac\(|"HS256"/, "HMAC-SHA-256"],
  [/"HS(384|512)"|"(R|E|P)S\d{3}"/, "another signature"],
  [/"EdDSA"/, "Ed25519"],
  [/"RSASSA-PKCS1-v1_5"/, "RSA-3072"],
  [/\brandom(Bytes|UUID|Int)\(/, "random"],
  [/@node-rs\/argon2/, "argon2id"],
  [/new TOTP\(/, "HMAC-SHA-1"],
];

const files = [...sources()].filter(([, code]) => LIBRARIES.test(code));
const uses = rowsBelow("Where it is called").map(([paths = "", algorithms = ""]) => ({
  paths: [...paths.matchAll(/`([^`]+)`/g)].map(([, path]) => path!),
  algorithms,
}));

describe("the inventory of cryptography", () => {
  test("has each file that uses it, once, and no other", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(uses.flatMap(({ paths }) => paths).sort()).toEqual(files.map(([path]) => path));
  });

  test("names each algorithm that a file names", () => {
    const unnamed = files.flatMap(([path, code]) => {
      const { algorithms = "" } = uses.find(({ paths }) => paths.includes(path)) ?? {};
      return NAMES.filter(([used, name]) => used.test(code) && !algorithms.includes(name)).map(
        ([, name]) => `${path}: ${name}`,
      );
    });
    expect(unnamed).toEqual([]);
  });

  test("has each key that is made from the secret, by the words that it is made by", () => {
    const made = [...sources()].flatMap(([, code]) => [
      ...[...code.matchAll(/\bderive(?:Key|Password)\(\w+, "([^"]+)"/g)].map(([, purpose]) => purpose!),
      ...[...code.matchAll(/\btokenKeys\("([^"]+)"\)/g)].map(([, purpose]) => `token ${purpose}`),
      ...(code.includes("tokenKeys(PURPOSE)")
        ? [...code.matchAll(/^const PURPOSE = "([^"]+)"/gm)].map(([, purpose]) => `token ${purpose}`)
        : []),
    ]);
    const keys = rowsBelow("Keys");
    const told = keys.flatMap(([key = ""]) => [...key.matchAll(/`([^`]+)`/g)].map(([, purpose]) => purpose!));
    expect(made.length).toBeGreaterThan(10);
    expect(told.filter((purpose) => purpose !== "CONTENTOS_SECRET").sort()).toEqual([...new Set(made)].sort());
    expect(keys.filter((cells) => cells.length !== 7 || cells.some((cell) => cell.trim() === ""))).toEqual([]);
  });
});
