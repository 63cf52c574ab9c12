import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { caller } from "#tests/harness/app";
import type { TestDatabase } from "#tests/harness/database";
import { type RealApp, realApp } from "./identity";
import { seedWorkspace } from "./index";
import {
  assertionOf,
  metadataOf,
  posted,
  requestIn,
  responseOf,
  type Said,
  type Signing,
  signed,
} from "./saml-provider";

export const entityIdOf = (id: string) => `https://contentos.test/api/v1/auth/sso/saml/${id}/metadata`;
export const acsOf = (id: string) => `https://contentos.test/api/v1/auth/sso/saml/${id}/acs`;
export const sloOf = (id: string) => `https://contentos.test/api/v1/auth/sso/saml/${id}/slo`;

const cookieIn = (headers: Headers, name: string) =>
  headers
    .getSetCookie()
    .map((cookie) => new RegExp(`^${name}=([^;]*)`).exec(cookie)?.[1])
    .find(Boolean);

type Over = { configure?: object; domain?: string /** What the provider calls itself. */; entityId?: string };

/** A workspace with a provider that signs with these keys, and a verified domain. */
export async function withSaml(t: TestDatabase, keys: Signing, over: Over = {}) {
  const workspace = await seedWorkspace(t);
  const { id, admin } = workspace;
  const entityId = over.entityId ?? `https://idp.example/${randomUUID()}`;
  const domain = over.domain ?? `d${randomUUID().slice(0, 8)}.example`;
  const call = caller(t);
  const configure = async (more: object = {}) => {
    const body = { metadata: metadataOf(entityId, [keys.certificate]), defaultRole: "Writer", ...more };
    expect((await call(admin, "PUT", `/workspaces/${id}/sso/saml`, body)).status).toBe(200);
  };
  await configure(over.configure);
  await t.asOwner(
    `insert into auth_sso_domains (workspace_id, domain, token, verified_at, created_by) values ($1, $2, 'x', now(), $3)`,
    [id, domain, admin.userId],
  );
  const address = `kim.${randomUUID().slice(0, 8)}@${domain}`;
  const app = realApp(t);
  const parties = { id, keys, address, entityId, app };
  return {
    ...workspace,
    ...parties,
    domain,
    configure,
    /** From our page, as the browser sees it. */
    async begin({ next, app: other }: { next?: string; app?: RealApp } = {}) {
      const from = other ?? app;
      const begun = await from.send("POST", "/auth/sso/start", { email: address, ...(next && { next }) });
      expect([begun.status, begun.body.code]).toEqual([200, undefined]);
      const url = String(begun.body.url);
      const request = requestIn(url);
      const cookie = cookieIn(begun.headers, "__Host-contentos_sso");
      return { url, request, ...flowOf({ ...parties, app: from }, request.id, request.relayState, cookie) };
    },
    /** From the provider's own page. */
    unasked: (relayState: string | null = null) => flowOf(parties, undefined, relayState, undefined),
  };
}

type Parties = { id: string; keys: Signing; address: string; entityId: string; app: RealApp };

function flowOf(
  { id, keys, address, entityId, app }: Parties,
  inResponseTo: string | undefined,
  relayState: string | null,
  cookie: string | undefined,
) {
  const said = (over: Partial<Said> = {}): Said => ({
    address,
    entityId,
    audience: entityIdOf(id),
    recipient: acsOf(id),
    inResponseTo,
    ...over,
  });
  const sign = (over: Partial<Said> = {}, by = keys, ...how: unknown[]) =>
    signed(responseOf(said(over), assertionOf(said(over))), by, "Assertion", ...(how as []));
  const post = (body: string, to = id) =>
    app.app.request(`/api/v1/auth/sso/saml/${to}/acs`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
    });
  const landed = (answer: Response) => {
    const location = answer.headers.get("location") ?? "";
    return { status: answer.status, location, reason: new URL(location, "https://x").searchParams.get("reason") };
  };
  return {
    app,
    said,
    relay: relayState,
    sign,
    post,
    signBoth: (over: Partial<Said> = {}) => signed(sign(over), keys, "Response"),
    /** The browser posts, is sent on, and comes with the cookie that it has. */
    async finish(
      xml = sign(),
      {
        browser = cookie,
        to = id,
        relay = relayState,
      }: { browser?: string | undefined; to?: string; relay?: string | null } = {},
    ) {
      const taken = await post(posted(xml, relay), to);
      const first = landed(taken);
      expect(first.status).toBe(303);
      if (!first.location.startsWith("/api/v1/auth/sso/done?")) return { ...first, token: undefined };
      const done = await app.send("GET", first.location.replace("/api/v1", ""), undefined, undefined, {
        ...(browser && { cookie: `__Host-contentos_sso=${browser}` }),
      });
      const location = done.headers.get("location") ?? "";
      const reason = new URL(location, "https://x").searchParams.get("reason");
      return { status: done.status, location, reason, token: cookieIn(done.headers, "__Host-contentos_access") };
    },
  };
}

export type Flow = ReturnType<typeof flowOf>;
