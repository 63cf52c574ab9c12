import { testApp } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import type { OpenApiDocument, Schema } from "@/api/document";
import { operationsOf } from "@/api/document";

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  schema: Schema;
  description?: string;
};
type Media = { schema: Schema; example?: unknown };
type Body = { description?: string; content?: Record<string, Media> };

/** An operation as the document tells it, with what a client needs to call it. */
export type Operation = {
  operationId: string;
  method: string;
  path: string;
  tags: string[];
  summary: string;
  open: boolean;
  /** Whether a client's credential is what it asks for. */
  ofClient: boolean;
  security: unknown;
  parameters: Parameter[];
  body: (Media & { required: boolean }) | undefined;
  answers: Record<string, Body>;
};

/** What is served to everybody; needs no database. */
export async function readDocument(app = testApp({} as TestDatabase)): Promise<OpenApiDocument> {
  const answer = await app.request("/api/v1/openapi.json");
  if (answer.status !== 200) throw new Error(`The document answered ${answer.status}`);
  return (await answer.json()) as OpenApiDocument;
}

export const readOperations = async (): Promise<Operation[]> =>
  operationsOf(await readDocument()).map(({ path, method, operation }) => {
    const request = operation.requestBody as { required?: boolean; content: Record<string, Media> } | undefined;
    const media = request?.content["application/json"];
    return {
      operationId: operation.operationId ?? "",
      method: method.toUpperCase(),
      path,
      tags: operation.tags ?? [],
      summary: operation.summary ?? "",
      open: operation.security?.length === 0,
      ofClient: operation.security?.length === 1 && "review" in operation.security[0]!,
      security: operation.security,
      parameters: (operation.parameters ?? []) as unknown as Parameter[],
      body: media && { ...media, required: request?.required ?? false },
      answers: (operation.responses ?? {}) as Record<string, Body>,
    };
  });

/** Operations that ask for one of several: this one is given. */
const ONE_OF: Record<string, string> = { getLineage: "contentItemId" };

/** The path with each parameter filled in, and what the query has to say; what `values` leaves out is taken from the examples. */
export function address({ operationId, path, parameters }: Operation, values: Record<string, string> = {}) {
  const required = parameters.filter(
    (parameter) => parameter.in === "query" && (parameter.required || parameter.name === ONE_OF[operationId]),
  );
  const query = new URLSearchParams(
    required.map(({ name, schema }): [string, string] => [name, values[name] ?? String(schema.example ?? MADE_UP)]),
  );
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const { schema } = parameters.find((parameter) => parameter.in === "path" && parameter.name === name)!;
    return values[name] ?? String(schema.example ?? MADE_UP);
  });
  return query.size > 0 ? `${filled}?${query}` : filled;
}

/** An id that nothing has. */
export const MADE_UP = "00000000-0000-4000-8000-00000000dead";
