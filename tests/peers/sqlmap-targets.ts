import { createHash } from "node:crypto";
import type { seedEverything } from "#tests/api/everything";
import { type Named, realIn } from "#tests/api/homes";
import { MADE_UP, type Operation, type Parameter } from "#tests/api/operations";
import type { Schema } from "@/api/document";
import { type Target, unmarked } from "./sqlmap-run";

type World = Awaited<ReturnType<typeof seedEverything>> & { ids: Named[]; schemas: Record<string, Schema> };

/** Stars of Markdown would be places to inject into. */
const plain = (value: unknown) => String(value).replaceAll("*", "");

/** A JSON text with a star behind each value. */
function marked(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(marked).join(",")}]`;
  if (value !== null && typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}:${marked(one)}`)
      .join(",")}}`;
  return typeof value === "string" ? JSON.stringify(`${plain(value)}*`) : `${JSON.stringify(value)}*`;
}

const KEY = "idempotency-key";

function exampleOf({ name, schema }: Parameter, real: ReturnType<typeof realIn>, schemas: World["schemas"]) {
  if (/Id$/.test(name)) return real.id(name);
  const whole = (one: Schema | undefined): Schema | undefined => {
    const reference = one?.$ref ?? one?.allOf?.[0]?.$ref;
    return reference ? schemas[reference.split("/").at(-1)!] : one;
  };
  const said = whole(schema);
  const items = whole(said?.items as Schema | undefined);
  return schema.example ?? schema.default ?? said?.enum?.[0] ?? items?.enum?.[0] ?? items?.example ?? "1";
}

/**
 * Whatever an operation takes, each with a star: ids of the path, all of the query, all values of the body, and headers.
 * A key for repeated requests has a request of its own, since under one key all but the first is refused; so has a cursor
 * where there is no second page.
 * @param cursor of a page that is there
 * @param withHeaders whether the headers that say who asks, and for which workspace, are tried here as well
 */
export function targetsOf(
  world: World,
  operation: Operation,
  { cursor, withHeaders }: { cursor: string | null; withHeaders: boolean },
): [name: string, Target][] {
  const real = realIn(world.ids, MADE_UP);
  const { operationId, parameters, method, ofClient, body } = operation;
  const parts = operation.path.split("/");
  const path = real.path(operation).split("/");
  const starred = path.map((part, at) => (parts[at]?.startsWith("{") ? `${part}*` : part)).join("/");
  const query = parameters
    .filter(({ in: place, name }) => place === "query" && (name !== "cursor" || cursor !== null))
    .map(
      (one) =>
        `${one.name}=${encodeURIComponent(plain(one.name === "cursor" ? cursor : exampleOf(one, real, world.schemas)))}*`,
    );
  const credential = ofClient ? `Review ${world.client.credential}` : `Bearer ${world.admin.sessionId}`;
  const who = { Authorization: credential, ...(!ofClient && { "X-Workspace-Id": world.workspace.id }) };
  const asked = (query: string[]) => `/api/v1${starred}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  const whole: Target = {
    method,
    path: asked(query),
    headers: Object.fromEntries(
      Object.entries(who).map(([name, value]) => [name, withHeaders ? `${value}*` : String(value)]),
    ),
    body: body && marked(real.body(operation)),
  };
  const takes = (wanted: string) => parameters.some(({ name }) => name === wanted);
  const plainly = unmarked(whole);
  const targets: [string, Target][] = [[operationId, whole]];
  if (takes(KEY)) targets.push([`${operationId}-key`, { ...plainly, headers: { ...who, [KEY]: `${operationId}*` } }]);
  if (takes("cursor") && cursor === null)
    targets.push([`${operationId}-cursor`, { ...plainly, path: asked(["cursor=1*"]) }]);
  return targets;
}

export const countMarks = ({ path, headers, body = "" }: Target) =>
  [path, ...Object.values(headers), body].join("").split("*").length - 1;

/** In which of so many shares an operation is, the same in every run. */
export const shareOf = (operationId: string, shares: number) =>
  createHash("sha256").update(operationId).digest().readUInt32BE() % shares;
