import type { OpenApiDocument } from "@/api/document";
import { ERROR_STATUS } from "@/platform/errors";
import { writeOperations } from "./operations";
import { commentOf, doc, type Schema, typeName, typeOf } from "./types";

const HEAD = "// Written by `npm run generate` from the contracts: change those instead.\n";
const FOLDER = "packages/sdk/src/generated";

/** The generated files of the SDK, by path. */
export function generateSdk(document: OpenApiDocument): Record<string, string> {
  const schemas = writeSchemas(document);
  const operations = writeOperations(document);
  const used = Object.keys(document.components?.schemas ?? {})
    .map(typeName)
    .filter((name) => new RegExp(`\\b${name}\\b`).test(operations.replaceAll(/\/\*\*.*?\*\//g, "")))
    .sort();
  return {
    [`${FOLDER}/schemas.ts`]: `${HEAD}\n${schemas}`,
    [`${FOLDER}/operations.ts`]: [
      HEAD,
      'import { type Nothing, operation } from "../operation.ts";\n',
      `import type {\n${used.map((name) => `  ${name},\n`).join("")}} from "./schemas.ts";\n\n`,
      operations,
    ].join(""),
  };
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
