import type { OpenApiDocument } from "@/api/document";
import { ERROR_STATUS } from "@/platform/errors";
import { writeOperations } from "./operations";
import { commentOf, doc, type Schema, typeName, typeOf } from "./types";

const HEAD = "// Written by `npm run generate` from the contracts: change those instead.\n";
const FOLDER = "packages/sdk/src/generated";

/** The generated files of the SDK, by path. */
export function generateSdk(document: OpenApiDocument): Record<string, string> {
  const schemas = writeSchemas(document);
  const files = [...writeOperations(document)].sort(([one], [other]) => (one < other ? -1 : 1));
  const names = Object.keys(document.components?.schemas ?? {}).map(typeName);
  return {
    [`${FOLDER}/schemas.ts`]: `${HEAD}\n${schemas}`,
    ...Object.fromEntries(
      files.map(([tag, code]) => [`${FOLDER}/operations/${tag}.ts`, HEAD + importsOf(code, names) + code]),
    ),
    [`${FOLDER}/operations.ts`]: `${HEAD}${files.map(([tag]) => `export * from "./operations/${tag}.ts";\n`).join("")}`,
  };
}

function importsOf(operations: string, schemas: string[]): string {
  const code = operations.replaceAll(/\/\*\*.*?\*\//g, "");
  const used = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const types = schemas.filter(used).sort();
  return [
    `import { ${used("Nothing") ? "type Nothing, " : ""}operation } from "../../operation.ts";\n`,
    types.length > 0 && `import type {\n${types.map((name) => `  ${name},\n`).join("")}} from "../schemas.ts";\n`,
    "\n",
  ]
    .filter(Boolean)
    .join("");
}

function writeSchemas(document: OpenApiDocument): string {
  const named = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  // They would be nullable wherever they are named, which is never what their contract says.
  const nullable = named.filter(([, { type }]) => [type].flat().includes("null")).map(([name]) => name);
  if (nullable.length > 0) throw new Error(`${nullable.join(", ")}: name and null go together by orNull alone`);
  const types = named.map(
    ([name, schema]) => `${doc(commentOf(schema))}export type ${typeName(name)} = ${typeOf(schema)};\n`,
  );
  const codes = Object.keys(ERROR_STATUS).map((code) => `\n  | ${JSON.stringify(code)}`);
  return `${types.join("\n")}\n/** What a refusal's \`code\` can be. */\nexport type ErrorCode =${codes.join("")};\n`;
}
