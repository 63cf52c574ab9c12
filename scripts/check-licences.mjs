// Licences of what a deployment installs, by the lock file and by what the packages themselves say. Reads nothing from the network.
import { readFileSync } from "node:fs";
import path from "node:path";

const ALLOWED = new Set([
  ...["MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BlueOak-1.0.0"],
  ...["Python-2.0", "Unlicense", "CC0-1.0", "Zlib"],
]);

/** What may stay although its licence is not on the list, and why. An entry that nothing needs any more is a fault too. */
const EXCEPTIONS = [
  {
    name: /^@img\/sharp-(libvips-|wasm32$|win32-)/,
    licence: /LGPL-3\.0-or-later/,
    why: "libvips comes as a shared library of its own, is loaded at run time, isn't changed, and can be replaced",
  },
  {
    name: /^caniuse-lite$/,
    licence: /^CC-BY-4\.0$/,
    why: "a table of browsers that the build reads; its authors are named in the package",
  },
];

const FEWEST_PACKAGES = 1;
const root = process.argv[2] ?? ".";

/** SPDX: one of the alternatives has to be allowed, and all parts of it. */
const isAllowed = (licence) =>
  licence
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((alternative) => alternative.split(" AND ").every((part) => ALLOWED.has(part.trim())));

/** What the package says; for one of another platform, which isn't installed, what the lock file says. */
function licenceOf(folder, entry) {
  let said = entry.license;
  try {
    const manifest = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
    said = manifest.license ?? manifest.licenses?.map(({ type }) => type).join(" OR ");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return typeof said === "object" ? said?.type : said;
}

const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));
const installed = Object.entries(lock.packages).filter(
  ([folder, entry]) => folder.includes("node_modules/") && !entry.dev && !entry.link,
);

const faults = [];
const used = new Set();
for (const [folder, entry] of installed) {
  const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
  const licence = licenceOf(folder, entry);
  if (licence && isAllowed(licence)) continue;
  const exception = EXCEPTIONS.find((candidate) => candidate.name.test(name) && candidate.licence.test(licence ?? ""));
  if (exception) used.add(exception);
  else faults.push(`${name}: ${licence ?? "no licence"} is not allowed: see scripts/check-licences.mjs.`);
}
if (process.argv[2] === undefined) {
  for (const exception of EXCEPTIONS) {
    if (!used.has(exception)) faults.push(`No package needs the exception ${exception.name} any more.`);
  }
}
if (installed.length < FEWEST_PACKAGES) faults.push("No package was read: the licences were not checked.");

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
