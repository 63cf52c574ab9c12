import { parseConfig } from "@/platform/config";
import { StartError } from "@/platform/errors";
import { openDatabase } from "./database";
import { keptSecret } from "./secret";

/** Brings the database up to date and ends: for a deployment whose servers don't migrate. */
async function main() {
  const config = parseConfig(process.env);
  const secret = config.secret ?? keptSecret(config.dataDir);
  const database = await openDatabase({ config, secret, say: (sentence) => process.stdout.write(`  ${sentence}\n`) });
  await database.stop();
  process.stdout.write("  The database is up to date.\n");
}

main().catch((error: unknown) => {
  if (error instanceof StartError) process.stderr.write(`\n  ${error.message}\n\n`);
  else console.error(error);
  process.exitCode = 1;
});
