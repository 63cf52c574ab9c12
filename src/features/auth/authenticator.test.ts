import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { Env } from "@/http/router";
import { AppError } from "@/platform/errors";
import { createAuthenticator } from "./index";

const USER = { userId: "u", sessionId: "s" };

function setup() {
  let now = 1_000;
  const verified: string[] = [];
  const at = (ms: number) => {
    now = ms;
  };
  const authenticate = createAuthenticator({
    secure: false,
    clock: { now: () => new Date(now) },
    verify: async (token) => {
      verified.push(token);
      if (token.startsWith("bad")) throw new AppError("unauthenticated", "Bad.");
      return { ...USER, expiresAt: 2_000 };
    },
    verifyForService: () => Promise.reject(new Error("No service's token is here")),
  });
  const app = new Hono<Env>().get("/", async (c) => c.json(await authenticate(c)));
  app.onError((error, c) => c.json({ refused: (error as AppError).code }));
  const as = async (headers: Record<string, string>) => (await app.request("/", { headers })).json();
  return { as, verified, at };
}

describe("createAuthenticator", () => {
  it("checks a good token's signature once, until it ends, and a bad one's each time", async () => {
    const { as, verified, at } = setup();
    for (let i = 0; i < 3; i++) expect(await as({ authorization: "Bearer good" })).toMatchObject(USER);
    expect(verified).toEqual(["good"]);
    at(2_000);
    await as({ authorization: "Bearer good" });
    for (let i = 0; i < 2; i++)
      expect(await as({ authorization: "Bearer bad" })).toEqual({ refused: "unauthenticated" });
    expect(verified).toEqual(["good", "good", "bad", "bad"]);
  });

  it("prefers the header, tells a cookie from it, and is nobody without either", async () => {
    const { as, verified } = setup();
    const cookie = "contentos_access=fromCookie";
    expect(await as({ cookie })).toMatchObject({ via: "cookie" });
    expect(await as({ cookie, authorization: "bearer fromHeader" })).toMatchObject({ via: "bearer" });
    expect(verified).toEqual(["fromCookie", "fromHeader"]);
    expect(await as({ cookie, authorization: "Basic a2ltOng=" })).toEqual({ refused: "unauthenticated" });
    expect(await as({})).toBeNull();
  });
});
