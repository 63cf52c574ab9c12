import { addressed, type Method, type Operation } from "./operation.ts";
import type { CallOptions, ClientOptions, RequestOptions } from "./options.ts";
import { unexpectedAnswer } from "./problem.ts";
import { createSender, type Sender } from "./send.ts";
import { asStream, type Piece, readPieces } from "./stream.ts";

/** The input may be left out where nothing in it is needed. */
export type Given<I> =
  Record<never, never> extends I ? [input?: I | undefined, options?: CallOptions] : [input: I, options?: CallOptions];
export type Page<T> = { items: T[]; nextCursor: string | null };

export type Client = {
  /** @throws Problem where there is no answer; the signal's reason where it was aborted */
  call<I, A>(operation: Operation<I, A>, ...given: Given<I>): Promise<A>;
  /** The answer as it comes, for streams, files and what may be 304. Refusals are thrown as by `call`. */
  raw<I>(operation: Operation<I, unknown>, ...given: Given<I>): Promise<Response>;
  /**
   * An answer as it is made, piece by piece; the last piece is `done`. For operations whose description has
   * `Accept: text/event-stream`. Who stops reading, or aborts, cancels what was asked for.
   */
  stream<I, A>(operation: Operation<I, A>, ...given: Given<I>): AsyncGenerator<Piece<A>, void, undefined>;
  /** All items of a list, page after page, as they are asked for. */
  pages<I, T>(operation: Operation<I, Page<T>>, ...given: Given<I>): AsyncGenerator<T, void, undefined>;
  /** The pages of a list themselves. */
  eachPage<I, P extends Page<unknown>>(
    operation: Operation<I, P>,
    ...given: Given<I>
  ): AsyncGenerator<P, void, undefined>;
  /** For what is no operation of this package, such as one of a newer server; `path` is what follows the base. */
  request(method: Method, path: string, options?: RequestOptions): Promise<Response>;
  /** The same client in another workspace; in none for `undefined`. */
  in(workspaceId: string | undefined): Client;
  /** For somebody's client, by what `openReview` answered them. */
  asGuest(reviewCredential: string): Client;
};

/** As many as the API gives at once. */
const PAGE = 100;

/** A client of one server, for one person. */
export const createClient = (options: ClientOptions): Client =>
  bind(createSender(options), { workspaceId: options.workspaceId });

type Scope = { workspaceId?: string | undefined; reviewCredential?: string | undefined };
type AnyOperation = Operation<unknown, unknown>;

function bind(send: Sender, scope: Scope): Client {
  const run = <T>(
    operation: AnyOperation,
    read: (response: Response) => Promise<T>,
    [input, options = {}]: [input?: unknown, options?: CallOptions],
  ) => {
    const { path, headers, body } = addressed(operation, input as Record<string, unknown> | undefined);
    return send(
      {
        ...options,
        method: operation.method,
        path,
        body,
        headers: { ...headers, ...options.headers },
        workspaceId: operation.scoped ? scope.workspaceId : undefined,
        reviewCredential: scope.reviewCredential,
        idempotencyKey: operation.keyed ? (options.idempotencyKey ?? newKey()) : undefined,
        renews: !operation.open && !scope.reviewCredential,
      },
      read,
    );
  };
  const call = (operation: AnyOperation, ...given: [input?: unknown, options?: CallOptions]) =>
    run(operation, (response) => READ[operation.answers ?? "json"](response), given);

  async function* eachPage(operation: AnyOperation, input: unknown, options?: CallOptions) {
    let cursor: string | null | undefined;
    do {
      const asked = { limit: PAGE, ...(input as object), ...(cursor && { cursor }) };
      const page = (await call(operation, asked, options)) as Page<unknown>;
      yield page;
      cursor = page.nextCursor;
    } while (cursor);
  }
  async function* pages(operation: AnyOperation, input: unknown, options?: CallOptions) {
    for await (const { items } of eachPage(operation, input, options)) yield* items;
  }

  async function* stream(operation: AnyOperation, input: unknown, options: CallOptions = {}) {
    const response = await run(operation, asItIs, [input, { ...options, headers: asStream(options.headers) }]);
    yield* readPieces(response, options.signal);
  }

  return {
    call,
    stream,
    raw: (operation: AnyOperation, ...given: [input?: unknown, options?: CallOptions]) => run(operation, asItIs, given),
    pages,
    eachPage,
    request: (method, path, options) =>
      send(
        { ...scope, ...options, method, path, renews: !path.startsWith("/auth/") && !scope.reviewCredential },
        asItIs,
      ),
    in: (workspaceId) => bind(send, { ...scope, workspaceId }),
    asGuest: (reviewCredential) => bind(send, { reviewCredential }),
  } as Client;
}

const asItIs = async (response: Response) => response;

const READ = {
  async json(response: Response) {
    const text = await response.text();
    if (!text) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw unexpectedAnswer(response.status, cause);
    }
  },
  text: (response: Response) => response.text(),
  blob: (response: Response) => response.blob(),
  response: asItIs,
};

/** Not `randomUUID`: browsers have that over HTTPS only. */
export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
