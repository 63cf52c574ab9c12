import { execFile, execFileSync } from "node:child_process";
import { generateKeyPairSync, verify } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const SCRIPT = path.resolve("scripts/provenance.mjs");
const root = mkdtempSync(path.join(tmpdir(), "provenance-"));
const folder = path.join(root, "release");
const keys = generateKeyPairSync("ed25519");
const keyFile = path.join(root, "key.pem");
afterAll(() => rmSync(root, { recursive: true }));

const ENVELOPE = "provenance.intoto.json";
const archiveOf = (of: string) => readdirSync(of).find((name) => name.endsWith(".tar.gz"))!;
const pem = (key = keys.privateKey) => key.export({ type: "pkcs8", format: "pem" }).toString();

const run = (args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; said: string }>((resolve) =>
    execFile(
      process.execPath,
      [SCRIPT, ...args],
      { cwd: path.join(root, "project"), env: { ...process.env, PROVENANCE_KEY: "", ...env } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    ),
  );
const check = (of: string, key = keyFile) => run(["verify", of, "--key", key]);

beforeAll(async () => {
  const project = path.join(root, "project");
  const git = (...args: string[]) => execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@b.c", ...args]);
  git("init", "-q", project);
  const root1 = { name: "planted", version: "1.2.3" };
  const dependency = { version: "2.0.0", resolved: "https://registry.npmjs.org/x/-/x-2.0.0.tgz", license: "MIT" };
  writeFileSync(path.join(project, "package.json"), JSON.stringify({ ...root1, dependencies: { x: "2.0.0" } }));
  writeFileSync(
    path.join(project, "package-lock.json"),
    JSON.stringify({
      ...root1,
      lockfileVersion: 3,
      requires: true,
      packages: { "": { ...root1, dependencies: { x: "2.0.0" } }, "node_modules/x": dependency },
    }),
  );
  git("-C", project, "add", ".");
  git("-C", project, "commit", "-qm", "All of it");
  writeFileSync(path.join(project, "not-committed"), "a draft");
  writeFileSync(keyFile, keys.publicKey.export({ type: "spki", format: "pem" }));
  expect(await run(["make", folder], { PROVENANCE_KEY: pem() })).toMatchObject({ code: 0 });
});

/** A copy of what was made, with a byte of a file changed. */
function changed(file: string, at = (bytes: Buffer) => bytes.length >> 1) {
  const copy = mkdtempSync(path.join(root, "copy-"));
  cpSync(folder, copy, { recursive: true });
  const bytes = readFileSync(path.join(copy, file));
  const place = at(bytes);
  bytes[place] = bytes[place] === 0x41 ? 0x42 : 0x41;
  writeFileSync(path.join(copy, file), bytes);
  return copy;
}

describe("what is given away of a commit", () => {
  it("is an archive of what was committed, what it installs, and a signed statement of both", async () => {
    expect(await check(folder)).toEqual({
      code: 0,
      said: expect.stringMatching(/as they were signed, from commit [0-9a-f]{40}/),
    });
    const files = execFileSync("tar", ["-tzf", path.join(folder, archiveOf(folder))]).toString();
    expect(files).toContain("planted-1.2.3/package.json");
    expect(files).not.toContain("not-committed");
    const sbom = JSON.parse(readFileSync(path.join(folder, "sbom.cdx.json"), "utf8"));
    expect(sbom).toMatchObject({ bomFormat: "CycloneDX", components: [{ name: "x", version: "2.0.0" }] });
    const { payloadType, payload, signatures } = JSON.parse(readFileSync(path.join(folder, ENVELOPE), "utf8"));
    const text = Buffer.from(payload, "base64");
    // DSSE's encoding, written anew.
    const signed = `DSSEv1 28 application/vnd.in-toto+json ${text.length} ${text}`;
    expect(payloadType).toBe("application/vnd.in-toto+json");
    expect(verify(null, Buffer.from(signed), keys.publicKey, Buffer.from(signatures[0].sig, "base64"))).toBe(true);
    expect(JSON.parse(String(text))).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "https://slsa.dev/provenance/v1",
      subject: [{ name: archiveOf(folder) }, { name: "sbom.cdx.json" }],
      predicate: {
        buildDefinition: {
          externalParameters: { commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
          internalParameters: { key: "given" },
          resolvedDependencies: [{ digest: { gitCommit: expect.any(String) } }, { name: "package-lock.json" }],
        },
      },
    });
  });

  it("is the same archive of the same commit", async () => {
    const again = path.join(root, "again");
    await run(["make", again], { PROVENANCE_KEY: Buffer.from(pem()).toString("base64") });
    const bytes = (of: string) => readFileSync(path.join(of, archiveOf(of)));
    expect(bytes(again).equals(bytes(folder))).toBe(true);
    expect((await check(again)).code).toBe(0);
  });

  it("is refused with one byte changed in the archive, the SBOM, the statement or its signature", async () => {
    const within = (word: string) => (bytes: Buffer) => bytes.indexOf(word) + word.length + 6;
    for (const [copy, said] of [
      [changed(archiveOf(folder)), "is not what was signed"],
      [changed("sbom.cdx.json"), "sbom.cdx.json is not what was signed"],
      [changed(ENVELOPE, within('"payload": "')), "is not signed by this key, or was changed"],
      [changed(ENVELOPE, within('"sig": "')), "is not signed by this key, or was changed"],
    ] as const)
      expect(await check(copy)).toEqual({ code: 1, said: expect.stringContaining(said) });
    const gone = changed("sbom.cdx.json");
    rmSync(path.join(gone, "sbom.cdx.json"));
    expect((await check(gone)).code).toBe(1);
  });

  it("is refused by another key than the one that is trusted, whatever it says of its own", async () => {
    const other = generateKeyPairSync("ed25519");
    const forged = path.join(root, "forged");
    expect((await run(["make", forged], { PROVENANCE_KEY: pem(other.privateKey) })).code).toBe(0);
    const envelope = JSON.parse(readFileSync(path.join(forged, ENVELOPE), "utf8"));
    envelope.signatures[0].keyid = JSON.parse(readFileSync(path.join(folder, ENVELOPE), "utf8")).signatures[0].keyid;
    writeFileSync(path.join(forged, ENVELOPE), JSON.stringify(envelope));
    expect(await check(forged)).toEqual({ code: 1, said: expect.stringContaining("is not signed by this key") });
    expect((await check(forged, path.join(forged, "provenance.pub.pem"))).code).toBe(0);
    expect(await run(["verify", folder])).toEqual({ code: 1, said: expect.stringContaining("--key") });
  });

  it("says that nobody vouches for it, where no key was given", async () => {
    const unnamed = path.join(root, "unnamed");
    const made = await run(["make", unnamed]);
    expect(made).toEqual({ code: 0, said: expect.stringContaining("not who made them") });
    expect((await check(unnamed)).code).toBe(1);
    const known = await check(unnamed, path.join(unnamed, "provenance.pub.pem"));
    expect(known).toEqual({ code: 0, said: expect.stringContaining("nobody vouches for them") });
  });

  it("is not made by what is no key of the kind", async () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    for (const [key, said] of [
      ["x", "is no private key"],
      [pem(rsa.privateKey), "has to be an Ed25519 key"],
    ] as const)
      expect(await run(["make", path.join(root, "none")], { PROVENANCE_KEY: key })).toEqual({
        code: 1,
        said: expect.stringContaining(said),
      });
  });
});
