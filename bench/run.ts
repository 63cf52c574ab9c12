import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchApi } from "./api";
import { openBench } from "./lib/bench";

/**
 * `npm run bench` measures everything; `npm run bench -- --items 100000` with a smaller database.
 * Each figure is a ratio within one interleaved run, on the median.
 */
async function main() {
  const { values } = parseArgs({
    options: {
      items: { type: "string", default: "1000000" },
      seconds: { type: "string", default: "4" },
      rounds: { type: "string", default: "5" },
    },
  });
  const dataDir = await mkdtemp(join(tmpdir(), "contentos-bench-"));
  const size = { items: Number(values.items), seconds: Number(values.seconds), rounds: Number(values.rounds) };
  console.log(
    `Node ${process.version}, ${cpus().length} cores, ${size.items} items, ${size.rounds} rounds of ${size.seconds} s\n`,
  );
  const bench = await openBench(dataDir, size.items);
  try {
    await benchApi(bench, size);
  } finally {
    await bench.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main();
process.exit(0);
