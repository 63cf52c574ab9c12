const REDACTED = "[redacted]";
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_TEXT = 2000;

/** Compared with a member's name in lower case without - and _. */
const SECRET_NAME =
  /password|passwd|passphrase|secret|token|authorization|cookie|credential|apikey|appkey|privatekey|signingkey|masterkey|datakey|sessionid|accessjwt|refreshjwt|signature|^(jwt|otp|totp|pin|proof|recoverycodes?)$/;
/** What people wrote, or what holds it: bodies of requests and answers, texts, parameters of queries. */
const BODY_NAME =
  /^(raw|request|response|req|res|answer)?(body|payload|params|parameters|formdata)$|^(detail|where|markdown|html|plaintext|rawtext|prompt)$/;
/** Counts, such as of a model's tokens. */
const COUNT_NAME = /tokens$/;

/** A copy that is safe to write down. Errors keep their place for the serializer under `err`, and are serialized elsewhere. */
export function scrub(members: object): Record<string, unknown> {
  return members instanceof Error ? { err: members } : scrubMembers(members, 0, new Set(), true);
}

function scrubMembers(value: object, depth: number, above: Set<object>, top: boolean): Record<string, unknown> {
  const entries = Object.entries(value).map(([name, member]) => {
    const key = name.toLowerCase().replace(/[-_]/g, "");
    return [name, top && name === "err" && member instanceof Error ? member : scrubMember(key, member, depth, above)];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function scrubMember(key: string, member: unknown, depth: number, above: Set<object>): unknown {
  if (member === null || member === undefined || typeof member === "boolean") return member;
  if (typeof member === "number" && COUNT_NAME.test(key)) return member;
  if (SECRET_NAME.test(key)) return REDACTED;
  if (BODY_NAME.test(key)) return `[${sizeOf(member)} left out]`;
  return scrubValue(member, depth + 1, above);
}

function scrubValue(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === "string") return shorten(value);
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  if (typeof value === "function") return "[function]";
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return serializeError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[no date]" : value.toISOString();
  if (value instanceof URL) return `${value.origin}${value.pathname}`;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes left out]`;
  if (depth > MAX_DEPTH || above.has(value)) return "[left out]";
  const within = new Set(above).add(value);
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => scrubValue(item, depth + 1, within));
  // A request, a client or a configuration knows more than its members tell.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `[${value.constructor?.name ?? "object"}]`;
  return scrubMembers(value, depth, within, false);
}

const sizeOf = (value: unknown) =>
  typeof value === "string"
    ? `${value.length} characters`
    : ArrayBuffer.isView(value)
      ? `${value.byteLength} bytes`
      : typeof value;

const shorten = (text: string) => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);

/** Members of errors that tell where and why, and never what a person wrote. pg's `detail` and `where` quote rows. */
const SAFE_MEMBERS = [
  "code",
  "kind",
  "sent",
  "status",
  "statusCode",
  "errno",
  "syscall",
  "severity",
  "schema",
  "table",
];
const SAFE_PG_MEMBERS = ["column", "constraint", "dataType", "routine"];

/** An error as it may be logged, with its causes: type, message, stack and the safe members. */
export function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return scrubValue(error, 1, new Set());
  const members = error as Error & Record<string, unknown>;
  const safe = [...SAFE_MEMBERS, ...SAFE_PG_MEMBERS]
    .filter((name) => ["string", "number", "boolean"].includes(typeof members[name]))
    .map((name) => [name, members[name]]);
  const nested = error instanceof AggregateError ? error.errors.slice(0, 5) : [];
  return {
    type: error.name === "Error" ? error.constructor.name : error.name,
    message: safeMessage(error),
    ...Object.fromEntries(safe),
    // Only the frames: the head of a stack repeats the message.
    stack: (error.stack ?? "")
      .replace(error.message, "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .join("\n"),
    ...(nested.length > 0 && depth < 5 ? { errors: nested.map((one: unknown) => serializeError(one, depth + 1)) } : {}),
    ...(error.cause !== undefined && depth < 5 ? { cause: serializeError(error.cause, depth + 1) } : {}),
  };
}

/** Drizzle appends the parameters of a failed query; Postgres (class 22) and JSON.parse quote what they could not read. */
export function safeMessage(error: Error): string {
  const message = error.message.replace(/^(Failed query: [\s\S]*?)\nparams: [\s\S]*$/, "$1");
  const isDataException = "severity" in error && "code" in error && String(error.code).startsWith("22");
  return shorten(isDataException || error instanceof SyntaxError ? message.replace(/"[\s\S]*"/, '"…"') : message);
}

/**
 * The arguments of a logging call. pino would take an error's message as the line's, and put values into a format, past
 * serializer and formatter.
 */
export function scrubArguments(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  const error = first instanceof Error ? first : holdsError(first) ? first.err : undefined;
  if (error !== undefined && rest.length === 0)
    return [first instanceof Error ? { err: first } : first, safeMessage(error)];
  const values = rest.map((value) => (value instanceof Error ? safeMessage(value) : scrubValue(value, 1, new Set())));
  return [first instanceof Error ? { err: first } : first, ...values];
}

const holdsError = (value: unknown): value is { err: Error } =>
  typeof value === "object" && value !== null && "err" in value && value.err instanceof Error;

/** Credentials in text and addresses: passwords in URLs, bearer and basic credentials, JWTs, tokens in a query or behind the #. */
export const maskText = (line: string): string =>
  line
    .replace(/(:\/\/[^\s"/:@]*):[^\s"/@]+@/g, `$1:${REDACTED}@`)
    .replace(/\b(Bearer|Basic|DPoP|Review)(\s+)[\w.~+/=-]{8,}/gi, `$1$2${REDACTED}`)
    .replace(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, REDACTED)
    .replace(
      /([?&#][\w.-]*(?:token|secret|password|signature|apikey|api_key|code|key|proof)=)[^&\s"\\]+/gi,
      `$1${REDACTED}`,
    )
    .replace(/(\/review#)[\w.-]+/g, `$1${REDACTED}`);
