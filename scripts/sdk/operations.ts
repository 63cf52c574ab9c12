import { type OpenApiDocument, type Operation, operationsOf } from "@/api/document";
import { doc, type Field, fields, type Schema, typeName, typeOf } from "./types";

type Parameter = { name: string; in: string; required?: boolean; schema: Schema; description?: string };
type Content = { content?: Record<string, { schema: Schema }>; description?: string };

/** They come from the client's own settings, or are made with each call. */
const OF_THE_CLIENT = new Set(["x-workspace-id", "idempotency-key"]);

const camelCase = (header: string) => header.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascalCase = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/**
 * Code for every operation, by its tag: a type of what it takes, and the constant that names it. By tag, so that a page
 * that is bundled has the operations of its rooms and no others; and those that read by themselves, since what a page
 * fetches at first does hardly anything else.
 */
export function writeOperations(document: OpenApiDocument): Map<string, string> {
  const schemas = new Set(Object.keys(document.components?.schemas ?? {}).map(typeName));
  const files = new Map<string, string[]>();
  for (const { path, method, operation } of operationsOf(document)) {
    const [tag] = operation.tags ?? [];
    if (!tag) throw new Error(`${operation.operationId} has no tag`);
    const name = method === "get" ? `${tag}-reads` : tag;
    files.set(name, [...(files.get(name) ?? []), codeOf(path, method, operation, schemas)]);
  }
  return new Map([...files].map(([name, code]) => [name, code.join("\n")]));
}

function codeOf(path: string, method: string, operation: Operation, schemas: Set<string>): string {
  const id = operation.operationId ?? "";
  const inputName = `${pascalCase(id)}Input`;
  if (schemas.has(inputName) || schemas.has(id)) throw new Error(`${id} has the name of a type`);
  const parameters = (operation.parameters ?? []) as unknown as Parameter[];
  const input = inputFields(operation, parameters);
  const { answer, as } = answerOf(operation);
  const traits = traitsOf(operation, parameters, as);
  const values = [id, method.toUpperCase(), path].map((value) => JSON.stringify(value));
  return [
    input.length > 0 ? `export type ${inputName} = ${fields(input)};\n\n` : "",
    doc(commentOf(operation)),
    `export const ${id} = /* @__PURE__ */ operation<${input.length > 0 ? inputName : "Nothing"}, ${answer}>(`,
    `${[...values, ...traits].join(", ")});\n`,
  ].join("");
}

/** Path, query and body side by side. */
function inputFields(operation: Operation, parameters: Parameter[]): Field[] {
  const list: Field[] = parameters
    .filter(({ name }) => !OF_THE_CLIENT.has(name))
    .map(({ name, in: place, required = false, schema, description }) => ({
      name: place === "header" ? camelCase(name) : name,
      schema: { ...(isFlag(schema) ? asBoolean(schema) : schema), ...(description && { description }) },
      required,
    }));
  const request = operation.requestBody as { required?: boolean } & Content;
  const schema = request?.content?.["application/json"]?.schema;
  if (request && !schema) throw new Error(`${operation.operationId} takes something that isn't JSON`);
  if (schema) list.push({ name: "body", schema, required: request.required ?? false, comment: "" });
  const names = list.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`${operation.operationId} has two parameters named "${twice}"`);
  return list;
}

/** A query has words only; who writes a program has truth values. */
const isFlag = ({ enum: values }: Schema) =>
  values?.length === 2 && values.includes("true") && values.includes("false");
const asBoolean = ({ default: standard }: Schema): Schema => ({
  type: "boolean",
  ...(standard !== undefined && { default: standard === "true" }),
});

type Kind = "text" | "blob" | "response" | undefined;

/** The type of what comes back where all went well, and how it is read. */
function answerOf(operation: Operation): { answer: string; as: Kind } {
  const good = Object.entries(operation.responses ?? {}).filter(([status]) => /^2\d\d$/.test(status));
  const contents = good.flatMap(([, response]) => Object.entries((response as Content).content ?? {}));
  const types = new Set(contents.map(([type]) => type));
  if (types.size > 1) throw new Error(`${operation.operationId} answers in several formats`);
  const [[type, media] = []] = contents;
  if (!type || !media) return { answer: "undefined", as: undefined };
  if (type === "application/json") return { answer: typeOf(media.schema), as: undefined };
  if (type === "text/event-stream") return { answer: "Response", as: "response" };
  return type.startsWith("text/") ? { answer: "string", as: "text" } : { answer: "Blob", as: "blob" };
}

function traitsOf(operation: Operation, parameters: Parameter[], as: Kind): string[] {
  const names = new Set(parameters.map(({ name }) => name));
  const headers = parameters.filter((parameter) => parameter.in === "header" && !OF_THE_CLIENT.has(parameter.name));
  const traits = [
    names.has("x-workspace-id") && "scoped: true",
    names.has("idempotency-key") && "keyed: true",
    operation.security?.length === 0 && "open: true",
    headers.length > 0 &&
      `headers: { ${headers.map(({ name }) => `${camelCase(name)}: ${JSON.stringify(name)}`).join(", ")} }`,
    as && `answers: ${JSON.stringify(as)}`,
  ].filter(Boolean);
  return traits.length > 0 ? [`{ ${traits.join(", ")} }`] : [];
}

/** Every request may meet these. */
const OF_ALL = new Set(["invalid_request", "rate_limited", "timeout", "overloaded", "disk_full"]);

/** The summary, and which refusals are its own. */
function commentOf({ summary = "", description, responses = {} }: Operation): string {
  const codes = Object.entries(responses)
    .filter(([status]) => /^[45]/.test(status))
    .flatMap(([, response]) => [...((response as Content).description ?? "").matchAll(/`([a-z_]+)`/g)])
    .map(([, code]) => code!)
    .filter((code) => !OF_ALL.has(code));
  const refusals = codes.length > 0 ? `Refusals: ${codes.join(", ")}.` : "";
  return [`${summary}.`, description, refusals].filter(Boolean).join(" ");
}
