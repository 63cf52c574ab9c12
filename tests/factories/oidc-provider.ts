import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-expect-error It has no types of its own.
import Provider from "oidc-provider";

type Account = { sub: string; email?: string; email_verified?: boolean; name?: string };

/** A certified OpenID Connect provider on loopback, at which whoever is named last is signed in already. */
export async function startProvider(redirectUri: string) {
  let account: Account = { sub: "nobody" };
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { client_id: "contentos", client_secret: randomBytes(24).toString("hex") };
  const provider = new Provider(issuer, {
    clients: [{ ...client, redirect_uris: [redirectUri], grant_types: ["authorization_code"] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["a key of these tests"] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: () => "/interaction" },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ ...account, sub }) }),
  });
  const serve = provider.callback();
  server.on("request", async (request, response) => {
    if (!request.url?.startsWith("/interaction")) return serve(request, response);
    const { prompt, params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: account.sub, clientId: params.client_id });
    grant.addOIDCScope("openid email profile");
    const result =
      prompt.name === "login" ? { login: { accountId: account.sub } } : { consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
  });

  /** Goes where a browser would, from our address to ours, and tells what comes back to us. */
  async function visit(url: string): Promise<string> {
    const jar = new Map<string, string>();
    let next = url;
    for (let hops = 0; hops < 12 && !next.startsWith(redirectUri); hops++) {
      const response = await fetch(next, {
        redirect: "manual",
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        jar.set(name, value);
      }
      const location = response.headers.get("location");
      if (!location) throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
      next = new URL(location, next).href;
    }
    return next;
  }

  return {
    issuer,
    ...client,
    visit,
    signedIn: (who: Account) => {
      account = who;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
