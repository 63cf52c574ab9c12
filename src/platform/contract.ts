import { z } from "@hono/zod-openapi";
import { ERROR_STATUS, type ErrorCode, REASONS } from "./errors";
import { ISSUE_RULES, SENTENCES } from "./issue-rules";

const ProblemIssue = z.object({
  path: z.string(),
  message: z.string(),
  rule: z.enum(ISSUE_RULES).optional().openapi({ description: "What was broken, for programs." }),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** RFC 9457, with a stable `code` and every field that was wrong. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    reason: z.enum(REASONS).optional().openapi({ description: "What the code alone does not tell." }),
    issues: z.array(ProblemIssue).optional(),
    requestId: z.string(),
  })
  .openapi("Problem", {
    example: {
      type: "urn:contentos:problem:not_found",
      title: "Not found",
      status: 404,
      code: "not_found",
      detail: "There is no such content item in this workspace.",
      requestId: "0b8ef9f0-5a51-4a3a-9f7e-4b1d0a8c2a11",
    },
  });

type ProblemResponse = { description: string; content: { "application/problem+json": { schema: typeof Problem } } };

/** Documents the refusals that an operation can make, with statuses from the one table; codes of one status share a response. */
export function problems<const C extends ErrorCode = never>(...codes: C[]) {
  const byStatus: Record<number, ProblemResponse> = {};
  for (const code of new Set<ErrorCode>(["invalid_request", "rate_limited", ...codes])) {
    const status = ERROR_STATUS[code];
    const before = byStatus[status]?.description;
    byStatus[status] = {
      description: before ? `${before}, \`${code}\`` : `\`${code}\``,
      content: { "application/problem+json": { schema: Problem } },
    };
  }
  return byStatus as { [K in C as (typeof ERROR_STATUS)[K]]: ProblemResponse };
}

/** The refusals of every operation of a signed-in member. */
export const memberProblems = <const C extends ErrorCode = never>(...codes: C[]) =>
  problems<C | "unauthenticated" | "forbidden" | "not_found" | "workspace_required">(
    "unauthenticated",
    "forbidden",
    "not_found",
    "workspace_required",
    ...codes,
  );

/** The refusals of every operation of a client with a review link. */
export const guestProblems = <const C extends ErrorCode = never>(...codes: C[]) =>
  problems<C | "unauthenticated" | "forbidden" | "not_found">("unauthenticated", "forbidden", "not_found", ...codes);

export const json = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { "application/json": { schema } },
});

export const body = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { "application/json": { schema } },
});

/** A signed-in session: a bearer token, or the cookie of the pages. */
export const SIGNED_IN = [{ bearer: [] }, { cookie: [] }] as Record<string, string[]>[];
/** A client with a review link, who opened it. */
export const BY_REVIEW_LINK = [{ review: [] }] as Record<string, string[]>[];
export const PUBLIC: Record<string, string[]>[] = [];

export const Id = z.uuid().toLowerCase().openapi({ example: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10" });
export const idParams = z.strictObject({ id: Id });

const WorkspaceHeader = z
  .string()
  .optional()
  .openapi({
    param: { name: "x-workspace-id", in: "header" },
    description: "The workspace that is meant. May be left out by who has exactly one.",
  });
/** Every operation in a workspace takes it from here, and never from the body. */
export const inWorkspace = z.object({ "x-workspace-id": WorkspaceHeader });

const IdempotencyKey = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .openapi({
    param: { name: "idempotency-key", in: "header" },
    description: "The same key and body give the same answer for 24 hours; the same key with another body is refused.",
  });
/** Every POST that creates something takes a key: the same key and body give the same answer for 24 hours. */
export const creates = z.object({ "x-workspace-id": WorkspaceHeader, "idempotency-key": IdempotencyKey });
/** The same for a client, whose link tells the workspace. */
export const createsAsGuest = z.object({ "idempotency-key": IdempotencyKey });

/** A point in time going out, RFC 3339 in UTC. */
export const Timestamp = z.preprocess(
  (at) => (at instanceof Date ? at.toISOString() : typeof at === "string" ? new Date(at).toISOString() : at),
  z.string().openapi({ format: "date-time", example: "2026-11-22T09:00:00.000Z" }),
) as unknown as z.ZodType<string, Date | string>;

/** A point in time coming in, with an offset, in a year that Postgres and JavaScript both know. */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine((at) => !at.startsWith("0000") && !Number.isNaN(Date.parse(at)), SENTENCES.time)
  .openapi({ format: "date-time", example: "2026-11-22T10:00:00+01:00" });

/** What a change is based on. */
export const BaseUpdatedAt = z.iso
  .datetime({ offset: true })
  .optional()
  .openapi({ description: "`updatedAt` as it was read: where it has changed since, nothing is overwritten." });

/** Text of a person: trimmed, not empty. Length is in UTF-16 code units, as browsers count `maxlength`. */
export const line = (max: number) => z.string().trim().min(1).max(max);

/** The largest number that Postgres keeps as an integer. */
export const MAX_INTEGER = 2_147_483_647;
/** A number that counts from 1, such as a version's. */
export const Counting = z.int().positive().max(MAX_INTEGER);

export const Limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(100)
  .default(25)
  .openapi({ description: "How many a page has at most.", example: 25 });
export const Cursor = z.string().max(1_000).optional().openapi({ description: "`nextCursor` of the page before." });

export const page = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A schema that has a name, or null. By `.nullable()` the name itself would stand for null, too, where it is met first. */
export const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);

export { z };
