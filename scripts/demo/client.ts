import { setTimeout as wait } from "node:timers/promises";

export type Person = { id: string; name: string; email: string; token: string };

type Problem = { code: string; detail: string };
export type Answer<Body> = { status: number; body: Body; replayed: boolean };

type Request = { body?: object; headers?: Record<string, string> };

export type Client = ReturnType<typeof createClient>;

/** The public API and nothing else: no database, no import of the server. */
export function createClient(base: string, say: (text: string) => void) {
  let workspaceId: string | undefined;

  /** Waits as long as a limit asks for. */
  async function ask<Body>(
    who: Person | null,
    method: string,
    path: string,
    { body, headers = {} }: Request = {},
  ): Promise<Answer<Body>> {
    for (;;) {
      const response = await fetch(`${base}/api/v1${path}`, {
        method,
        headers: {
          ...(who && { authorization: `Bearer ${who.token}` }),
          ...(who && workspaceId && { "x-workspace-id": workspaceId }),
          ...(body && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.status === 429) {
        const seconds = Number(response.headers.get("retry-after") ?? 1);
        say(`Too many requests at once: waiting ${seconds} s, as the answer asks`);
        await wait(seconds * 1000);
        continue;
      }
      const replayed = response.headers.get("idempotency-replayed") === "true";
      return { status: response.status, body: (text ? JSON.parse(text) : {}) as Body, replayed };
    }
  }

  /** @throws Error with what the API said, where it refuses */
  async function call<Body>(who: Person | null, method: string, path: string, request?: Request): Promise<Body> {
    const { status, body } = await ask<Body>(who, method, path, request);
    if (status < 400) return body;
    const { code, detail } = body as Problem;
    throw new Error(`${method} ${path} was answered ${status} ${code}: ${detail}`);
  }

  return {
    base,
    get: <Body>(who: Person, path: string) => call<Body>(who, "GET", path),
    put: <Body>(who: Person, path: string, body: object) => call<Body>(who, "PUT", path, { body }),
    post: <Body>(who: Person | null, path: string, body: object = {}) => call<Body>(who, "POST", path, { body }),
    /** The same key and body, the same answer: `replayed` says whether it was given before. */
    async once<Body>(who: Person, path: string, body: object, key: string): Promise<Answer<Body>> {
      const answer = await ask<Body>(who, "POST", path, { body, headers: { "idempotency-key": key } });
      if (answer.status >= 400) throw new Error(`POST ${path} was answered ${answer.status}`);
      return answer;
    },
    /** What is expected to be refused, as part of the story. @throws Error where it is not, or for another reason */
    async refused<Body = object>(who: Person | null, method: string, path: string, body: object, code: string) {
      const answer = await ask<Body & Problem>(who, method, path, { body });
      if (answer.body.code !== code) throw new Error(`${method} ${path} was answered ${answer.status}, not ${code}`);
      return answer.body;
    },
    /** A client with a review link, who is no person that signs in. */
    asClient(credential: string) {
      const headers = { authorization: `Review ${credential}` };
      return {
        get: <Body>(path: string) => call<Body>(null, "GET", path, { headers }),
        post: <Body>(path: string, body: object) => call<Body>(null, "POST", path, { body, headers }),
      };
    },
    enter(id: string) {
      workspaceId = id;
    },
  };
}

/** Asks until the answer will do. @throws Error after `seconds` */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T>,
  isReady: (answer: T) => boolean,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (isReady(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what} did not happen within ${seconds} s`);
    await wait(500);
  }
}
