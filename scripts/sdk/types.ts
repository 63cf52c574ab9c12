import type { Schema as Told } from "@/api/document";

export type Schema = Told & { additionalProperties?: boolean | Schema };

/** What says more about a value than TypeScript can. */
const BEYOND_TYPES = [
  "format",
  "description",
  "default",
  "example",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "pattern",
];
const KNOWN = new Set([
  ...BEYOND_TYPES,
  "$ref",
  "type",
  "const",
  "enum",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "allOf",
  "anyOf",
  "oneOf",
]);

/** A name of the document as the one of a type; the class `Problem` is what clients meet instead of the document. */
export const typeName = (name: string) => (name === "Problem" ? "ProblemDocument" : name);
export const nameOfRef = (ref: string) => typeName(ref.split("/").at(-1) ?? "");

/** Code for a property's name. */
export const propertyName = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/**
 * The TypeScript type of a JSON Schema, of the part of it that the contracts use.
 * @throws Error for a keyword that it doesn't know, since leaving it out would make a wrong type
 */
export function typeOf(schema: Schema, indent = ""): string {
  for (const keyword of Object.keys(schema)) {
    if (!KNOWN.has(keyword))
      throw new Error(`The keyword "${keyword}" has no type yet: add it to scripts/sdk/types.ts`);
  }
  if (schema.$ref) return nameOfRef(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.allOf) return allOf(schema.allOf, indent);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return unite(branches.map((branch) => typeOf(branch, indent)));
  if (schema.type === undefined) return "unknown";
  return unite([schema.type].flat().map((type) => ofOneType(type, schema, indent)));
}

const unite = (types: string[]) => [...new Set(types)].join(" | ");

/** `.nullable()` of a schema that has a name comes as that name together with an object or null that has no fields. */
const isOrNull = ({ type, properties, allOf: parts, anyOf, $ref }: Schema) =>
  Array.isArray(type) && type.includes("null") && !properties && !parts && !anyOf && !$ref;

function allOf(parts: Schema[], indent: string): string {
  const types = parts.filter((part) => !isOrNull(part)).map((part) => inBrackets(typeOf(part, indent)));
  return `${types.join(" & ")}${parts.some(isOrNull) ? " | null" : ""}`;
}

function ofOneType(type: string, schema: Schema, indent: string): string {
  switch (type) {
    case "string":
    case "boolean":
    case "null":
      return type;
    case "number":
    case "integer":
      return "number";
    case "array":
      if (!schema.items) throw new Error("An array does not say what is in it");
      return `${inBrackets(typeOf(schema.items, indent))}[]`;
    case "object":
      return objectOf(schema, indent);
    default:
      throw new Error(`The type "${type}" is not one of JSON`);
  }
}

const inBrackets = (type: string) => (/ [|&] /.test(withoutFields(type)) ? `(${type})` : type);

/** A type with its objects empty, so that what stands between its parts is seen. */
function withoutFields(type: string): string {
  const inner = type.replace(/\{[^{}]+\}/g, "{}");
  return inner === type ? type : withoutFields(inner);
}

function objectOf(schema: Schema, indent: string): string {
  const { properties, additionalProperties, required = [] } = schema;
  if (properties && additionalProperties) throw new Error("An object has both fields of its own and others");
  if (additionalProperties === true) return "Record<string, unknown>";
  if (additionalProperties) return `Record<string, ${typeOf(additionalProperties, indent)}>`;
  if (!properties) return additionalProperties === false ? "Record<string, never>" : "Record<string, unknown>";
  return fields(
    Object.entries(properties).map(([name, part]) => ({ name, schema: part, required: required.includes(name) })),
    indent,
  );
}

export type Field = { name: string; schema: Schema; required: boolean; comment?: string };

export function fields(list: Field[], indent = ""): string {
  const inner = `${indent}  `;
  const lines = list.map(({ name, schema, required, comment = commentOf(schema) }) => {
    const said = doc(comment, inner);
    // Undefined is let in, so that what may be missing can be passed on; JSON leaves it out.
    const value = typeOf(schema, inner);
    return `${said}${inner}${propertyName(name)}${required ? ":" : "?:"} ${value}${required ? "" : " | undefined"};\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

/** What an editor shows of a value: its sentence, and what it is where it is left out. */
export function commentOf({ description, default: standard, format }: Schema): string {
  const left = standard === undefined ? "" : `\`${JSON.stringify(standard)}\` where it is left out.`;
  const kind = format === "date-time" ? "RFC 3339." : "";
  return [description, kind, left].filter(Boolean).join(" ");
}

export const doc = (text: string, indent = "") =>
  text ? `${indent}/** ${text.replaceAll("*/", "*\\/").replaceAll(/\s*\n\s*/g, " ")} */\n` : "";
