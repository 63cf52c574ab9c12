// Import rules, and proof that they were read: with the wrong parser dependency-cruiser sees no module and finds no fault.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const FEWEST_MODULES = 50;
const cruiser = fileURLToPath(new URL("../node_modules/dependency-cruiser/bin/dependency-cruise.mjs", import.meta.url));

function cruise() {
  const args = [cruiser, "--config", ".dependency-cruiser.cjs", "--output-type", "json", "src"];
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
