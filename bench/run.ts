import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchAi } from "./ai";
import { benchApi } from "./api";
import { benchGateway } from "./gateway";
import { benchKeys } from "./keys";
import { openBench } from "./lib/bench";
import { benchList } from "./list";
import { benchProcess } from "./process";
import { benchPublish } from "./publish";
import { benchSearch } from "./search";
import { benchUi } from "./ui";

/**
 * `npm run bench` measures everything; `npm run bench -- api list --items 100000` some of it, on a smaller database.
 * Each figure is a ratio within one interleaved run, on the median.
 */
async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      items: { type: "string", default: "1000000" },
      seconds: { type: "string", default: "4" },
      rounds: { type: "string", default: "5" },
      articles: { type: "string", default: "60" },
      asked: { type: "string", default: "60" },
      chars: { type: "string", default: "6000" },
    },
  });
  const size = { items: Number(values.items), seconds: Number(values.seconds), rounds: Number(values.rounds) };
  const wanted = new Set(
    positionals.length > 0 ? positionals : ["api", "keys", "list", "search", "publish", "process", "ui"],
  );
  console.log(
    `Node ${process.version}, ${cpus().length} cores, ${size.items} items, ${size.rounds} rounds of ${size.seconds} s\n`,
  );

  if (wanted.has("ui")) await benchUi(size);
  if (wanted.has("process")) await within((dataDir) => benchProcess(dataDir, size));
  if (wanted.has("ai"))
    await within((dataDir) =>
      benchAi(dataDir, {
        articles: Number(values.articles),
        asked: Number(values.asked),
        chars: Number(values.chars),
      }),
    );
  if (wanted.has("gateway")) await within((dataDir) => benchGateway(dataDir, size));
  if (!["api", "keys", "list", "search", "publish"].some((name) => wanted.has(name))) return;
  await within(async (dataDir) => {
    const bench = await openBench(dataDir, size.items);
    try {
      if (wanted.has("api")) await benchApi(bench, size);
      if (wanted.has("keys")) await benchKeys(bench, size);
      if (wanted.has("list")) {
        await within(async (other) => {
          const small = await openBench(other, 10_000);
          await benchList(bench, small, size).finally(small.close);
        });
      }
      if (wanted.has("search")) await benchSearch(bench, size);
      if (wanted.has("publish")) await benchPublish(bench);
    } finally {
      await bench.close();
    }
  });
}

async function within(work: (dataDir: string) => Promise<void>) {
  const dataDir = await mkdtemp(join(tmpdir(), "contentos-bench-"));
  try {
    await work(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

await main();
process.exit(0);
