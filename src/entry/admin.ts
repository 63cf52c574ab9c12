import { parseArgs } from "node:util";
import { createPool } from "@/db/client";
import { createIdentity } from "@/features/auth";
import { eraseAgain } from "@/features/privacy";
import { reindexByOperator } from "@/features/search";
import { isUuid } from "@/platform/actor";
import { systemClock } from "@/platform/clock";
import { parseConfig } from "@/platform/config";
import { AppError, StartError } from "@/platform/errors";
import { createLogger } from "@/platform/logger";
import { createMailer } from "@/platform/mail";
import { createKeyring } from "@/platform/secrets";
import { createStorage } from "@/platform/storage/create";
import { verifyHere } from "./admin-audit";
import { backUpHere, restoreHere } from "./admin-backup";
import { manageCredits, managePlan } from "./admin-credits";
import { checkStorage, placeOfFiles } from "./admin-storage";
import { support } from "./admin-support";
import { exportHere, type Flags, importHere, type Stage } from "./admin-transfer";
import { createErasures, createShredding } from "./anchors";
import { openDatabase } from "./database";
import { keptSecret } from "./secret";

const USAGE = `
  npm run admin -- reset-password EMAIL   prints a link that sets a new password, once
  npm run admin -- verify-email EMAIL     says that an address is its owner's, where no mail can be sent
  npm run admin -- suspend EMAIL          signs a person out everywhere and keeps them out
  npm run admin -- rotate-keys            signs tokens with a new key from now on
  npm run admin -- rotate-saml-keys [--days 14]
                                          tells SAML providers a new key of ours, which is used that many days later
  npm run admin -- reindex [--workspace ID]
                                          lets the worker index all texts anew, or one workspace's
  npm run admin -- import PATH --workspace SLUG --as EMAIL [--source NAME] [--encoding windows-1252] [--dry-run]
                                          brings in a folder, a zip, a WordPress export, a feed or a ContentOS export
  npm run admin -- export --to FILE --workspace SLUG --as EMAIL
                                          writes an archive that another deployment imports without loss
  npm run admin -- credits --workspace ID [--add 500 [--note TEXT]] [--tier Team]
                                          tells a workspace's credits for AI, adds some, or sets its tier
  npm run admin -- tier Team --workspace ID
                                          sets the plan of the account that pays for a workspace; default gives it the deployment's
  npm run admin -- audit verify [--workspace SLUG]
                                          makes every hash of the audit logs anew, and says what was changed past ContentOS
  npm run admin -- backup --to FILE       writes all rows into a file that opens with this deployment's keys alone
  npm run admin -- restore FILE           brings a backup into a data directory or database that is empty
  npm run admin -- privacy erase-again    after a backup was restored: erases anew who and what was erased since it was made
  npm run admin -- support begin --workspace SLUG --as EMAIL --reason TEXT [--minutes 60]
                                          lets a person who is no member read a workspace for a while; its Admins are told
  npm run admin -- support end --workspace SLUG
                                          ends that at once
  npm run admin -- storage check          puts, reads and removes a small file where files are kept, and says what is wrong
`;

type Tools = Stage & { workerPool: ReturnType<typeof createPool> };
type Command = (tools: Tools, operand: string | undefined, flags: Flags) => Promise<string>;

