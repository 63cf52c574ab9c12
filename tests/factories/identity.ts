import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { TOTP } from "otpauth";
import { expect } from "vitest";
import { testApp, testIdentity } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { createAuthenticator } from "@/features/auth";
import type { Mail } from "@/platform/mailer";

export const PASSWORD = "a long walk to the sea";
export type Pair = {
  user: { id: string; email: string; name: string };
  accessToken: string;
  refreshToken: string;
};
type Over = Partial<Parameters<typeof testIdentity>[1]> & { clientAddress?: () => string };

/** The app with real tokens, as a client sees it, and a clock that can be put forward. */
export function realApp(t: TestDatabase, { clientAddress, ...over }: Over = {}) {
  const mails: Mail[] = [];
  let aheadMs = 0;
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const identity = testIdentity(t, { clock, mailer: { send: async (mail) => void mails.push(mail) }, ...over });
  const authenticate = createAuthenticator(identity);
  const app = testApp(t, { identity, authenticate, clock, ...(clientAddress && { clientAddress }) });

  async function send(method: string, path: string, body?: unknown, token?: string, headers = {}) {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {} };
  }

  async function signup(over: { email?: string; name?: string } = {}) {
    const input = { email: `${randomUUID()}@example.com`, password: PASSWORD, name: "Kim Example", ...over };
    const { status, body } = await send("POST", "/auth/signup", input);
    expect(status).toBe(201);
    return { ...(body as Pair), email: input.email };
  }
  const login = (email: string, more: object = {}) =>
    send("POST", "/auth/login", { email, password: PASSWORD, ...more });

  return {
    app,
    identity,
    mails,
    clock,
    send,
    signup,
    login,
    forward: (ms: number) => {
      aheadMs += ms;
    },
  };
}

export type RealApp = ReturnType<typeof realApp>;

/** The code that an authenticator app shows. @param steps how many half minutes from now */
export const codeOf = ({ clock }: RealApp, secret: string, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: clock.now().getTime() + steps * 30_000 });

/** Turns the second factor on, and tells what an authenticator app and a drawer keep. */
export async function turnOnTotp(real: RealApp, { accessToken }: Pair) {
  const begun = await real.send("POST", "/auth/totp", { password: PASSWORD }, accessToken);
  expect([begun.status, begun.body]).toEqual([200, expect.objectContaining({ secret: expect.any(String) })]);
  // The code of the half minute before is good in this one alone: where that is nearly over, the next is waited for.
  const left = 30_000 - (real.clock.now().getTime() % 30_000);
  if (left < 3_000) await wait(left);
  const confirm = { totp: codeOf(real, begun.body.secret, -1) };
  const on = await real.send("POST", "/auth/totp/confirm", confirm, accessToken);
  expect(on.status).toBe(200);
  return { secret: String(begun.body.secret), recoveryCodes: on.body.recoveryCodes as string[] };
}
