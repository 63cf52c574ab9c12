/** @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { requestTimeout, securityHeaders } from "@/http/front";
import { addressLimits, type RateLimits } from "@/http/limits";
import { onError } from "@/http/problem";
import type { Env } from "@/http/router";
import type { Keyring } from "@/platform/secrets";
import * as queries from "./queries";
import { readUnsubscribeToken } from "./unsubscribe-token";
import { type MailLanguage, mailLanguage, wordsOf } from "./words";

type Deps = { keyring: Keyring; limits: RateLimits };

/** A page of one form, without a script. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

/**
 * Where the unsubscribe link of a mail leads: GET asks and changes nothing, since mail programs look at links by
 * themselves; POST does it, from that page or from the mail program by one click (RFC 8058), and nobody signs in. It stands
 * beside the API, whose bodies are JSON; this one says nothing that is read.
 */
export function unsubscribePages({ keyring, limits }: Deps) {
  const app = new Hono<Env>();
  app.onError(onError);
  app.use(securityHeaders, requestTimeout, addressLimits(limits), bodyLimit({ maxSize: 10_000 }));
  app.get("/", (c) => {
    const language = mailLanguage(c.req.header("accept-language") ?? "en");
    const good = readUnsubscribeToken(keyring, c.req.query("token") ?? "", c.var.clock.now());
    c.header("Content-Security-Policy", POLICY);
    return c.html(<Asked language={language} state={good ? "ask" : "invalid"} />, good ? 200 : 403);
  });
  app.post("/", async (c) => {
    const language = mailLanguage(c.req.header("accept-language") ?? "en");
    const claims = readUnsubscribeToken(keyring, c.req.query("token") ?? "", c.var.clock.now());
    const done = claims !== undefined && (await queries.unsubscribe(c.var.db, claims.workspaceId, claims.deliveryId));
    c.header("Content-Security-Policy", POLICY);
    return c.html(<Asked language={language} state={done ? "done" : "invalid"} />, done ? 200 : 403);
  });
  return app;
}

function Asked({ language, state }: { language: MailLanguage; state: "ask" | "done" | "invalid" }) {
  const { t } = wordsOf(language);
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{t(`unsubscribe.${state}.title`)}</title>
        <style>
          {
            "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1rem;color:#1f2937}button{font:inherit;font-weight:600;padding:.6rem 1.1rem;border:0;border-radius:6px;background:#1f2937;color:#fff;cursor:pointer}"
          }
        </style>
      </head>
      <body>
        <main>
          <h1>{t(`unsubscribe.${state}.title`)}</h1>
          <p>{t(`unsubscribe.${state}.text`)}</p>
          {state === "ask" && (
            <form method="post">
              <button type="submit">{t("unsubscribe.ask.button")}</button>
            </form>
          )}
        </main>
      </body>
    </html>
  );
}
