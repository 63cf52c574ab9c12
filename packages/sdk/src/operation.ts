declare const types: unique symbol;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How an operation differs from a plain one that takes and answers JSON. */
type Traits = {
  /** It takes an `Idempotency-Key`, so that a repeated request does its work once. */
  keyed?: boolean;
  /** It takes `X-Workspace-Id`. */
  scoped?: boolean;
  /** It asks for no credential. */
  open?: boolean;
  /** What of its input goes as headers, with the headers' names. */
  headers?: Record<string, string>;
  /** What its answer is, where it isn't JSON. */
  answers?: "text" | "blob" | "response";
};

/** One operation of the API: how it is asked, and the types of what it takes and what it answers. */
export type Operation<I, A> = Traits & {
  /** Its `operationId`. */
  id: string;
  method: Method;
  path: string;
  /** For the compiler alone; never there. */
  [types]?: { input: I; answer: A };
};

/** What an operation takes, as `Input<typeof getContent>`. */
export type Input<O> = O extends Operation<infer I, unknown> ? I : never;
/** What an operation answers, as `Answer<typeof getContent>`. */
export type Answer<O> = O extends Operation<unknown, infer A> ? A : never;
/** What an operation takes that takes nothing. */
export type Nothing = Record<string, never>;

export const operation = <I, A>(id: string, method: Method, path: string, traits?: Traits): Operation<I, A> => ({
  id,
  method,
  path,
  ...traits,
});

/** Path, headers and body of a request, from an operation's flat input. */
export function addressed(operation: Operation<unknown, unknown>, input: Record<string, unknown> = {}) {
  const { body, ...rest } = input;
  const headers: Record<string, string> = {};
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    // Left empty it would be the address of another operation.
    if (value === undefined || value === null || value === "") throw new TypeError(`${operation.id} needs "${name}"`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const [name, given] of Object.entries(rest)) {
    const header = operation.headers?.[name];
    for (const value of [given].flat()) {
      if (value === undefined || value === null) continue;
      if (header) headers[header] = String(value);
      else query.append(name, String(value));
    }
  }
  const text = query.toString();
  return { path: text ? `${path}?${text}` : path, headers, body };
}
