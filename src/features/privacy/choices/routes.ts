import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import type { Database } from "@/db/client";
import { readPerson, withPerson } from "@/db/scope";
import { personClaimOf, requireSameOrigin } from "@/http/authentication";
import { createRouter, type Env } from "@/http/router";
import { OPT_OUT, OPT_OUT_COOKIE } from "@/platform/privacy-signal";
import { readNotice } from "../documents";
import * as contract from "./contract";
import { choiceOf, keepChoice, readChoice } from "./service";

type Deps = { db: Database; legalFolder: string; publicUrl: string };

/** As long as browsers keep any (RFC 6265bis: 400 days). */
const DAYS_KEPT = 400;

/** Read by pages' scripts, so that they send nothing: there is nothing in it to steal. */
export function setOptOutCookie(c: Context<Env>, publicUrl: string, optedOut: boolean) {
  const options = { path: "/", sameSite: "Lax", secure: publicUrl.startsWith("https:") } as const;
  if (optedOut) setCookie(c, OPT_OUT_COOKIE, OPT_OUT, { ...options, maxAge: DAYS_KEPT * 86_400 });
  else deleteCookie(c, OPT_OUT_COOKIE, options);
}

export const headerOf = (c: Context<Env>) => (name: string) => c.req.header(name);

/** Keys are of programs, which have no choice of their own. */
const isPerson = (c: Context<Env>) => c.var.identity !== null && c.var.identity.via !== "key";

export const choicesRoutes = ({ db, legalFolder, publicUrl }: Deps) =>
  createRouter()
    .openapi(contract.getPrivacyChoice, async (c) => {
      const account = isPerson(c) ? await readPerson(db, personClaimOf(c), readChoice) : undefined;
      const choice = choiceOf(headerOf(c), account);
      if (account?.optedOut && !choice.cookie) setOptOutCookie(c, publicUrl, true);
      return c.json(contract.PrivacyChoice.parse(choice), 200);
    })
    .openapi(contract.setPrivacyChoice, async (c) => {
      // Also of who has not signed in: no other site takes a choice back for them.
      requireSameOrigin(c);
      const { optedOut } = c.req.valid("json");
      const account = isPerson(c)
        ? await withPerson(db, personClaimOf(c), (tx) => keepChoice(tx, optedOut, headerOf(c)))
        : undefined;
      setOptOutCookie(c, publicUrl, optedOut);
      return c.json(contract.PrivacyChoice.parse(choiceOf(headerOf(c), account, optedOut)), 200);
    })
    .openapi(contract.getPrivacyNotice, async (c) =>
      c.json(contract.PrivacyNoticeAnswer.parse(await readNotice(legalFolder, c.req.valid("query").language)), 200),
    );
