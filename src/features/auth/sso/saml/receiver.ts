import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { securityHeaders } from "@/http/front";
import { limit, type RateLimits } from "@/http/limits";
import { onError, problem } from "@/http/problem";
import type { Env } from "@/http/router";
import { isUuid } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { refusedAt } from "../finishing";
import { writeMetadata } from "./metadata";
import { MAX_RESPONSE_BYTES } from "./plain";
import { Saml } from "./refusals";
import type { SamlService } from "./service";

/** What base64 and the form add to the largest response, and what else is in it. */
const MAX_FORM_BYTES = MAX_RESPONSE_BYTES * 2;

/**
 * What SAML providers talk to: XML and forms, as the protocol has them, and so no part of the API's own contract. Answers
 * for every id alike, so that it tells nobody which workspaces there are.
 */
export function samlReceiver({ saml, limits }: { saml: SamlService; limits: RateLimits }) {
  const app = new Hono<Env>();
  app.onError(onError);
  app.use(securityHeaders);

  app.get("/:workspace/metadata", async (c) => {
    await limit(c, limits, "address", c.var.clientAddress);
    const workspace = c.req.param("workspace");
    if (!isUuid(workspace)) return problem(c, new AppError("not_found", "There is no such thing here."));
    c.header("Content-Type", "application/samlmetadata+xml; charset=utf-8");
    return c.body(writeMetadata(saml.here(workspace), await saml.certificates()));
  });

  app.get("/:workspace/slo", async (c) => {
    await limit(c, limits, "expensive", c.var.clientAddress);
    try {
      const workspace = c.req.param("workspace");
      if (!isUuid(workspace)) throw Saml.malformed();
      // As it came, since that is what was signed.
      const [, query = ""] = /\?(.*)$/.exec(c.req.raw.url) ?? [];
      return c.redirect(await saml.hearLogOut(workspace, query), 302);
    } catch (error) {
      return refusedAt(c, error);
    }
  });

  const small = bodyLimit({ maxSize: MAX_FORM_BYTES, onError: (c) => refusedAt(c as never, Saml.tooLarge(), 303) });
  app.post("/:workspace/acs", small, async (c) => {
    await limit(c, limits, "expensive", c.var.clientAddress);
    try {
      const workspace = c.req.param("workspace");
      const type = c.req.header("content-type") ?? "";
      if (!isUuid(workspace) || !/^application\/x-www-form-urlencoded\b/i.test(type)) throw Saml.malformed();
      const form = new URLSearchParams(await c.req.text());
      const code = await saml.takeResponse(
        workspace,
        form.get("SAMLResponse") ?? "",
        form.get("RelayState") ?? undefined,
      );
      // Only this next request, which reads, comes with the cookie of the browser that began.
      return c.redirect(`/api/v1/auth/sso/done?code=${code}`, 303);
    } catch (error) {
      return refusedAt(c, error, 303);
    }
  });
  return app;
}
