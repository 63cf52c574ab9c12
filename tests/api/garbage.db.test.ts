import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { caller, testApp } from "#tests/harness/app";
import { testDatabase } from "#tests/harness/database";
import type { Schema } from "@/api/document";
import { checksum, seedEverything } from "./everything";
import { idsIn, type Named, realIn } from "./homes";
import { type Operation, readDocument, readOperations } from "./operations";

const t = testDatabase();
const call = caller(t);
const document = await readDocument();
const operations = await readOperations();
const named = (some: Operation[]) => some.map((operation) => [operation.operationId, operation] as const);
const withBody = named(operations.filter(({ body }) => body));

let world: Awaited<ReturnType<typeof seedEverything>>;
let ids: Named[];
let before: Record<string, string>;

beforeAll(async () => {
  world = await seedEverything(t, call);
  ids = await idsIn(t, world);
  before = await everything();
});

/** Of the workspace, and of people that are in none. */
const everything = async () => ({
  ...(await checksum(t, world.workspace.id)),
  people: String((await t.asOwner<{ n: string }>("select count(*) n from users"))[0]!.n),
  workspaces: String((await t.asOwner<{ n: string }>("select count(*) n from workspaces"))[0]!.n),
});

const realPath = (operation: Operation) => realIn(ids).path(operation);
const realBody = (operation: Operation) => realIn(ids).body(operation);

let served: ReturnType<typeof testApp> | undefined;
const app = () => {
  served ??= testApp(t);
  return served;
};
const send = async (
  operation: Operation,
  body: RequestInit["body"],
  headers: Record<string, string> = {},
  path = realPath(operation),
) => {
  const response = await app().request(`/api/v1${path}`, {
    method: operation.method,
    headers: {
      ...(operation.ofClient
        ? { authorization: `Review ${world.client.credential}` }
        : { authorization: `Bearer ${world.admin.sessionId}`, "x-workspace-id": world.admin.workspaceId }),
      "content-type": "application/json",
      ...headers,
    },
    ...(body !== undefined && operation.method !== "GET" && { body: body as never }),
  });
  const json = response.headers.get("content-type")?.includes("json") ?? false;
  const text = await response.text();
  return { status: response.status, body: (json ? JSON.parse(text) : {}) as { code?: string; requestId?: string } };
};

const NO_DEFECT = { asymmetricMatch: (status: number) => status < 500, toString: () => "below 500" };

const refused = (what: unknown, { status, body }: Awaited<ReturnType<typeof send>>, codes?: string[]) => {
  expect([what, status, body]).toEqual([
    what,
    expect.any(Number),
    expect.objectContaining({ code: expect.stringMatching(/^[a-z_]+$/), requestId: expect.any(String) }),
  ]);
  expect([what, status >= 400 && status < 500]).toEqual([what, true]);
  if (codes) expect([what, codes]).toEqual([what, expect.arrayContaining([body.code])]);
};

const bytes = (...values: number[]) =>
  new Uint8Array([...new TextEncoder().encode('{"title":"'), ...values, ...new TextEncoder().encode('"}')]);
const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const UNREADABLE: [string, RequestInit["body"], string[], Record<string, string>?][] = [
  ["half a document", '{"title": "Half', ["invalid_json"]],
  ["no JSON", "title=Spring", ["invalid_json"]],
  ["two documents", "{}{}", ["invalid_json"]],
  ["a comment", "{} // yes", ["invalid_json"]],
  ["a byte order mark and nothing", "\uFEFF", ["invalid_json"]],
  ["invalid UTF-8", bytes(0xff, 0xfe), ["invalid_json"]],
  ["an overlong encoding", bytes(0xc0, 0x80), ["invalid_json"]],
  ["a surrogate in UTF-8", bytes(0xed, 0xa0, 0x80), ["invalid_json"]],
  ["UTF-16", new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), ["invalid_json"]],
  ["NUL", '{"title": "a\\u0000b"}', ["invalid_request"]],
  ["a NUL in a key", '{"a\\u0000b": 1}', ["invalid_request"]],
  ["a lone surrogate", '{"title": "\\ud800"}', ["invalid_request"]],
  ["10 MB", `{"title": "${"x".repeat(10_000_000)}"}`, ["too_large"]],
  ["deep arrays", deep("[", "]", 100_000), ["invalid_request"]],
  ["deep objects", `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`, ["invalid_request"]],
  ["another type", "title=Spring", ["unsupported_media_type"], { "content-type": "application/x-www-form-urlencoded" }],
  ["a form", "--x\r\n\r\n--x--", ["unsupported_media_type"], { "content-type": "multipart/form-data; boundary=x" }],
  ["plain text", "{}", ["unsupported_media_type"], { "content-type": "text/plain" }],
  ["no type", new Uint8Array([0x7b, 0x7d]), ["unsupported_media_type"], { "content-type": "" }],
];

