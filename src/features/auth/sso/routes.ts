import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { withWorkspace } from "@/db/scope";
import { claimOf, sessionOf } from "@/http/authentication";
import { readAs, write, writeNothing } from "@/http/handlers";
import { createRouter, type Env } from "@/http/router";
import { clientOf } from "../client-of";
import { signedIn, signedOut } from "../cookies";
import type { createClerk } from "./clerk";
import * as contract from "./contract";
import { type Finishing, finishing } from "./finishing";
import * as service from "./service";
import type { StartSso } from "./start";

/** Which browser began to sign in. Lax: the provider sends it back from its own site. */
const BROWSER_COOKIE = "contentos_sso";
const BROWSER = { httpOnly: true, sameSite: "Lax", path: "/api/v1/auth/sso", maxAge: 600 } as const;
/** On https, as the cookies of a session. */
const HOST_ALONE = { prefix: "host", path: "/" } as const;

type Deps = service.Deps &
  Finishing & {
    clerk: ReturnType<typeof createClerk>;
    start: StartSso;
  };

export const ssoRoutes = (deps: Deps) =>
  createRouter()
    .openapi(contract.ssologin, async (c) => {
      const answer = await deps.clerk.ssologin(c.req.valid("json"), clientOf(c));
      return c.json(signedIn(c, answer, deps.cookies), 200);
    })
    .openapi(contract.hearClerk, async (c) => {
      const { method, headers, url } = c.req.raw;
      await deps.clerk.hear(new Request(url, { method, headers, body: await c.req.text() }));
      return c.body(null, 204);
    })
    .openapi(contract.startSso, async (c) => {
      const { url, browser } = await deps.start(c.req.valid("json"));
      const { secure } = deps.cookies;
      setCookie(c, BROWSER_COOKIE, browser, { ...BROWSER, secure, ...(secure && HOST_ALONE) });
      return c.json(contract.SsoStarted.parse({ url }), 200);
    })
    .openapi(contract.finishSso, async (c) => {
      const { state } = c.req.valid("query");
      const query = new URL(c.req.url).search;
      return finishing(c, deps, () => deps.oidc.finishSso(query, state, browserOf(c, deps), clientOf(c)));
    })
    .openapi(contract.logoutSso, async (c) => {
      signedOut(c, deps.cookies.secure);
      return c.json(contract.SsoLoggedOut.parse(await deps.saml.logoutSso(sessionOf(c).sessionId)), 200);
    })
    .openapi(contract.finishSaml, (c) =>
      finishing(c, deps, () => deps.saml.finish(c.req.valid("query").code, browserOf(c, deps), clientOf(c))),
    );

const withCertificates = async (deps: service.Deps) => ({ ...deps, certificates: await deps.saml.certificates() });
const browserOf = (c: Context<Env>, { cookies }: Pick<Deps, "cookies">) =>
  getCookie(c, BROWSER_COOKIE, cookies.secure ? "host" : undefined);

/** Of a workspace's Admins. */
export const ssoSettingsRoutes = (deps: service.Deps) =>
  createRouter()
    .openapi(contract.getSso, async (c) => {
      const told = await withCertificates(deps);
      return readAs(c, contract.SsoSettings, (tx, actor) => service.getSso(tx, actor, told), c.req.valid("param").id);
    })
    .openapi(contract.writeSso, async (c) => {
      const [{ id }, input] = [c.req.valid("param"), c.req.valid("json")];
      // The provider is asked outside a transaction, since it may be slow.
      const secret = await withWorkspace(c.var.db, claimOf(c, id), (tx, actor) =>
        service.secretFor(tx, actor, input, deps),
      );
      await deps.oidc.tryConnection({ ...input, secret });
      const told = await withCertificates(deps);
      return write(c, contract.SsoSettings, 200, (tx, actor) => service.writeSso(tx, actor, input, secret, told), id);
    })
    .openapi(contract.writeSaml, async (c) => {
      const [{ id }, input, told] = [c.req.valid("param"), c.req.valid("json"), await withCertificates(deps)];
      return write(c, contract.SsoSettings, 200, (tx, actor) => service.writeSaml(tx, actor, input, told), id);
    })
    .openapi(contract.removeSso, (c) => writeNothing(c, service.removeSso, c.req.valid("param").id))
    .openapi(contract.addSsoDomain, (c) =>
      write(
        c,
        contract.SsoDomain,
        200,
        (tx, actor) => service.addSsoDomain(tx, actor, c.req.valid("json")),
        c.req.valid("param").id,
      ),
    )
    .openapi(contract.verifySsoDomain, async (c) => {
      const { id, domainId } = c.req.valid("param");
      const domain = await withWorkspace(c.var.db, claimOf(c, id), (tx, actor) =>
        service.findSsoDomain(tx, actor, domainId),
      );
      await service.lookForRecord(domain, deps);
      return write(c, contract.SsoDomain, 200, (tx, actor) => service.verifySsoDomain(tx, actor, domainId, deps), id);
    })
    .openapi(contract.removeSsoDomain, (c) => {
      const { id, domainId } = c.req.valid("param");
      return writeNothing(c, (tx, actor) => service.removeSsoDomain(tx, actor, domainId), id);
    });
