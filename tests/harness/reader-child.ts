import { readWhole } from "#tests/factories/whole";
import { detect, openSource, readEntries } from "@/features/transfer/readers/detect";

/** Reads a source to its end in a process of its own, and says what it found and the most memory that it held. */
const [path = "", name = ""] = process.argv.slice(2);
const counts = { entries: 0, problems: 0, skipped: 0 };
let failure = "";
try {
  const source = await openSource(path, name);
  for await (const piece of readEntries(source, await detect(source), {})) {
    const found = await readWhole(piece);
    counts["problem" in found ? "problems" : "skipped" in found ? "skipped" : "entries"] += 1;
  }
  await source.close();
} catch (error) {
  failure = (error as Error).message;
}
// In kilobytes, as Linux and macOS tell it to Node.
console.log(JSON.stringify({ ...counts, failure, peakBytes: process.resourceUsage().maxRSS * 1024 }));
