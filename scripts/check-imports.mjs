// Import rules, and proof that they were read: with the wrong parser dependency-cruiser sees no module and finds no fault.
import { createRequire } from "node:module";

const FEWEST_MODULES = 100;

// dependency-cruiser 17 leaves `tsx` unset for swc, and TypeScript 7 has no API that it could use instead.
const swc = createRequire(import.meta.url)("@swc/core");
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith("x") });

const { cruise } = await import("dependency-cruiser");
const { default: extractOptions } = await import("dependency-cruiser/config-utl/extract-depcruise-options");
const { default: extractTsConfig } = await import("dependency-cruiser/config-utl/extract-ts-config");

const options = await extractOptions("./.dependency-cruiser.cjs");
const { output } = await cruise(["src", "packages"], options, undefined, {
  tsConfig: extractTsConfig("tsconfig.json"),
});
const { violations, totalCruised } = output.summary;

for (const { rule, from, to } of violations) process.stderr.write(`${rule.name}: ${from} → ${to}\n`);
if (totalCruised < FEWEST_MODULES)
  process.stderr.write(`Only ${totalCruised} modules were read: the import rules were not checked.\n`);
const unread = !output.modules.some(({ source }) => source.endsWith(".tsx"));
if (unread) process.stderr.write("No page was read: the import rules were not checked.\n");
process.exitCode = violations.length > 0 || totalCruised < FEWEST_MODULES || unread ? 1 : 0;
