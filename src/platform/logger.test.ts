import { describe, expect, it } from "vitest";
import { AppError } from "./errors";
import { createLogger, type Logger } from "./logger";

const SECRET = "hunter2-hunter2-hunter2";

function capture(write: (logger: Logger) => void) {
  const lines: string[] = [];
  write(createLogger({ level: "info", destination: { write: (line: string) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
const textOf = (write: (logger: Logger) => void) => JSON.stringify(capture(write));
const pgError = () =>
  Object.assign(new Error(`invalid input syntax for type uuid: "${SECRET}"`), {
    ...{ severity: "ERROR", code: "22P02", detail: SECRET, where: SECRET, hint: SECRET, internalQuery: SECRET },
    ...{ table: "content_items", constraint: "content_items_pkey", parameters: [SECRET], query: SECRET },
  });

describe("a line", () => {
  it("is JSON with level, time, process and what was given", () => {
    const [line] = capture((logger) => logger.info({ requestId: "r1", ms: 3, tags: ["a"] }, "answered"));
    expect(line).toEqual({
      ...{ level: "info", time: expect.stringMatching(/^\d{4}-.*Z$/), pid: process.pid },
      ...{ requestId: "r1", ms: 3, tags: ["a"], msg: "answered" },
    });
    expect(capture((logger) => logger.debug("not at this level"))).toEqual([]);
  });

  it("keeps what looks like a secret and is none", () => {
    const members = { promptTokens: 12, hasPassword: true, token: null, key: "content", pinned: 1, code: "not_found" };
    expect(capture((logger) => logger.info(members))[0]).toMatchObject(members);
  });
});

describe("nothing leaks", () => {
  const names = [
    ...[
      "authorization",
      "Authorization",
      "proxy-authorization",
      "cookie",
      "set-cookie",
      "Set-Cookie",
      "password",
      "newPassword",
    ],
    ...[
      "token",
      "appPassword",
      "app_password",
      "refreshToken",
      "accessToken",
      "access_token",
      "inviteToken",
      "csrf-token",
    ],
    ...[
      "secret",
      "CONTENTOS_SECRET",
      "clientSecret",
      "credentials",
      "apiKey",
      "x-api-key",
      "privateKey",
      "sessionId",
      "totp",
    ],
    ...[
      "webhook-signature",
      "accessJwt",
      "refreshJwt",
      "body",
      "rawBody",
      "requestBody",
      "payload",
      "params",
      "markdown",
      "html",
    ],
  ];
  it.each(names)("under %s, at any depth, in a child or in an error's neighbourhood", (name) => {
    const member = { [name]: SECRET, [`${name}`]: { deep: SECRET, list: [SECRET] } };
    const flat = { [name]: SECRET };
    const text = textOf((logger) => {
      logger.info(member, "x");
      logger.info(flat, "x");
      logger.info({ a: { b: [{ c: flat }] }, err: new Error("x", { cause: Object.assign(new Error("y"), flat) }) });
      logger.child(flat).info("x");
      logger
        .child({ a: flat })
        .child({ b: { c: flat } })
        .error({ d: flat }, "x");
      logger.error(Object.assign(new Error("x"), flat));
      logger.error({ failure: Object.assign(new Error("x"), flat) });
    });
    expect(text).not.toContain(SECRET);
    expect(text.match(/"msg":"x"/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it("from text: addresses, headers and tokens that were written into a message", () => {
    const jwt = `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.${SECRET}`;
    const text = textOf((logger) => {
      logger.info(`connecting to postgres://app:${SECRET}@127.0.0.1/db`);
      logger.info({ header: `Bearer ${SECRET}`, other: `basic ${SECRET}`, client: `Review ${SECRET}.${SECRET}` });
      logger.info({
        url: `/invitations/accept?a=1&token=${SECRET}&b=2`,
        link: new URL(`https://a.example/b?x=${SECRET}`),
      });
      logger.info(`Open https://a.example/reset-password#token=${SECRET}, or https://a.example/review#${SECRET}.`);
      logger.info(jwt);
      logger.error(new Error(`smtp://mail:${SECRET}@mail.example refused ${jwt}`));
    });
    expect(text).not.toContain(SECRET);
    for (const kept of [
      "postgres://app:",
      "127.0.0.1/db",
      "/invitations/accept?a=1",
      "&b=2",
      "https://a.example/b",
      "mail.example refused",
    ])
      expect(text).toContain(kept);
  });

  it("from things that know more than they show", () => {
    const circle: Record<string, unknown> = { name: "circle" };
    circle.self = circle;
    class Client {
      config = SECRET;
    }
    const text = textOf((logger) =>
      logger.info({
        ...{
          request: new Request("https://a.example", { headers: { authorization: SECRET } }),
          client: new Client(),
          circle,
        },
        ...{
          bytes: Buffer.from(SECRET),
          map: new Map([["a", SECRET]]),
          headers: new Headers({ cookie: SECRET }),
          run: () => SECRET,
        },
      }),
    );
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(JSON.stringify([...Buffer.from(SECRET)]).slice(1, 30));
    expect(text).toContain("[Client]");
  });

  it("from what is put into a message, and from text that is no JSON", () => {
    const text = textOf((logger) => {
      logger.info("given %o and %s", { password: SECRET, kept: "kept" }, pgError());
      logger.warn(pgError(), "with %j", { body: SECRET });
      try {
        JSON.parse(SECRET.slice(0, 5));
      } catch (error) {
        logger.warn(error);
        logger.warn({ err: error });
      }
    });
    expect(text).not.toContain("hunte");
    expect(text).toContain("kept");
    expect(text).toContain("is not valid JSON");
  });

  it("from errors of the database", () => {
    const drizzle = new Error(`Failed query: insert into t values ($1)\nparams: ${SECRET},${SECRET}`, {
      cause: pgError(),
    });
    const text = textOf((logger) => {
      logger.error(pgError());
      logger.error({ err: drizzle }, "the query failed");
      logger.error({ err: new AggregateError([drizzle], "both failed") }, "both failed");
    });
    expect(text).not.toContain(SECRET);
    for (const kept of [
      "22P02",
      "content_items_pkey",
      "insert into t values ($1)",
      "invalid input syntax for type uuid",
    ])
      expect(text).toContain(kept);
  });
});

describe("errors", () => {
  it("tell type, code, message, where and why", () => {
    const error = new AppError("conflict", "Reload and try again.", { cause: new TypeError("of that") });
    const [line] = capture((logger) => logger.error({ err: error }, "refused"));
    expect(line).toMatchObject({
      msg: "refused",
      err: {
        ...{
          type: "AppError",
          code: "conflict",
          message: "Reload and try again.",
          stack: expect.stringContaining("logger.test.ts"),
        },
        cause: { type: "TypeError", message: "of that" },
      },
    });
  });

  it("may be anything, also a cause of themselves", () => {
    const circle = new Error("circle");
    circle.cause = circle;
    const lines = capture((logger) => {
      logger.error(circle);
      logger.error({ err: "a string" });
      logger.error({ err: { password: SECRET, kept: 1 } });
      logger.error({ err: undefined }, "none");
    });
    expect(lines).toHaveLength(4);
    expect(lines[1]?.err).toBe("a string");
    expect(lines[2]?.err).toEqual({ password: "[redacted]", kept: 1 });
  });
});
