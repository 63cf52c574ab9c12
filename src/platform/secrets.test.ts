import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyring, deriveKey, derivePassword, hashToken, newToken, SealError, sameToken } from "./secrets";

const bytes = fc.uint8Array({ maxLength: 300 });
const words = fc.array(fc.string(), { maxLength: 4 });

describe("deriveKey", () => {
  it("gives a key per secret and purpose, of the length asked for", () => {
    const keys = [deriveKey("a", "x"), deriveKey("a", "y"), deriveKey("b", "x")].map((key) => key.toString("hex"));
    expect(new Set(keys).size).toBe(3);
    expect(deriveKey("a", "x").equals(deriveKey("a", "x"))).toBe(true);
    expect([deriveKey("a", "x").length, deriveKey("a", "x", 64).length]).toEqual([32, 64]);
    expect(() => deriveKey("", "x")).toThrow("empty");
  });

  it("stays what it is, since stored values depend on it", () => {
    // Made by `openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt key:secret -kdfopt salt:contentos -kdfopt info:purpose HKDF`.
    expect(deriveKey("secret", "purpose").toString("hex")).toBe(
      "b1159ab56fd9b3d1471039ffad112930e9e7ec5a1d61b0a388b5c619dab8a8d2",
    );
  });

  it("gives passwords that need no escaping and differ from the key of the same purpose", () => {
    expect(derivePassword("a", "app")).toMatch(/^[\w-]{32}$/);
    expect(derivePassword("a", "app")).toBe(derivePassword("a", "app"));
    expect(derivePassword("a", "app")).not.toBe(derivePassword("a", "auth"));
    expect(derivePassword("a", "app")).not.toBe(deriveKey("a", "app", 24).toString("base64url"));
  });
});

describe("keyring", () => {
  const keyring = createKeyring("the current secret", ["the one before"]);
  const wrapped = keyring.newWorkspaceKey();

  it("opens what it sealed, and never seals twice alike", () => {
    fc.assert(
      fc.property(bytes, words, (plaintext, data) => {
        const sealed = keyring.seal(wrapped, plaintext, data);
        expect(keyring.open(wrapped, sealed, data).equals(Buffer.from(plaintext))).toBe(true);
        expect(keyring.seal(wrapped, plaintext, data).equals(sealed)).toBe(false);
      }),
    );
  });

  it("refuses other associated data, also when the words are cut elsewhere", () => {
    const sealed = keyring.seal(wrapped, Buffer.from("x"), ["a", "bc"]);
    for (const other of [["ab", "c"], ["a", "bc", ""], ["bc", "a"], ["a"], [], "abc", "a,bc"])
      expect(() => keyring.open(wrapped, sealed, other)).toThrow(SealError);
    fc.assert(
      fc.property(words, words, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(() => keyring.open(wrapped, keyring.seal(wrapped, Buffer.from("x"), one), other)).toThrow(SealError);
      }),
    );
  });

  it("refuses any changed byte and any shortening, of the sealed value and of the wrapped key", () => {
    const sealed = keyring.seal(wrapped, Buffer.from("a plaintext"), "row");
    const changed = (value: Buffer, index: number, bit: number) => {
      const copy = Buffer.from(value);
      copy[index] = (copy[index] ?? 0) ^ (1 << bit);
      return copy;
    };
    for (let bit = 0; bit < 8; bit++) {
      for (let i = 0; i < sealed.length; i++)
        expect(() => keyring.open(wrapped, changed(sealed, i, bit), "row")).toThrow(SealError);
      for (let i = 0; i < wrapped.length; i++)
        expect(() => keyring.open(changed(wrapped, i, bit), sealed, "row")).toThrow(SealError);
    }
    for (let length = 0; length < sealed.length; length++)
      expect(() => keyring.open(wrapped, sealed.subarray(0, length), "row")).toThrow(SealError);
    for (let length = 0; length < wrapped.length; length++)
      expect(() => keyring.open(wrapped.subarray(0, length), sealed, "row")).toThrow(SealError);
    expect(keyring.open(wrapped, sealed, "row").toString()).toBe("a plaintext");
  });

  it("does not open with another workspace's key, nor take a wrapped key for a sealed value", () => {
    const sealed = keyring.seal(wrapped, Buffer.from("x"), "row");
    expect(() => keyring.open(keyring.newWorkspaceKey(), sealed, "row")).toThrow(SealError);
    expect(() => keyring.open(wrapped, wrapped, "wrap")).toThrow(SealError);
  });

  it("rotates: previous secrets open, new wraps take the current one, and what was sealed stays readable", () => {
    const before = createKeyring("the one before");
    const old = before.newWorkspaceKey();
    const sealed = before.seal(old, Buffer.from("x"), "row");
    expect(keyring.open(old, sealed, "row").toString()).toBe("x");

    const renewed = keyring.rewrap(old);
    const after = createKeyring("the current secret");
    expect(after.open(renewed, sealed, "row").toString()).toBe("x");
    expect(() => after.open(old, sealed, "row")).toThrow("not configured");
    expect(() => before.open(renewed, sealed, "row")).toThrow("not configured");
    expect(() => before.open(keyring.newWorkspaceKey(), sealed, "row")).toThrow("not configured");
    expect(keyring.rewrap(renewed).equals(renewed)).toBe(true);
  });
});

describe("tokens", () => {
  it("are random and URL-safe; only equal ones are the same", () => {
    expect(newToken()).toMatch(/^[\w-]{43}$/);
    expect(newToken(16)).toMatch(/^[\w-]{22}$/);
    expect(new Set(Array.from({ length: 1000 }, () => newToken())).size).toBe(1000);
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => sameToken(a, b) === (a === b)));
    fc.assert(fc.property(fc.string(), (a) => sameToken(a, a)));
  });

  it("are hashed with SHA-256", () => {
    // FIPS 180-2, appendix B.1.
    expect(hashToken("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
