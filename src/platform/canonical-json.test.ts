import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalHash, canonicalJson } from "./canonical-json";

describe("RFC 8785", () => {
  it("section 3.2.2 to 3.2.3: literals, numbers, strings and the order of keys", () => {
    const input = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalJson(JSON.parse(input))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it("section 3.2.4: the UTF-8 bytes of that example", () => {
    const value = { literals: [null, true, false], string: '€$\u000f\nA\'B"\\\\"/' };
    expect(Buffer.from(canonicalJson({ string: value.string })).toString("hex")).toBe(
      "7b22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d",
    );
  });

  it("section 3.2.3: keys are sorted by UTF-16 code units", () => {
    const value = {
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis",
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    const order = [...canonicalJson(value).matchAll(/"([^"]+)":"/g)].map(([, key]) => key);
    expect(order).toEqual(["\\r", "1", "\u0080", "\u00f6", "\u20ac", "\ud83d\ude00", "\ufb33"]);
  });

  it.each([
    ["0000000000000000", "0"],
    ["8000000000000000", "0"],
    ["0000000000000001", "5e-324"],
    ["8000000000000001", "-5e-324"],
    ["7fefffffffffffff", "1.7976931348623157e+308"],
    ["ffefffffffffffff", "-1.7976931348623157e+308"],
    ["4340000000000000", "9007199254740992"],
    ["c340000000000000", "-9007199254740992"],
    ["4430000000000000", "295147905179352830000"],
    ["44b52d02c7e14af5", "9.999999999999997e+22"],
    ["44b52d02c7e14af6", "1e+23"],
    ["44b52d02c7e14af7", "1.0000000000000001e+23"],
    ["444b1ae4d6e2ef4e", "999999999999999700000"],
    ["444b1ae4d6e2ef4f", "999999999999999900000"],
    ["444b1ae4d6e2ef50", "1e+21"],
    ["3eb0c6f7a0b5ed8c", "9.999999999999997e-7"],
    ["3eb0c6f7a0b5ed8d", "0.000001"],
    ["41b3de4355555553", "333333333.3333332"],
    ["41b3de4355555554", "333333333.33333325"],
    ["41b3de4355555555", "333333333.3333333"],
    ["41b3de4355555556", "333333333.3333334"],
    ["41b3de4355555557", "333333333.33333343"],
    ["becbf647612f3696", "-0.0000033333333333333333"],
    ["43143ff3c1cb0959", "1424953923781206.2"],
  ])("appendix B: the double %s is %s", (hex, text) => {
    expect(canonicalJson(Buffer.from(hex, "hex").readDoubleBE())).toBe(text);
  });
});

describe("canonicalHash", () => {
  it("is the SHA-256 of the canonical text", () => {
    // printf '{"a":[1,"é"],"b":null}' | sha256sum
    expect(canonicalHash({ b: null, a: [1, "é"] })).toBe(
      "1e02bc81a26af2f027329541e97eef36f3290bedc6dfe043dbe66b057ecb13ba",
    );
  });

  it("does not depend on the order of keys, nor on undefined members, and survives a round trip through JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        expect(canonicalHash(JSON.parse(JSON.stringify(value)))).toBe(canonicalHash(value));
        expect(JSON.stringify(JSON.parse(canonicalJson(value)))).toBe(JSON.stringify(JSON.parse(canonicalJson(value))));
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.integer()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalHash({ value: reversed, gone: undefined })).toBe(canonicalHash({ value }));
      }),
    );
  });

  it("tells apart what differs by one character, by normal form or by type", () => {
    const values = ["é", "e\u0301", "", " ", null, false, 0, "0", [], {}, [[]], { a: null }, "\u0000"];
    expect(new Set(values.map(canonicalHash)).size).toBe(values.length);
    expect(canonicalHash("\u0000")).toBe(createHash("sha256").update('"\\u0000"').digest("hex"));
  });

  it("writes a date as its ISO text", () => {
    expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
  });

  it.each([
    ["a lone high surrogate", "a\ud800"],
    ["a lone low surrogate", { a: ["\udc00"] }],
    ["a lone surrogate in a key", { "\ud800": 1 }],
    ["NaN", [Number.NaN]],
    ["Infinity", { a: Number.POSITIVE_INFINITY }],
    ["bigint", 1n],
    ["undefined", undefined],
    ["undefined in a list", [undefined]],
    ["a hole in a list", new Array(1)],
    ["a function", { a: () => 1 }],
    ["a symbol", { a: Symbol("a") }],
    ["a map", new Map([["a", 1]])],
    ["bytes", Buffer.from("a")],
    ["an invalid date", new Date(Number.NaN)],
    ["toJSON", { toJSON: () => 1 }],
  ])("refuses %s", (_name, value) => expect(() => canonicalHash(value)).toThrow(TypeError));

  it("refuses a circle", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(() => canonicalHash(circle)).toThrow();
  });
});
