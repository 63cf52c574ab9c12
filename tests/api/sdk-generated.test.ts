import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import * as sdk from "@contentos/sdk";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import type { OpenApiDocument } from "@/api/document";
import { generateSdk } from "../../scripts/sdk/generate";
import { fields, type Schema, typeOf } from "../../scripts/sdk/types";
import { readDocument, readOperations } from "./operations";

const document = await readDocument();
const generated = generateSdk(document);

describe("the SDK's generated files", () => {
  it.each(Object.keys(generated))("%s is what `npm run generate` writes", (path) => {
    expect(readFileSync(path, "utf8") === generated[path], `${path}: run \`npm run generate\``).toBe(true);
  });

  it("have every operation, asked as the document says", async () => {
    const told = (await readOperations()).map(({ operationId, method, path, parameters, open }) => ({
      id: operationId,
      method,
      path,
      scoped: parameters.some(({ name }) => name === "x-workspace-id"),
      keyed: parameters.some(({ name }) => name === "idempotency-key"),
      open,
    }));
    const there = Object.values<unknown>(sdk)
      .filter((value): value is sdk.Operation<unknown, unknown> => typeof value === "object")
      .map(({ id, method, path, scoped = false, keyed = false, open = false }) => ({
        id,
        method,
        path,
        scoped,
        keyed,
        open,
      }));
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect(there.sort(byId)).toEqual(told.sort(byId));
  });

  it("change with a contract", () => {
    const changed = structuredClone(document) as OpenApiDocument;
    const schemas = changed.components!.schemas as Record<string, Schema>;
    schemas.Tag!.properties!.surprise = { type: "string" };
    const [path] = Object.keys(generated);
    expect(generateSdk(changed)[path!]).not.toBe(generated[path!]);
  });
});

describe("a type", () => {
  it.each<[Schema & { maxLength?: number }, string]>([
    [{ type: "string", format: "uuid", maxLength: 3, example: "x" }, "string"],
    [{ type: ["integer", "null"] }, "number | null"],
    [{ type: ["integer", "number"] }, "number"],
    [{ enum: ["a", 1, null] }, '"a" | 1 | null'],
    [{ const: "a" }, '"a"'],
    [{}, "unknown"],
    [{ $ref: "#/components/schemas/Tag" }, "Tag"],
    [{ $ref: "#/components/schemas/Problem" }, "ProblemDocument"],
    [{ type: "array", items: { type: ["string", "null"] } }, "(string | null)[]"],
    [{ type: "array", items: { type: "object", properties: { a: {} }, required: ["a"] } }, "{\n  a: unknown;\n}[]"],
    [{ type: "object", additionalProperties: { type: "string" } }, "Record<string, string>"],
    [{ type: "object", additionalProperties: {} }, "Record<string, unknown>"],
    [{ type: "object" }, "Record<string, unknown>"],
    [{ type: "object", additionalProperties: false }, "Record<string, never>"],
    [{ anyOf: [{ $ref: "x/A" }, { type: "null" }] }, "A | null"],
    [{ oneOf: [{ $ref: "x/A" }, { $ref: "x/B" }] }, "A | B"],
    [{ allOf: [{ $ref: "x/A" }, { anyOf: [{ $ref: "x/B" }, { $ref: "x/C" }] }] }, "A & (B | C)"],
    [{ allOf: [{ $ref: "x/A" }, { type: ["object", "null"], description: "B" }] }, "A | null"],
    [
      { type: "object", properties: { "a-b": { type: "string", default: "c", description: "D." } } },
      '{\n  /** D. `"c"` where it is left out. */\n  "a-b"?: string | undefined;\n}',
    ],
  ])("of %j is %s", (schema, type) => expect(typeOf(schema)).toBe(type));

  it.each([
    [{ type: "string", not: {} }, 'The keyword "not"'],
    [{ type: "object", properties: { a: { patternProperties: {} } } }, 'The keyword "patternProperties"'],
    [{ type: "array" }, "what is in it"],
    [{ type: "date" }, 'The type "date"'],
    [{ type: "object", properties: { a: {} }, additionalProperties: { type: "string" } }, "fields of its own"],
  ])("of %j is not guessed", (schema, sentence) => expect(() => typeOf(schema as Schema)).toThrow(sentence));

  it("keeps a comment a comment", () => {
    expect(fields([{ name: "a", schema: { type: "null", description: "b */ c\nd" }, required: true }])).toBe(
      "{\n  /** b *\\/ c d */\n  a: null;\n}",
    );
  });

  it("with a name is never null itself", () => {
    const changed = structuredClone(document) as OpenApiDocument;
    (changed.components!.schemas as Record<string, Schema>).Tag!.type = ["object", "null"];
    expect(() => generateSdk(changed)).toThrow("Tag: name and null");
  });
});

describe("a page that uses the client", () => {
  const bundle = async (code: string) => {
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: process.cwd() },
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
    });
    return outputFiles[0]!.text;
  };

  it("carries less than 4 KB, and none of the operations that it doesn't name", async () => {
    const code = await bundle('export { createClient, isProblem, getContent } from "@contentos/sdk"');
    expect(gzipSync(code).length).toBeLessThan(4_096);
    expect(code).toContain('"/content/{id}"');
    expect(code).not.toContain("/review");
    expect(await bundle('export * from "@contentos/sdk"')).toContain("/review");
  });
});
