import { describe, expect, it } from "vitest";
import { pageHeaders } from "./page-headers";

const policyOf = (...args: Parameters<typeof pageHeaders>) =>
  new Map(
    pageHeaders(...args)
      ["Content-Security-Policy"]!.split("; ")
      .map((part): [string, string[]] => {
        const [name = "", ...sources] = part.split(" ");
        return [name, sources];
      }),
  );

describe("a page's policy", () => {
  it("runs what carries the nonce, and nothing that stands in a text", () => {
    const policy = policyOf("bm9uY2U=", {});
    expect(policy.get("script-src")).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
    for (const name of ["object-src", "base-uri", "frame-ancestors"]) expect(policy.get(name)).toEqual(["'none'"]);
    expect(policy.get("connect-src")).toEqual(["'self'"]);
    expect([...policy.values()].flat()).not.toContain("*");
  });

  it("lets files go to the bucket, whichever way it is named, and to no other", () => {
    const env = { S3_ENDPOINT: "http://storage.internal:7480/x", S3_BUCKET: "files" };
    expect(policyOf("n", env).get("connect-src")).toEqual([
      "'self'",
      "http://storage.internal:7480",
      "http://files.storage.internal:7480",
    ]);
    const both = { ...env, S3_PUBLIC_ENDPOINT: "https://files.example" };
    expect(policyOf("n", both).get("connect-src")).toEqual([
      "'self'",
      "https://files.example",
      "https://files.files.example",
    ]);
    expect(policyOf("n", { S3_ENDPOINT: "no address", S3_BUCKET: "x" }).get("connect-src")).toEqual(["'self'"]);
  });

  it("asks for encryption where the deployment has it", () => {
    expect(pageHeaders("n", { PUBLIC_URL: "https://app.example" })["Strict-Transport-Security"]).toContain("max-age=");
    expect(pageHeaders("n", { PUBLIC_URL: "http://localhost:3000" })).not.toHaveProperty("Strict-Transport-Security");
  });
});
