import { ZipFile } from "yazl";
import type { Database } from "@/db/client";
import { columnsOf, PROCESSING } from "@/db/processing";
import { readPerson, withPerson, withWorkspace } from "@/db/scope";
import { record } from "@/features/audit";
import type { SessionClaim } from "@/platform/actor";
import { csv } from "@/platform/csv";
import { listChoices } from "./choices/queries";
import * as queries from "./queries";
import { requireWhole } from "./service";

/** Rows of one table in one workspace; a file says so where there are more. */
const MOST_ROWS = 50_000;

type Deps = {
  db: Database;
  /** What the room of accounts has of a person, which no other log-in reads. */
  identity: { everythingOf(userId: string): Promise<Record<string, Record<string, unknown>[]>> };
};
type Claim = Omit<SessionClaim, "workspaceId">;

const README = `Everything that ContentOS keeps about you.

account/     who you are, how you sign in and where you are signed in, what you agreed to and what you opted out of
<workspace>/ a file for each table, with every row that names you by your id: what you wrote, decided, uploaded and did

Each is there as JSON and as CSV. Passwords, tokens and keys are left out: they are kept as hashes, or sealed.
What a table is for is in the record of processing. Files of a workspace's library belong to it: its Admins export them.
`;

/** Everything about a person, of all their workspaces, each read in its own scope as they may read it. */
export async function exportPerson({ db, identity }: Deps, claim: Claim): Promise<ZipFile> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(README), "README.txt");
  const { person, own } = await withPerson(db, claim, async (tx, { userId }) => {
    await requireWhole(tx);
    // Of no workspace, and seen in no other scope.
    const own = { privacy_consents: await queries.listConsents(tx), privacy_choices: await listChoices(tx, MOST_ROWS) };
    return { person: userId, own };
  });
  const account = { ...(await identity.everythingOf(person)), ...own };
  for (const [name, rows] of Object.entries(account)) addTable(zip, `account/${name}`, rows);
  const workspaces = await readPerson(db, claim, queries.listOwnWorkspaces);
  for (const { id: workspaceId, slug } of workspaces) {
    await withWorkspace(db, { ...claim, workspaceId }, async (tx, actor) => {
      for (const table of await queries.readableTables(tx)) {
        const wanted = told(table);
        if (wanted.ids.length === 0) continue;
        addTable(zip, `${slug}/${table.name}`, await queries.rowsNaming(tx, wanted, actor.userId, MOST_ROWS));
      }
      // Whoever asks for what is kept of them gets it from a frozen workspace as well, which writes nothing down any more.
      if (!(await queries.isFrozen(tx)))
        record(tx, actor, { action: "privacy.exported", subjectType: "member", subjectId: actor.userId });
    });
  }
  zip.end();
  return zip;
}

/** Without secrets, and without what nobody has said a word about: a test finds that first. */
function told({ name, columns }: queries.ReadableTable) {
  const said = PROCESSING[name] && columnsOf(PROCESSING[name]);
  const open = columns.filter((column) => (said?.get(column.name) ?? "secret") !== "secret" && column.name !== "terms");
  return {
    name,
    columns: open.map((column) => column.name),
    ids: open.filter(({ uuid }) => uuid).map((column) => column.name),
  };
}

function addTable(zip: ZipFile, path: string, rows: Record<string, unknown>[]) {
  if (rows.length === 0) return;
  const names = Object.keys(rows[0]!);
  const cell = (value: unknown) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Date) return value.toISOString();
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  const last = rows.length === MOST_ROWS ? [[`These are the first ${MOST_ROWS} rows.`]] : [];
  zip.addBuffer(Buffer.from(`${JSON.stringify(rows, null, 1)}\n`), `${path}.json`);
  zip.addBuffer(
    Buffer.from(csv([names, ...rows.map((row) => names.map((name) => cell(row[name]))), ...last])),
    `${path}.csv`,
  );
}
