import { NextRequest } from "next/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { proxy } from "./proxy";

/** Where Next is told to look for the answer; undefined where it is a page with a policy of its own. */
function ledTo(host: string, path: string) {
  const answer = proxy(new NextRequest(`https://${host}${path}`, { headers: { host } }));
  const rewritten = answer.headers.get("x-middleware-rewrite");
  if (!rewritten) expect(answer.headers.get("content-security-policy")).toContain("'nonce-");
  return rewritten ? rewritten.replace(`https://${host}`, "") : undefined;
}

describe("a host, where Next serves everything", () => {
  beforeEach(() => {
    vi.stubEnv("PUBLIC_URL", "https://content.agency.example");
    vi.stubEnv("VERCEL_URL", "contentos-abc.vercel.app");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it("shows a site where it may be a workspace's own, and the application's paths stay", () => {
    expect(ledTo("client.example", "/")).toBe("/s/@");
    expect(ledTo("client.example", "/spring?a=1")).toBe("/s/@/spring?a=1");
    expect(ledTo("client.example:8080", "/beacon/x")).toBe("/s/@/beacon/x");
    for (const path of ["/sign-in", "/w/larkspur/content", "/review/x"])
      expect([path, ledTo("client.example", path)]).toEqual([path, undefined]);
  });

  it("is the application's where it is the deployment's, a preview's, or no public name", () => {
    for (const host of ["content.agency.example", "contentos-abc.vercel.app", "localhost:3000", "127.0.0.1"])
      expect([host, ledTo(host, "/")]).toEqual([host, undefined]);
  });

  it("is left alone behind a server that has looked at it, and where nobody has said which is the deployment's", () => {
    vi.stubGlobal("contentosRoutesHosts", true);
    expect(ledTo("client.example", "/")).toBeUndefined();
    vi.unstubAllGlobals();
    vi.stubEnv("PUBLIC_URL", "");
    expect(ledTo("client.example", "/")).toBeUndefined();
  });
});
