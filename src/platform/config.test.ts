import { describe, expect, it } from "vitest";
import { parseConfig } from "./config";
import { StartError } from "./errors";

const S3 = { S3_BUCKET: "files", S3_ACCESS_KEY_ID: "key", S3_SECRET_ACCESS_KEY: "secret" };

/** What the start says of an environment. */
function refusal(environment: Record<string, string | undefined>): string {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return "";
}

describe("the settings of S3", () => {
  it("are none where none is set, or all are empty", () => {
    expect(parseConfig({}).s3).toBeUndefined();
    expect(parseConfig({ ...S3, S3_BUCKET: "", S3_ACCESS_KEY_ID: "", S3_SECRET_ACCESS_KEY: "" }).s3).toBeUndefined();
  });

  it("are Amazon's with a bucket and its keys, and another one's with an address", () => {
    const amazon = { bucket: "files", accessKeyId: "key", secretAccessKey: "secret", region: "us-east-1" };
    expect(parseConfig(S3).s3).toMatchObject({ ...amazon, endpoint: undefined, publicEndpoint: undefined });
    const endpoints = {
      S3_ENDPOINT: "http://10.0.0.1:9000",
      S3_PUBLIC_ENDPOINT: "https://files.test",
      S3_REGION: "eu",
    };
    expect(parseConfig({ ...S3, ...endpoints }).s3).toMatchObject({
      ...amazon,
      endpoint: "http://10.0.0.1:9000",
      publicEndpoint: "https://files.test",
      region: "eu",
    });
  });

  it.each([
    [undefined, undefined, false],
    [undefined, "true", true],
    ["https://s3.test", undefined, true],
    ["https://s3.test", "false", false],
    ["https://s3.test", "true", true],
  ])("name the bucket in the path, with endpoint %s and S3_FORCE_PATH_STYLE %s: %s", (endpoint, style, wanted) => {
    const given = parseConfig({ ...S3, S3_ENDPOINT: endpoint, S3_FORCE_PATH_STYLE: style });
    expect(given.s3?.forcePathStyle).toBe(wanted);
  });

  it.each([
    [{ S3_ACCESS_KEY_ID: undefined, S3_SECRET_ACCESS_KEY: undefined }, "S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY is"],
    [{ S3_SECRET_ACCESS_KEY: undefined }, "S3_SECRET_ACCESS_KEY is"],
    [{ S3_BUCKET: undefined }, "S3_BUCKET is"],
    [{ S3_BUCKET: "" }, "S3_BUCKET is"],
  ])("are refused where some of them are missing: %j", (over, said) => {
    expect(refusal({ ...S3, ...over })).toBe(
      `Files are to be kept in S3, and ${said} missing: set it, or no S3_ at all.`,
    );
  });

  it.each([
    ["S3_ENDPOINT", "https://s3.test"],
    ["S3_PUBLIC_ENDPOINT", "https://s3.test"],
    ["S3_FORCE_PATH_STYLE", "true"],
  ])("are meant by %s alone, so that no file goes into a folder by mistake", (name, value) => {
    expect(refusal({ [name]: value })).toContain("S3_BUCKET and S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY is missing");
  });

  it.each([
    ["S3_ENDPOINT", "s3.test:9000", "Expected an address such as https://s3."],
    ["S3_ENDPOINT", "ftp://s3.test", "Expected an address such as https://s3."],
    ["S3_ENDPOINT", "not an address", "Expected an address such as https://s3."],
    ["S3_PUBLIC_ENDPOINT", "files", "Expected the address by which browsers reach the same storage."],
    ["S3_FORCE_PATH_STYLE", "yes", "Expected true or false."],
    ["S3_FORCE_PATH_STYLE", "TRUE", "Expected true or false."],
    ["S3_BUCKET", "ab", "Expected a bucket's name alone"],
    ["S3_BUCKET", "https://s3.test/files", "Expected a bucket's name alone"],
  ])("are refused by name where %s is %s", (name, value, expected) => {
    const said = refusal({ ...S3, [name]: value });
    expect(said).toContain(`${name} is not right: ${expected}`);
    // What is wrong is told, and no secret with it.
    expect(said).not.toContain("secret");
  });
});

describe("REQUIRE_TLS", () => {
  const DATABASE = "postgres://app:word@db.example.com/contentos";

  it.each([
    ["DATABASE_URL", DATABASE],
    ["DATABASE_APP_URL", `${DATABASE}?sslmode=require`],
    ["DATABASE_SESSION_URL", `${DATABASE}?sslmode=no-verify`],
    ["SMTP_URL", "smtp://user:word@mail.example.com:587"],
    ["OPENROUTER_BASE_URL", "http://10.0.0.7:11434/v1"],
    ["S3_ENDPOINT", "http://s3.example.com"],
    ["PUBLIC_URL", "http://content.example.com"],
  ])("stops a start by whose %s something would go unencrypted", (name, value) => {
    expect(refusal({ ...S3, [name]: value })).toBe("");
    expect(refusal({ ...S3, [name]: value, REQUIRE_TLS: "true" })).toMatch(`REQUIRE_TLS is set, and ${name} would`);
  });

  it.each([
    ["DATABASE_URL", `${DATABASE}?sslmode=verify-full`],
    ["DATABASE_URL", "postgres://app:word@127.0.0.1:5432/contentos"],
    ["SMTP_URL", "smtps://user:word@mail.example.com"],
    ["SMTP_URL", "smtp://user:word@mail.example.com:587?requireTLS=true"],
    ["SMTP_URL", "smtp://[::1]:1025"],
    ["OPENROUTER_BASE_URL", "http://localhost:11434/v1"],
    ["S3_ENDPOINT", "https://s3.example.com"],
  ])("lets one go on with an encrypted %s, or one of this machine", (name, value) => {
    expect(refusal({ ...S3, [name]: value, REQUIRE_TLS: "true" })).toBe("");
  });
});
