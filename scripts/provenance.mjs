/**
 * Makes what is given away of a commit, and says by whose key it comes from there: an archive of its files, its SBOM, and an
 * in-toto statement (v1) with SLSA's provenance (v1) in a signed DSSE envelope (v1.0.2; all read 2026-11-28).
 *
 *   node scripts/provenance.mjs make <folder>
 *   node scripts/provenance.mjs verify <folder> --key <public key, PEM>
 */
import { execFileSync } from "node:child_process";
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
  sign,
  verify,
} from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const PAYLOAD_TYPE = "application/vnd.in-toto+json";
const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
const PREDICATE_TYPE = "https://slsa.dev/provenance/v1";
const BUILD_TYPE = "urn:contentos:build:archive-of-commit:v1";
const SBOM = "sbom.cdx.json";
const ENVELOPE = "provenance.intoto.json";
const PUBLIC_KEY = "provenance.pub.pem";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const run = (command, ...args) =>
  execFileSync(command, args, { maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "inherit"] });
const git = (...args) =>
  run("git", ...args)
    .toString()
    .trim();

/** What is signed: type and text, each with its length in front (DSSE's pre-authentication encoding). */
const encoded = (payload) =>
  Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `), payload]);

/** From `PROVENANCE_KEY`: an Ed25519 key as PEM, or that in base64, since some places keep no lines. */
function signingKey(given) {
  if (!given) return { privateKey: generateKeyPairSync("ed25519").privateKey, ephemeral: true };
  const pem = given.includes("-----BEGIN") ? given : Buffer.from(given, "base64").toString();
  let privateKey;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new Error(
      "PROVENANCE_KEY is no private key: give one as PEM, such as `openssl genpkey -algorithm ed25519` makes.",
    );
  }
  if (privateKey.asymmetricKeyType !== "ed25519") throw new Error("PROVENANCE_KEY has to be an Ed25519 key.");
  return { privateKey, ephemeral: false };
}

function make(folder) {
  const startedOn = new Date().toISOString();
  const { privateKey, ephemeral } = signingKey(process.env.PROVENANCE_KEY);
  const commit = git("rev-parse", "HEAD");
  const { name, version } = JSON.parse(git("show", "HEAD:package.json"));
  const archive = `${name}-${version}-${commit.slice(0, 12)}.tar.gz`;
  // Of the commit and not of the folder: what is not committed is in no archive. The same commit gives the same bytes.
  const files = {
    [archive]: run("git", "archive", "--format=tar.gz", `--prefix=${name}-${version}/`, commit),
    [SBOM]: run("npm", "sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only"),
  };
  const statement = {
    _type: STATEMENT_TYPE,
    subject: Object.entries(files).map(([name, bytes]) => ({ name, digest: { sha256: sha256(bytes) } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: { commit },
        internalParameters: { key: ephemeral ? "ephemeral" : "given", node: process.version },
        resolvedDependencies: [
          {
            uri: process.env.PROVENANCE_REPOSITORY ?? "urn:contentos:repository:unnamed",
            digest: { gitCommit: commit },
          },
          { name: "package-lock.json", digest: { sha256: sha256(run("git", "show", "HEAD:package-lock.json")) } },
        ],
      },
      runDetails: {
        builder: { id: process.env.PROVENANCE_BUILDER ?? "urn:contentos:builder:unnamed" },
        metadata: { invocationId: randomUUID(), startedOn, finishedOn: new Date().toISOString() },
      },
    },
  };
  const payload = Buffer.from(JSON.stringify(statement));
  const publicKey = createPublicKey(privateKey);
  const keyid = sha256(publicKey.export({ type: "spki", format: "der" }));
  const signatures = [{ keyid, sig: sign(null, encoded(payload), privateKey).toString("base64") }];
  const envelope = { payloadType: PAYLOAD_TYPE, payload: payload.toString("base64"), signatures };
  mkdirSync(folder, { recursive: true });
  for (const [file, bytes] of Object.entries(files)) writeFileSync(path.join(folder, file), bytes);
  writeFileSync(path.join(folder, ENVELOPE), `${JSON.stringify(envelope, null, 1)}\n`);
  writeFileSync(path.join(folder, PUBLIC_KEY), publicKey.export({ type: "spki", format: "pem" }));
  console.info(`Made ${archive}, ${SBOM} and ${ENVELOPE} in ${folder}, signed by the key ${keyid.slice(0, 16)}.`);
  if (ephemeral)
    console.info(
      "PROVENANCE_KEY is not set: that key was made for this once. It proves that the files belong together, and not who made them.",
    );
}

/** @throws Error that says what does not hold */
function check(folder, keyFile) {
  const publicKey = createPublicKey(readFileSync(keyFile));
  if (publicKey.asymmetricKeyType !== "ed25519") throw new Error(`${keyFile} is no Ed25519 key.`);
  const { payloadType, payload, signatures } = JSON.parse(readFileSync(path.join(folder, ENVELOPE), "utf8"));
  if (payloadType !== PAYLOAD_TYPE) throw new Error(`${ENVELOPE} holds no in-toto statement.`);
  const bytes = Buffer.from(payload, "base64");
  // What a signature says of its key is a hint by whoever wrote it: the key is the one that was given.
  const isSigned = signatures.some(({ sig }) => verify(null, encoded(bytes), publicKey, Buffer.from(sig, "base64")));
  if (!isSigned) throw new Error(`${ENVELOPE} is not signed by this key, or was changed.`);
  const { _type, predicateType, subject, predicate } = JSON.parse(bytes.toString());
  if (
    _type !== STATEMENT_TYPE ||
    predicateType !== PREDICATE_TYPE ||
    predicate.buildDefinition.buildType !== BUILD_TYPE
  )
    throw new Error("What was signed is no provenance of an archive.");
  if (!subject.some(({ name }) => name === SBOM) || !subject.some(({ name }) => name.endsWith(".tar.gz")))
    throw new Error(`What was signed names no archive, or no ${SBOM}.`);
  for (const { name, digest } of subject) {
    if (path.basename(name) !== name) throw new Error(`${name} is no file of this folder.`);
    if (sha256(readFileSync(path.join(folder, name))) !== digest.sha256)
      throw new Error(`${name} is not what was signed.`);
  }
  const { externalParameters, internalParameters } = predicate.buildDefinition;
  console.info(
    `${subject.map(({ name }) => name).join(" and ")} are as they were signed, from commit ${externalParameters.commit}.`,
  );
  if (internalParameters.key === "ephemeral")
    console.info("They were signed by a key made for that once: they belong together, and nobody vouches for them.");
}

const [command, folder, ...rest] = process.argv.slice(2);
const keyFile = rest[0] === "--key" ? rest[1] : undefined;
try {
  if (command === "make" && folder && rest.length === 0) make(folder);
  else if (command === "verify" && folder && keyFile) check(folder, keyFile);
  else throw new Error("Say `make <folder>`, or `verify <folder> --key <public key>` with the key of whom you trust.");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