describe("what can't be read", () => {
  it.each(withBody)("%s refuses it", async (_, operation) => {
    for (const [what, body, codes, headers] of UNREADABLE) refused(what, await send(operation, body, headers), codes);
  });

  it("is refused while it comes, when nobody said how long it is", async () => {
    const operation = operations.find(({ operationId }) => operationId === "createContent")!;
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const response = await app().request("/api/v1/content", {
      method: operation.method,
      headers: { authorization: `Bearer ${world.admin.sessionId}`, "content-type": "application/json" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(4_000_000);
  });
});

const WRONG: unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  "",
  " ",
  "x".repeat(1_500_000),
  [],
  [null],
  [[]],
  {},
  { a: 1 },
  "\u202e",
  "0000-01-01T00:00:00Z",
  "not-a-uuid",
];
function fieldsOf(schema: Schema | undefined): string[] {
  const resolved = schema?.$ref ? (document.components?.schemas?.[schema.$ref.split("/").at(-1)!] as Schema) : schema;
  const parts = [...(resolved?.allOf ?? []), ...(resolved?.anyOf ?? []), ...(resolved?.oneOf ?? [])];
  return [...new Set([...Object.keys(resolved?.properties ?? {}), ...parts.flatMap(fieldsOf)])];
}

describe("what is read and wrong", () => {
  it.each(withBody)("%s refuses other types for the whole", async (_, operation) => {
    for (const value of [null, true, 7, "text", [], [{}]]) refused(value, await send(operation, JSON.stringify(value)));
  });

  // A webhook's sender may say more from one day to the next.
  it.each(withBody.filter(([name]) => name !== "hearClerk"))(
    "%s refuses fields that it doesn't know, and names them",
    async (_, operation) => {
      const example = operation.body!.example as object;
      for (const field of ["surprise", "workspaceId", "role_", "isAdmin", "constructor", "toString"]) {
        const answer = await send(operation, JSON.stringify({ ...example, [field]: "x" }));
        refused(field, answer, ["invalid_request"]);
        expect(JSON.stringify(answer.body)).toContain(field);
      }
      const proto = JSON.stringify(example).replace(/^\{/, '{"__proto__": {"isAdmin": true}, ').replace(/, \}$/, "}");
      refused("__proto__", await send(operation, proto), ["invalid_request"]);
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    },
  );
});

describe("addresses and headers", () => {
  const asked = [
    "%00",
    "%ff",
    "%ed%a0%80",
    "'",
    "a".repeat(3_000),
    "-1",
    "0",
    "1.5",
    "1e400",
    "9007199254740991",
    "NaN",
    "null",
    "[]",
    "0000-01-01T00:00:00Z",
    "294276-12-31T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-01-01T00:00:00+99:99",
    "W10",
    "WyItY3JlYXRlZEF0IiwieCIsIngiXQ",
  ];

  it.each(named(operations.filter(({ parameters }) => parameters.some(({ in: place }) => place === "query"))))(
    "%s: queries",
    async (_, operation) => {
      const path = realPath(operation);
      const names = operation.parameters.filter(({ in: place }) => place === "query").map(({ name }) => name);
      for (const name of names) {
        for (const value of asked) {
          const { status } = await send(operation, undefined, {}, `${path}?${name}=${value}`);
          expect([name, value, status < 500]).toEqual([name, value, true]);
        }
      }
      // Whoever comes back from a provider is led to a page that says what was wrong.
      if (["finishSso", "finishSaml"].includes(operation.operationId)) return;
      for (const surprise of [
        "surprise=1",
        "__proto__=1",
        "sort=password",
        "sort=id;drop table users",
        `${names[0]}=1&${names[0]}=2`,
      ]) {
        refused(surprise, await send(operation, undefined, {}, `${path}?${surprise}`), [
          "invalid_request",
          "not_found",
        ]);
      }
    },
  );

  it.each(named(operations.filter(({ path }) => path.includes("{"))))("%s: ids", async (_, operation) => {
    for (const value of [
      "%00",
      "%ff",
      "'",
      "1",
      "%2e%2e",
      "a".repeat(3_000),
      "__proto__",
      "9007199254740991",
      "1e400",
      "%F0%9F%92%A9",
    ]) {
      const path = operation.path.replace(/\{[^}]+\}/g, value);
      const answer = await send(operation, JSON.stringify(operation.body?.example), {}, path);
      // A step up is made before anybody asks: what stands there may well be something.
      if (new URL(path, "http://localhost").pathname === path) refused(value, answer);
      else expect([value, answer.status]).toEqual([value, NO_DEFECT]);
    }
  });

  it.each(named(operations.filter(({ parameters }) => parameters.some(({ name }) => name === "idempotency-key"))))(
    "%s: keys",
    async (_, operation) => {
      refused(
        "long",
        await send(operation, JSON.stringify(operation.body?.example), { "idempotency-key": "k".repeat(201) }),
        ["invalid_request", "not_found"],
      );
    },
  );
});

it("changed nothing with any of that", async () => {
  expect(Object.values(before).filter((sum) => !sum.startsWith("0 ")).length).toBeGreaterThan(20);
  expect(await everything()).toEqual(before);
});

// From here on a value may be right by chance, and then something changes.
describe("anything at all", () => {
  it.each(withBody)("%s never fails on a field of another type", async (_, operation) => {
    const example = realBody(operation);
    for (const field of fieldsOf(operation.body!.schema)) {
      for (const value of WRONG) {
        const { status } = await send(operation, JSON.stringify({ ...example, [field]: value }));
        expect([field, JSON.stringify(value).slice(0, 40), status]).toEqual([field, expect.any(String), NO_DEFECT]);
      }
    }
  });

  const writing = operations.filter(({ body, path }) => body && !path.startsWith("/auth/"));
  it("is answered, and by no defect", async () => {
    const part = fc.constantFrom(...writing).chain((operation) =>
      fc.record({
        operation: fc.constant(operation),
        changes: fc.dictionary(fc.constantFrom(...fieldsOf(operation.body!.schema)), fc.jsonValue({ maxDepth: 3 }), {
          minKeys: 1,
          maxKeys: 3,
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(part, async ({ operation, changes }) => {
        const body = JSON.stringify({ ...realBody(operation), ...changes });
        expect((await send(operation, body)).status).toEqual(NO_DEFECT);
      }),
      { numRuns: 300, interruptAfterTimeLimit: 2_000, markInterruptAsFailure: false },
    );
  });
});
