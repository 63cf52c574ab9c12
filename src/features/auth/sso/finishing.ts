import type { Context } from "hono";
import { withPerson } from "@/db/scope";
import type { Env } from "@/http/router";
import { AppError } from "@/platform/errors";
import { type Lives, setCookies } from "../cookies";
import type { Sessions } from "../sessions";
import { joinByProvider } from "./joining";

export type Finishing = {
  cookies: Lives;
  verify: (accessToken: string) => Promise<{ sessionId: string }>;
  logout: (sessionId: string) => Promise<void>;
};
type Opened = { answer: Awaited<ReturnType<Sessions["openFor"]>>; next: string };

/** A browser comes back from a provider: signed in and a member, or back at the sign-in page with a refusal. */
export async function finishing(c: Context<Env>, { cookies, verify, logout }: Finishing, open: () => Promise<Opened>) {
  try {
    const { answer, next } = await open();
    const { sessionId } = await verify(answer.accessToken);
    const claim = { sessionId, requestId: c.var.requestId };
    await withPerson(c.var.db, claim, (tx, person) => joinByProvider(tx, person, sessionId)).catch(
      async (error: unknown) => {
        await logout(sessionId);
        throw error;
      },
    );
    setCookies(c, answer, cookies);
    return c.redirect(next, 302);
  } catch (error) {
    return refusedAt(c, error);
  }
}

/** To the sign-in page, with why; what is a defect is thrown on. */
export function refusedAt(c: Context<Env>, error: unknown, status: 302 | 303 = 302) {
  if (!(error instanceof AppError)) throw error;
  c.var.log.warn(
    { code: error.code, reason: error.extensions?.reason, err: error.cause, requestId: c.var.requestId },
    error.message,
  );
  const query = new URLSearchParams({ refused: error.code });
  if (typeof error.extensions?.reason === "string") query.set("reason", error.extensions.reason);
  return c.redirect(`/sign-in?${query}`, status);
}
