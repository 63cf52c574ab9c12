import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { readDocument } from "#tests/api/operations";
import { recordOfProcessing } from "./record-of-processing";
import { generateSdk } from "./sdk/generate";

for (const [path, text] of Object.entries(await written())) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`Wrote ${path}\n`);
}

async function written(): Promise<Record<string, string>> {
  return { ...generateSdk(await readDocument()), "docs/record-of-processing.md": recordOfProcessing() };
}
