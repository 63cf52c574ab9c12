import { z } from "zod";
import { invalid, presentError, ScimError } from "./errors";

const MESSAGES = "urn:ietf:params:scim:api:messages:2.0:";

/** What a directory is told, and held to (RFC 7644, 3.7.4); the bytes are those that any body may have here. */
export const BULK_LIMITS = { maxOperations: 100, maxPayloadSize: 2 * 1024 * 1024 };

const Operation = z.object({
  method: z.string().max(20),
  path: z.string().max(2_000),
  bulkId: z.string().min(1).max(400).optional(),
  version: z.string().max(400).optional(),
  data: z.unknown().optional(),
});
const Bulk = z.object({
  schemas: z.array(z.string()).refine((schemas) => schemas.includes(`${MESSAGES}BulkRequest`)),
  failOnErrors: z.int().min(1).optional(),
  Operations: z.array(Operation).min(1),
});
type Operation = z.output<typeof Operation>;
export type Send = (request: { method: string; path: string; version?: string; data?: unknown }) => Promise<Response>;
type Deps = { base: string; send: Send };
type Done = {
  method: string;
  bulkId?: string;
  version?: string;
  location?: string;
  status: string;
  response?: unknown;
};

const METHODS = ["POST", "PUT", "PATCH", "DELETE"];
const PATHS = { POST: /^\/(Users|Groups)$/, other: /^\/(Users|Groups)\/[\w:.-]+$/ };
const REFERENCE = /bulkId:([^/"\s]+)/g;

/**
 * Many changes by one request (RFC 7644, 3.7): each by itself, so that one that fails takes no other back. What names another
 * by its bulkId waits until that one is made.
 * @throws ScimError where nothing of it can be done
 */
export async function runBulk(body: unknown, { base, send }: Deps) {
  const read = Bulk.safeParse(body);
  if (!read.success)
    throw invalid("invalidSyntax", "Send a BulkRequest: schemas, and Operations of method and path.", read.error);
  const { Operations: all, failOnErrors = Number.POSITIVE_INFINITY } = read.data;
  if (all.length > BULK_LIMITS.maxOperations)
    throw new ScimError(413, `Send at most ${BULK_LIMITS.maxOperations} operations at once.`, "tooMany");
  const made = new Map<string, string>();
  const done = new Map<Operation, Done>();
  const offered = new Set(
    all.flatMap(({ method, bulkId }) => (method.toUpperCase() === "POST" && bulkId ? [bulkId] : [])),
  );
  const errors = () => [...done.values()].filter(({ status }) => Number(status) >= 400).length;
  for (let waiting = all; waiting.length > 0 && errors() < failOnErrors; ) {
    const ready = waiting.find((each) => referencesIn(each).every((id) => made.has(id) || !offered.has(id)));
    // Those that are left wait for one another, or for one that failed.
    const next = ready ?? waiting[0]!;
    const outcome = await runOne(next, { made, base, send });
    done.set(next, outcome);
    if (next.bulkId !== undefined) {
      const id = outcome.status === "201" ? outcome.location?.split("/").at(-1) : undefined;
      if (id) made.set(next.bulkId, id);
      else offered.delete(next.bulkId);
    }
    waiting = waiting.filter((each) => each !== next);
  }
  return { schemas: [`${MESSAGES}BulkResponse`], Operations: all.flatMap((each) => done.get(each) ?? []) };
}

const referencesIn = ({ path, data }: Operation) =>
  [...`${path} ${JSON.stringify(data ?? null)}`.matchAll(REFERENCE)].map(([, id]) => id!);

async function runOne(
  operation: Operation,
  { made, base, send }: Deps & { made: ReadonlyMap<string, string> },
): Promise<Done> {
  const { bulkId, version } = operation;
  const method = operation.method.toUpperCase();
  const about = { method, ...(bulkId !== undefined && { bulkId }) };
  const refusal = refusalOf({ ...operation, method }, made);
  if (refusal) return { ...about, status: String(refusal.status), response: presentError(refusal) };
  const path = resolved(operation.path, made);
  const data = operation.data === undefined ? undefined : JSON.parse(resolved(JSON.stringify(operation.data), made));
  const answer = await send({
    method,
    path,
    ...(version !== undefined && { version }),
    ...(data !== undefined && method !== "DELETE" && { data }),
  });
  const location = answer.headers.get("location") ?? (method === "POST" ? undefined : `${base}${path}`);
  const tag = answer.headers.get("etag");
  return {
    ...about,
    ...(tag && { version: tag }),
    ...(location && { location }),
    status: String(answer.status),
    ...(answer.status >= 400 && { response: await answer.json() }),
  };
}

function refusalOf(operation: Operation, made: ReadonlyMap<string, string>): ScimError | undefined {
  const { method, path, bulkId } = operation;
  if (!METHODS.includes(method)) return new ScimError(400, "method is POST, PUT, PATCH or DELETE.", "invalidSyntax");
  if (!(method === "POST" ? PATHS.POST : PATHS.other).test(path))
    return new ScimError(400, "path is /Users or /Groups, with an id where one is changed.", "invalidPath");
  if (method === "POST" && bulkId === undefined)
    return new ScimError(400, "What is made has a bulkId, by which it is told apart.", "invalidSyntax");
  const missing = referencesIn(operation).find((id) => !made.has(id));
  return missing === undefined
    ? undefined
    : new ScimError(409, `Nothing was made by the bulkId ${missing}: send it along, and let it not wait for this one.`);
}

const resolved = (text: string, made: ReadonlyMap<string, string>) =>
  text.replace(REFERENCE, (whole, id: string) => made.get(id) ?? whole);
