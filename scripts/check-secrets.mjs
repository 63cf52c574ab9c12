// Secrets in files that are kept in git. Prints where, and never what.
import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";

const BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Fewer different characters are a placeholder, such as a row of x. */
const FEWEST_CHARACTERS = 10;
const LARGEST_BYTES = 5_000_000;

/** A key of ours ends with a checksum, so that nothing else is taken for one: as src/features/auth/keys/token.ts makes them. */
function isApiKey(text) {
  const [, random, checksum] = /^cos(?:dir)?_(\w{43})(\w{6})$/.exec(text) ?? [];
  let rest = crc32(random ?? "");
  let digits = "";
  for (let i = 0; i < 6; i++) {
    digits = BASE_62[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits === checksum;
}

/** By Standard Webhooks: 24 to 64 bytes in base64. */
function isWebhookSecret(text) {
  const encoded = text.slice("whsec_".length);
  const bytes = Buffer.from(encoded, "base64");
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString("base64") === encoded;
}

const KINDS = [
  {
    name: "a private key",
    pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\s*(?:\\n)?[A-Za-z0-9+/=]{20,}/g,
  },
  { name: "a key of AWS", pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  { name: "a key of Google", pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  { name: "a key of Stripe", pattern: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{20,}\b/g },
  { name: "a token of GitHub", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,})\b/g },
  { name: "a token of Slack", pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{20,}/g },
  {
    name: "a webhook of Slack",
    pattern: /hooks\.slack\.com\/services\/T[A-Z0-9]{8,}\/B[A-Z0-9]{8,}\/[A-Za-z0-9]{20,}/g,
  },
  { name: "a key of SendGrid", pattern: /\bSG\.[\w-]{20,}\.[\w-]{40,}/g },
  { name: "a key of OpenAI or OpenRouter", pattern: /\bsk-(?:or-v1-|proj-)?[A-Za-z0-9_-]{40,}/g },
  { name: "a key of the API", pattern: /\bcos(?:dir)?_[0-9A-Za-z]{49}\b/g, holds: isApiKey },
  { name: "a webhook's secret", pattern: /\bwhsec_[A-Za-z0-9+/]{32,88}={0,2}/g, holds: isWebhookSecret },
];

/** Secrets of nothing, by file: each says whose they are. One that is gone is a fault too. */
const EXAMPLES = {
  "src/features/webhooks/contract.ts": "the example of the Standard Webhooks specification, in the API's documentation",
};

const root = process.argv[2] ?? ".";
const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 50_000_000 })
  .split("\0")
  .filter((file) => file !== "");

function textOf(file) {
  try {
    const { size } = lstatSync(path.join(root, file));
    return size > LARGEST_BYTES ? "" : readFileSync(path.join(root, file), "latin1");
  } catch (error) {
    // Removed and not yet committed, or a link to a folder.
    if (error.code === "ENOENT" || error.code === "EISDIR") return "";
    throw error;
  }
}

const faults = [];
const used = new Set();
for (const file of files) {
  const text = textOf(file);
  for (const { name, pattern, holds = () => true } of KINDS) {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      if (new Set(found).size < FEWEST_CHARACTERS || !holds(found)) continue;
      if (file in EXAMPLES) used.add(file);
      else faults.push(`${file}:${text.slice(0, index).split("\n").length}: this looks like ${name}.`);
    }
  }
}
if (process.argv[2] === undefined) {
  for (const file of Object.keys(EXAMPLES)) {
    if (!used.has(file)) faults.push(`${file} has no secret any more: take it off the examples.`);
  }
}
if (files.length === 0) faults.push("No file was read: nothing was looked for.");

for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0)
  process.stderr.write("Revoke what is real; see scripts/check-secrets.mjs for what is an example.\n");
process.exitCode = faults.length > 0 ? 1 : 0;
