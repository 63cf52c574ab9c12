// Import rules, and proof that they were read: with the wrong parser dependency-cruiser sees no module and finds no fault.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const FEWEST_MODULES = 50;
const root = dirname(createRequire(import.meta.url).resolve("dependency-cruiser/package.json"));

function cruise() {
  const args = [join(root, "bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.cjs", "--output-type", "json", "src"];
  try {
    return execFileSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  } catch (error) {
    return error.stdout;
  }
}

const { summary } = JSON.parse(cruise());
for (const { rule, from, to } of summary.violations) process.stderr.write(`${rule.name}: ${from} → ${to}\n`);
if (summary.totalCruised < FEWEST_MODULES) {
  process.stderr.write(`Only ${summary.totalCruised} modules were read: the import rules were not checked.\n`);
  process.exitCode = 1;
}
if (summary.violations.some(({ rule }) => rule.severity === "error")) process.exitCode = 1;
