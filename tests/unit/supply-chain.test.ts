import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { newApiKey } from "@/features/auth/keys/token";
import { newWebhookSecret } from "@/platform/standard-webhooks";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder with these files, and what a check says of it. */
function planted(files: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), "planted-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

const check = (script: string, folder: string) =>
  new Promise<{ code: number; said: string[] }>((resolve) =>
    execFile(process.execPath, [script, folder], (error, _, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stderr.split("\n").filter(Boolean) }),
    ),
  );

describe("the licences of what is installed", () => {
  type Package = { license?: unknown; licenses?: unknown };
  const licences = (packages: Record<string, Package>, lock: Record<string, object> = {}) => {
    const installed = Object.keys(packages).map((name) => [`node_modules/${name}`, {}]);
    return check(
      "scripts/check-licences.mjs",
      planted({
        "package-lock.json": JSON.stringify({ packages: { "": {}, ...Object.fromEntries(installed), ...lock } }),
        ...Object.fromEntries(
          Object.entries(packages).map(([name, said]) => [`node_modules/${name}/package.json`, JSON.stringify(said)]),
        ),
      }),
    );
  };

  it.each<[string, Package]>([
    ["MIT", { license: "MIT" }],
    ["one of two", { license: "(GPL-3.0-only OR MIT)" }],
    ["both of two", { license: "(Apache-2.0 AND MIT)" }],
    ["an old way to say it", { licenses: [{ type: "MIT" }] }],
    ["another old way", { license: { type: "ISC" } }],
  ])("pass: %s", async (_, said) => {
    expect(await licences({ fine: said })).toEqual({ code: 0, said: [] });
  });

  it.each<[string, Package]>([
    ["GPL-3.0-only", { license: "GPL-3.0-only" }],
    ["AGPL-3.0-or-later", { license: "AGPL-3.0-or-later" }],
    ["LGPL-3.0-or-later", { license: "LGPL-3.0-or-later" }],
    ["MIT AND GPL-2.0-only", { license: "MIT AND GPL-2.0-only" }],
    ["SEE LICENSE IN LICENSE.md", { license: "SEE LICENSE IN LICENSE.md" }],
    ["UNLICENSED", { license: "UNLICENSED" }],
    ["no licence", {}],
  ])("are refused: %s", async (named, said) => {
    expect(await licences({ fine: { license: "MIT" }, "@some/thing": said })).toEqual({
      code: 1,
      said: [`@some/thing: ${named} is not allowed: see scripts/check-licences.mjs.`],
    });
  });

  it("are those of a deployment: not of what only builds and tests, but of other platforms too", async () => {
    const lock = {
      "node_modules/only-tests": { dev: true, license: "GPL-3.0-only" },
      "node_modules/fine/node_modules/elsewhere": { optional: true, license: "GPL-3.0-only" },
    };
    expect((await licences({ fine: { license: "MIT" } }, lock)).said).toEqual([
      "elsewhere: GPL-3.0-only is not allowed: see scripts/check-licences.mjs.",
    ]);
  });

  it("were read: nothing at all is a fault", async () => {
    expect((await licences({})).code).toBe(1);
  });
});

describe("secrets in files", () => {
  const secrets = (files: Record<string, string>) => {
    const folder = planted(files);
    execFileSync("git", ["init", "--quiet"], { cwd: folder });
    execFileSync("git", ["add", "--all"], { cwd: folder });
    return check("scripts/check-secrets.mjs", folder);
  };
  const LETTERS = "Q7dW3kZp9XvB5nLmT2rYc8HsJ4fG6aKeUiOx0N1wPqRtVbMzS";
  const digits = (length: number) => LETTERS.repeat(2).slice(0, length);
  const capitals = (length: number) => "QXWZ7PBNLM2TYCHSJ4FG".slice(0, length);

  // Put together here, so that this file has none.
  it.each<[string, string]>([
    ["a private key", `-----BEGIN ${"PRIVATE KEY"}-----\n${digits(64)}\n`],
    ["a private key", `key: "-----BEGIN RSA ${"PRIVATE KEY"}-----\\n${digits(64)}"`],
    ["a key of AWS", `AKIA${capitals(16)}`],
    ["a key of Google", `AIza${digits(35)}`],
    ["a key of Stripe", `sk_live_${digits(24)}`],
    ["a token of GitHub", `ghp_${digits(36)}`],
    ["a token of GitHub", `github_pat_${digits(82)}`],
    ["a token of Slack", `xoxb-${digits(24)}`],
    ["a key of SendGrid", `SG.${digits(22)}.${digits(43)}`],
    ["a key of OpenAI or OpenRouter", `sk-or-v1-${digits(64)}`],
    ["a key of the API", newApiKey()],
    ["a webhook's secret", newWebhookSecret()],
  ])("are found: %s", async (kind, secret) => {
    const { code, said } = await secrets({ "fine.md": "Nothing.\n", "some/notes.md": `One\ntwo "${secret}"\n` });
    expect([code, said[0]]).toEqual([1, `some/notes.md:2: this looks like ${kind}.`]);
    expect(said.join("\n")).not.toContain(secret);
  });

  it("are not what only looks like them: placeholders, wrong checksums, what git doesn't keep", async () => {
    const key = newApiKey();
    const typo = `${key.slice(0, -1)}${key.endsWith("x") ? "y" : "x"}`;
    const text = [typo, `sk_live_${"x".repeat(24)}`, `ghp_${"0".repeat(36)}`, "whsec_…", "-----BEGIN PUBLIC KEY-----"];
    const files = { "notes.md": text.join("\n"), ".gitignore": ".env\n", ".env": `KEY=${key}` };
    expect(await secrets(files)).toEqual({ code: 0, said: [] });
  });
});
