import type { ErrorCode } from "./generated/schemas.ts";

/**
 * What can go wrong, by code: what the API says, `unreachable` where nothing of it came back, and `unexpected_answer`
 * where something did that isn't the API's. A server that is newer than this package may say a code that is not listed.
 */
export type ProblemCode = ErrorCode | "unreachable" | "unexpected_answer";

/** One field that was wrong; `path` is as in the body, such as `approvalSteps.0.role`. */
export type Issue = {
  path: string;
  message: string;
  /** What was broken, such as `too_long`, and what the rule asks for, such as `max`; a newer server may say more. */
  rule?: string;
  values?: Record<string, string | number>;
};

/** Why there is no answer: `message` is a sentence for a person, `code` is for programs. */
export class Problem extends Error {
  override name = "Problem";
  constructor(
    /** Of HTTP; 0 where nothing came back. */
    readonly status: number,
    readonly code: ProblemCode,
    message: string,
    readonly issues: Issue[] = [],
    /** What else the problem document says, such as the current version. */
    readonly members: Record<string, unknown> = {},
    /** How long to wait before another try, where the server says it; 0 where it doesn't. */
    readonly retryAfterMs = 0,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** By which whoever runs the server finds it in the log. */
  get requestId(): string | undefined {
    return this.members.requestId as string | undefined;
  }
}

/** Whether it is a refusal, and of these codes where some are given. */
export const isProblem = (error: unknown, ...codes: ProblemCode[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code));

export const unreachable = (cause: unknown, status = 0, retryAfterMs = 0) =>
  new Problem(
    status,
    "unreachable",
    "ContentOS can't be reached. What you wrote is still here: try again.",
    [],
    {},
    retryAfterMs,
    { cause },
  );

export const unexpectedAnswer = (status: number, cause?: unknown) =>
  new Problem(status, "unexpected_answer", "This answer is not ContentOS's: look at the address.", [], {}, 0, {
    cause,
  });

/** A gateway's, which says that what is behind it is away. */
export const AWAY = [502, 503, 504];

/** What a refusal says. @throws what reading its body throws */
export async function problemOf(response: Response): Promise<Problem> {
  const { status, headers } = response;
  const retryAfterMs = waitIn(headers.get("retry-after"));
  const said = parsed(await response.text()) as Record<string, unknown> | undefined;
  if (typeof said?.code === "string") {
    const { code, detail, issues, ...members } = said;
    return new Problem(
      status,
      code as ProblemCode,
      String(detail ?? code),
      issues as Issue[] | undefined,
      members,
      retryAfterMs,
    );
  }
  return AWAY.includes(status) ? unreachable(undefined, status, retryAfterMs) : unexpectedAnswer(status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in ms: it is a number of seconds or a date. */
function waitIn(retryAfter: string | null): number {
  if (!retryAfter) return 0;
  const seconds = Number(retryAfter);
  return Math.max(0, Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() || 0 : seconds * 1_000);
}
