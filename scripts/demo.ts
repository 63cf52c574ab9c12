import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readGuides } from "./demo/guides";
import { tellStory } from "./demo/story";

const GUIDES = fileURLToPath(new URL("../docs/guides", import.meta.url));

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main() {
  const { values } = parseArgs({ options: { "no-wait": { type: "boolean", default: false } } });
  const base = (process.env.CONTENTOS_URL ?? "http://localhost:3000").replace(/\/+$/, "");
  if (!(await answers(base))) {
    process.stderr.write(`Nothing answers at ${base}: run \`npm start\` first, in another terminal.\n`);
    process.exitCode = 1;
    return;
  }
  const { BLUESKY_SERVICE: service, BLUESKY_HANDLE: identifier, BLUESKY_PASSWORD: appPassword } = process.env;
  print(`A story in eight acts, told to ${base}`);
  await tellStory({
    base,
    suffix: randomInt(36 ** 5)
      .toString(36)
      .padStart(5, "0"),
    guides: readGuides(GUIDES),
    bluesky: service && identifier && appPassword ? { service, identifier, appPassword } : undefined,
    patient: !values["no-wait"],
    print,
  });
}

const answers = async (base: string) => {
  try {
    return (await fetch(`${base}/api/v1/health/live`)).ok;
  } catch {
    return false;
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`\nThe story ended early: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
