import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { AppError, ERROR_STATUS, type ErrorCode } from "@/platform/errors";
import type { Env } from "./router";

/** Refusals that the database raises by itself, by SQLSTATE. */
const BY_SQLSTATE: Record<string, () => AppError> = {
  CO400: () =>
    new AppError("workspace_required", "You are in several workspaces: name one in the header X-Workspace-Id."),
  CO401: () => new AppError("unauthenticated", "This session has ended: sign in again."),
  COK01: () =>
    new AppError("unauthenticated", "This API key does not work, or no longer: ask an Admin of its workspace for one."),
  COK03: () => new AppError("key_scope", "This API key was not given what this operation needs: ask an Admin for it."),
  CO404: () => new AppError("not_found", "There is no such thing here."),
  CO4F2: () =>
    new AppError(
      "second_factor_required",
      "This workspace asks for a second factor: set one up in your account, or sign in with it.",
    ),
  CO4SO: () =>
    new AppError("sso_required", "This workspace asks for its single sign-on: sign in by it, with your address."),
  CO4AG: () =>
    new AppError(
      "reauthentication_required",
      "This workspace asks you to sign in anew: your session is too old for it, or another workspace's provider opened it.",
    ),
  "25006": () =>
    new AppError(
      "workspace_read_only",
      "This workspace can only be read now: it is going to be erased, which one of its Admins can take back, or you are in it as support that may change nothing.",
    ),
  "42501": () => new AppError("forbidden", "Your role in this workspace does not allow this."),
  "23505": () =>
    new AppError("conflict", "This exists already, or somebody else just made it: look again and decide anew."),
  "40001": () =>
    new AppError("conflict", "Somebody else changed this at the same moment: try again.", { reason: "same_moment" }),
  "40P01": () =>
    new AppError("conflict", "Somebody else changed this at the same moment: try again.", { reason: "same_moment" }),
  "55P03": () =>
    new AppError("conflict", "Somebody else is changing this right now: try again.", { reason: "same_moment" }),
  "57014": () =>
    new AppError("timeout", "This took too long and was stopped; nothing was changed. Try again.", {
      retryAfterSeconds: 5,
    }),
  "22021": () =>
    new AppError("invalid_request", "The text has characters that can't be stored, such as NUL: take them out."),
  "22P05": () =>
    new AppError("invalid_request", "The text has characters that can't be stored, such as NUL: take them out."),
};

/** There is no room for what was to be kept: what Postgres says, and what the system says where files are in a folder. */
const FULL = new Set(["53100", "ENOSPC", "EDQUOT"]);

/** The database is away, restarting or full of others: classes 08, 53 and 57P, and what the driver says without a SQLSTATE. */
const AWAY = /^(08...|53...|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
const AWAY_TEXT =
  /timeout exceeded when trying to connect|Connection terminated|connection timeout|Client has encountered a connection error/;

/** The refusal that an error stands for; undefined for a defect. */
export function refusalOf(raised: unknown): AppError | undefined {
  if (raised instanceof AppError) return raised;
  if (raised instanceof HTTPException) return ofHttpException(raised);
  const state = sqlState(raised);
  if (FULL.has(state)) return diskFull(raised);
  const text = `${(raised as Error)?.message} ${(raised as Error & { cause?: Error })?.cause?.message}`;
  if (AWAY.test(state) || AWAY_TEXT.test(text)) {
    return new AppError(
      "overloaded",
      "ContentOS lost its database for a moment. Try again, with the same Idempotency-Key where you sent one: what was done is not done twice.",
      {
        cause: raised,
        retryAfterSeconds: 2,
      },
    );
  }
  return BY_SQLSTATE[state]?.();
}

const diskFull = (cause: unknown) =>
  new AppError(
    "disk_full",
    "The disk on which ContentOS keeps this is full, and nothing was changed. Whoever runs it has to make room; then try again.",
    { cause, retryAfterSeconds: 10 },
  );

const ofHttpException = (raised: HTTPException) => {
  if (raised.status === 413) return new AppError("too_large", "The body is larger than this operation takes.");
  if (raised.status >= 500) return undefined;
  return new AppError(
    "invalid_json",
    "The body is not JSON: send a JSON document with Content-Type application/json.",
    { cause: raised },
  );
};

/** The SQLSTATE of an error, also of one that Drizzle has wrapped; the empty string where there is none. */
export function sqlState(raised: unknown): string {
  const error = raised as { code?: unknown; cause?: { code?: unknown } } | undefined;
  return String(error?.code ?? error?.cause?.code ?? "");
}

/** The name of the constraint that a statement broke. */
export const constraintOf = (raised: unknown): string | undefined => {
  const error = raised as { constraint?: string; cause?: { constraint?: string } } | undefined;
  return error?.constraint ?? error?.cause?.constraint;
};

const titleOf = (code: ErrorCode) => {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Nobody's fault who asked. */
const LOGGED = new Set<ErrorCode>(["overloaded", "timeout", "disk_full"]);

export function onError(raised: Error, c: Context<Env>) {
  const refusal = refusalOf(raised);
  if (!refusal || LOGGED.has(refusal.code)) {
    c.var.log?.error({ err: raised, requestId: c.var.requestId }, refusal ? refusal.code : "defect");
  }
  return problem(
    c,
    refusal ??
      new AppError(
        "internal",
        "This is a defect in ContentOS, and it was logged. Give the request id to whoever runs it.",
      ),
  );
}

export function problem(c: Context<Env>, error: AppError) {
  const status = ERROR_STATUS[error.code];
  if (error.retryAfterSeconds) c.header("Retry-After", String(Math.ceil(error.retryAfterSeconds)));
  if (status === 401) c.header("WWW-Authenticate", "Bearer");
  c.header("Cache-Control", "private, no-store");
  c.header("Content-Type", "application/problem+json; charset=utf-8");
  return c.body(
    JSON.stringify({
      type: `urn:contentos:problem:${error.code}`,
      title: titleOf(error.code),
      status,
      code: error.code,
      detail: error.message,
      ...(error.reason && { reason: error.reason }),
      ...(error.issues && { issues: error.issues }),
      ...error.extensions,
      requestId: c.var.requestId,
    }),
    status,
  );
}