const COMMANDS: Record<string, Command> = {
  "reset-password": async ({ identity }, email) => {
    const { link } = await identity.resetPasswordByOperator(required(email, "reset-password EMAIL"));
    return `This link sets a new password. It works once, for an hour:\n\n  ${link}`;
  },
  "verify-email": async ({ identity }, email) => {
    const address = required(email, "verify-email EMAIL");
    if (!(await identity.verifyEmailByOperator(address)))
      throw new StartError(`There is no account with the address ${address}.`);
    return `${address} counts as confirmed.`;
  },
  suspend: async ({ identity }, email) => {
    const address = required(email, "suspend EMAIL");
    if (!(await identity.suspendByOperator(address)))
      throw new StartError(`There is no account with the address ${address}.`);
    return `${address} is signed out everywhere and can't sign in.`;
  },
  "rotate-keys": async ({ identity }) => {
    await identity.rotateSigningKeys();
    return "Tokens are signed with a new key from now on; older ones are good until they expire.";
  },
  "rotate-saml-keys": async ({ identity }, _, { days = "14" }) => {
    if (!/^\d{1,3}$/.test(days)) throw new StartError("Say in how many days the new key is to sign: --days 14");
    await identity.sso.saml.rotateKeys(Number(days));
    return days === "0"
      ? "Requests are signed by a new key from now on, and the one before opens nothing any more: give providers the new metadata."
      : `The metadata tells a new key. It signs in ${days} days; the one before is good for as long again.`;
  },
  reindex: async ({ workerPool }, _, { workspace }) => {
    const count = workspace && !isUuid(workspace) ? 0 : await reindexByOperator(workerPool, workspace);
    if (workspace && count === 0) throw new StartError(`There is no workspace with the id ${workspace}.`);
    return `The worker indexes the texts of ${count === 1 ? "1 workspace" : `${count} workspaces`} anew. Search goes on meanwhile.`;
  },
  credits: ({ workerPool }, _, flags) => manageCredits(workerPool, flags),
  tier: ({ workerPool }, tier, flags) => managePlan(workerPool, { ...flags, tier }),
  audit: (stage, what, flags) => {
    if (what !== "verify") throw new StartError("Say what to do: npm run admin -- audit verify [--workspace SLUG]");
    return verifyHere(stage, flags.workspace);
  },
  privacy: async ({ workerPool, config, secret }, what) => {
    if (what !== "erase-again") throw new StartError("Say what to do: npm run admin -- privacy erase-again");
    const keyring = createKeyring(secret, config.previousSecrets);
    const storage = createStorage({ config, keyring, clock: systemClock });
    const { people, workspaces } = await eraseAgain(workerPool, {
      erasures: createErasures(config),
      storage,
      shredding: createShredding(config, keyring),
    });
    const who = people === 1 ? "1 person" : `${people} people`;
    return `${who} and ${workspaces === 1 ? "1 workspace" : `${workspaces} workspaces`} were in this database again, and are erased.`;
  },
  support: ({ workerPool }, what, flags) => support(workerPool, what, flags),
  import: (stage, path, flags) => {
    if (!path) throw new StartError("Say what to import: npm run admin -- import PATH --workspace SLUG --as EMAIL");
    return importHere(stage, path, flags);
  },
  export: (stage, _, flags) => exportHere(stage, flags),
  backup: (stage, _, flags) => backUpHere(stage, flags.to),
};

const text = { type: "string" } as const;
const OPTIONS = {
  workspace: text,
  as: text,
  to: text,
  source: text,
  encoding: text,
  add: text,
  note: text,
  tier: text,
  reason: text,
  minutes: text,
  days: text,
  "dry-run": { type: "boolean" },
} as const;

async function main() {
  const { positionals, values: flags } = parseArgs({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: OPTIONS,
  });
  const [name = "", operand] = positionals;
  const print = (answer: string) => void process.stdout.write(`\n  ${answer}\n\n`);
  if (name === "storage" && operand === "check") return print(await storageCheck());
  if (name === "restore") return print(await restoreHere(operand));
  const command = COMMANDS[name];
  if (!command) throw new StartError(`Say what to do:\n${USAGE}`);
  const config = parseConfig(process.env);
  const secret = config.secret ?? keptSecret(config.dataDir);
  const database = await openDatabase({ config, secret, say: () => {} });
  const log = createLogger({ level: "warn" });
  const authPool = createPool(database.urls.auth, { max: 2, applicationName: "contentos admin" });
  const workerPool = createPool(database.urls.worker, { max: 1, applicationName: "contentos admin" });
  try {
    const { publicUrl, previousSecrets } = config;
    const identity = createIdentity({
      authPool,
      masterSecret: secret,
      previousSecrets,
      publicUrl,
      clock: systemClock,
      mailer: createMailer({ ...config.mail, log }),
      log,
    });
    const say = (line: string) => void process.stdout.write(`  ${line}\n`);
    const stage = { config, secret, urls: database.urls, identity, log, say, workerPool };
    print(await command(stage, operand, flags));
  } finally {
    await Promise.all([authPool.end(), workerPool.end()]);
    await database.stop();
  }
}

/** Without the database: files can be looked at before there is one. */
function storageCheck() {
  const config = parseConfig(process.env);
  const keyring = createKeyring(config.secret ?? keptSecret(config.dataDir), config.previousSecrets);
  return checkStorage(createStorage({ config, keyring, clock: systemClock }), placeOfFiles(config));
}

function required(operand: string | undefined, usage: string) {
  if (!operand) throw new StartError(`An address is missing: npm run admin -- ${usage}`);
  return operand;
}

main().catch((error: unknown) => {
  if (error instanceof StartError || error instanceof AppError) process.stderr.write(`\n  ${error.message}\n\n`);
  else console.error(error);
  process.exitCode = 1;
});
