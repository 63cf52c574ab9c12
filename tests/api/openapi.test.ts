import { readdirSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import type { Schema } from "@/api/document";
import { readDocument, readOperations } from "./operations";

const document = await readDocument();
const operations = await readOperations();
const ROOMS = readdirSync("src/features");

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const compiled = new Map<string, ValidateFunction>();

/** Says what is wrong with a value; the empty list for nothing. */
function faultsOf(schema: Schema, value: unknown): string[] {
  const key = JSON.stringify(schema);
  const validate = compiled.get(key) ?? ajv.compile({ allOf: [schema], components: document.components });
  compiled.set(key, validate);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("the OpenAPI document", () => {
  it("is valid OpenAPI 3.1", async () => {
    expect(await new Validator().validate(structuredClone(document) as never)).toEqual({ valid: true });
    expect(document.openapi).toBe("3.1.0");
    const broken = { ...document, paths: { "no-slash": { get: { responses: 4 } } } };
    expect(await new Validator().validate(broken as never)).toMatchObject({ valid: false });
  });

  it("names each operation once", () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(names.length).toBeGreaterThan(60);
    expect(names.filter((name, index) => !/^[a-z][A-Za-z]+$/.test(name) || names.indexOf(name) !== index)).toEqual([]);
  });

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    "%s is told in full",
    (_, operation) => {
      const { tags, summary, open, ofClient, security, method, parameters, body, answers } = operation;
      expect(tags).toHaveLength(1);
      expect(ROOMS).toContain(tags[0]);
      expect(summary).toMatch(/^[A-Z].{4,}[^.]$/);
      const members = [{ bearer: [] }, { cookie: [] }];
      if (!open) expect([members, [{ review: [] }], [{ review: [] }, ...members]]).toContainEqual(security);
      const told = Object.keys(answers);
      expect(told).toEqual(expect.arrayContaining(["400", "429", "503"]));
      if (!open) expect(told).toContain("401");
      if (parameters.some(({ name }) => name === "x-workspace-id"))
        expect(told).toEqual(expect.arrayContaining(["403", "404"]));
      if (parameters.some((parameter) => parameter.in === "path")) expect(told).toContain("404");
      if (body) expect(told).toEqual(expect.arrayContaining(["413", "415"]));
      if (!open && !ofClient && method !== "GET") expect(answers["403"]?.description).toContain("`cross_site_request`");
      for (const { name, schema, description } of parameters) {
        // An id, a name with a word for each value, or a sentence.
        if (schema.format !== "uuid" && !schema.enum && !schema.$ref)
          expect([name, description]).toEqual([name, expect.any(String)]);
      }
    },
  );

  it.each(operations.map((operation) => [operation.operationId, operation] as const))(
    "%s has right examples",
    (_, operation) => {
      const { body, answers } = operation;
      const bodies = Object.entries({ body: { content: body && { "application/json": body } }, ...answers });
      const faults = bodies.flatMap(([place, { content = {} }]) =>
        Object.values(content).flatMap(({ schema, example }) =>
          example === undefined
            ? [`${place} has no example`]
            : faultsOf(schema, example).map((fault) => `${place} ${fault}`),
        ),
      );
      expect(faults).toEqual([]);
    },
  );

  it("notices an example that is wrong", () => {
    const { body } = operations.find(({ operationId }) => operationId === "createContent")!;
    expect(faultsOf(body!.schema, { title: 4 })).not.toEqual([]);
    expect(faultsOf(body!.schema, { title: "Right", surprise: 1 })).not.toEqual([]);
  });

  it("shows success answers", () => {
    const silent = operations.filter(
      ({ answers }) => !Object.keys(answers).some((status) => /^(2\d\d|302)$/.test(status)),
    );
    expect(silent).toEqual([]);
  });
});
