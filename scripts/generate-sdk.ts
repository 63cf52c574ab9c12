import { writeFileSync } from "node:fs";
import { readDocument } from "#tests/api/operations";
import { generateSdk } from "./sdk/generate";

for (const [path, text] of Object.entries(generateSdk(await readDocument()))) {
  writeFileSync(path, text);
  process.stdout.write(`Wrote ${path}\n`);
}
