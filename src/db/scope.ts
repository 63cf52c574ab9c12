import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import {
  type Actor,
  type AnyActor,
  isUuid,
  type JobClaim,
  type Person,
  type Role,
  type SessionClaim,
  type SystemActor,
} from "@/platform/actor";
import type { Database, PersonTx, SiteTx, WorkspaceTx } from "./client";
import { EnteredQuery, type Entry } from "./entered-query";
import { nameGivenColumnsOnly } from "./named-columns";

/** Runs `work` in a transaction that sees one workspace, if the session is alive and its person a member. */
export const withWorkspace = <T>(
  db: Database,
  claim: SessionClaim,
  work: (tx: WorkspaceTx, actor: Actor) => Promise<T>,
) =>
  inTransaction(db, sessionEntry(claim), (tx, entered) =>
    work(bound(tx as WorkspaceTx, db, memberOf(entered, claim.requestId)), memberOf(entered, claim.requestId)),
  );

/** Runs `work` for a signed-in person who is in no workspace, or in several. */
export const withPerson = <T>(
  db: Database,
  claim: Omit<SessionClaim, "workspaceId">,
  work: (tx: PersonTx, person: Person) => Promise<T>,
) =>
  inTransaction(db, personEntry(claim.sessionId), (tx, entered) => {
    const person = { userId: entered.split("|")[1]!, requestId: claim.requestId };
    databases.set(tx, db);
    return work(tx as PersonTx, person);
  });

/** Runs `work` in the workspace of a job that the worker holds. */
export const withJob = <T>(db: Database, claim: JobClaim, work: (tx: WorkspaceTx, actor: SystemActor) => Promise<T>) =>
  inTransaction(db, jobEntry(claim), (tx, entered) => {
    const actor = { workspaceId: entered.split("|")[0]!, userId: null, role: "System", requestId: undefined } as const;
    return work(bound(tx as WorkspaceTx, db, actor), actor);
  });

/** Runs `work` for a visitor of a site: published pages to read, visits to count. */
export const withSite = <T>(db: Database, slug: string, work: (tx: SiteTx) => Promise<T>) =>
  inTransaction(db, visitorEntry(slug), (tx) => work(tx as SiteTx));

/**
 * Runs one read in one round trip: the entry and the statement travel together,
 * and Postgres runs both in a transaction of their own, read only.
 */
export const readWorkspace = <T>(db: Database, claim: SessionClaim, read: (tx: WorkspaceTx) => Promise<T>) =>
  inOneRead(db, sessionEntry(claim), (tx) => read(tx as WorkspaceTx));

export const readPerson = <T>(
  db: Database,
  claim: Pick<SessionClaim, "sessionId">,
  read: (tx: PersonTx) => Promise<T>,
) => inOneRead(db, personEntry(claim.sessionId), (tx) => read(tx as PersonTx));

export const readSite = <T>(db: Database, slug: string, read: (tx: SiteTx) => Promise<T>) =>
  inOneRead(db, visitorEntry(slug), (tx) => read(tx as SiteTx));

type Founding = { name: string; slug: string; branding: object; timeZone: string; region: string };

/** A person founds a workspace and goes on in it as its Admin, in the same transaction; undefined where the slug is taken. */
export async function foundWorkspace(
  tx: PersonTx,
  person: Person,
  { name, slug, branding, timeZone, region }: Founding,
) {
  const { rows } = await tx.execute<{ id: string | null }>(
    sql`select app.found_workspace(${name}, ${slug}, ${JSON.stringify(branding)}, ${timeZone}, ${region}) as id`,
  );
  const workspaceId = rows[0]!.id;
  if (!workspaceId) return undefined;
  return goOn(tx, { workspaceId, userId: person.userId, role: "Admin", requestId: person.requestId });
}

/** A person accepts an invitation and goes on in its workspace, in the same transaction. */
export async function acceptInvitation(tx: PersonTx, person: Person, tokenHash: string) {
  const { rows } = await tx.execute<{ entered: string }>(sql`select app.accept_invitation(${tokenHash}) as entered`);
  return goOn(tx, memberOf(rows[0]!.entered, person.requestId));
}

/** The database and the actor of a transaction, for the outbox. */
export function contextOf(tx: WorkspaceTx): { db: Database; actor: AnyActor } {
  const db = databases.get(tx);
  const actor = actors.get(tx);
  if (!db || !actor) throw new Error("Not a transaction of withWorkspace or withJob");
  return { db, actor };
}

const databases = new WeakMap<object, Database>();
const actors = new WeakMap<object, AnyActor>();

function bound(tx: WorkspaceTx, db: Database, actor: AnyActor) {
  databases.set(tx, db);
  actors.set(tx, actor);
  return tx;
}

const goOn = (tx: PersonTx, actor: Actor) => ({
  tx: bound(tx as unknown as WorkspaceTx, databases.get(tx)!, actor),
  actor,
});

function memberOf(entered: string, requestId: string | undefined): Actor {
  const [workspaceId, userId, role] = entered.split("|") as [string, string, Role];
  return { workspaceId, userId, role, requestId };
}

/** An id that is no UUID names nothing, as one that doesn't exist. */
function uuid(id: string) {
  if (!isUuid(id)) throw Object.assign(new Error("Not a lower-case UUID"), { code: "CO404" });
  return id;
}

const sessionEntry = ({ sessionId, workspaceId }: SessionClaim): Entry => ({
  name: "enter_session",
  text: "select app.enter_session($1, $2) as entered",
  values: [uuid(sessionId), workspaceId === undefined ? null : uuid(workspaceId)],
});
const personEntry = (sessionId: string): Entry => ({
  name: "enter_person",
  text: "select app.enter_person($1) as entered",
  values: [uuid(sessionId)],
});
const jobEntry = ({ jobId, workerId }: JobClaim): Entry => ({
  name: "enter_job",
  text: "select app.enter_job($1, $2) as entered",
  values: [jobId, workerId],
});
const visitorEntry = (slug: string): Entry => ({
  name: "enter_visitor",
  text: "select app.enter_visitor($1) as entered",
  values: [slug],
});

type Handle = PersonTx | WorkspaceTx | SiteTx;

async function inTransaction<T>(
  db: Database,
  entry: Entry,
  work: (tx: Handle, entered: string) => Promise<T>,
): Promise<T> {
  const client = await db.pool.connect();
  const handle = closable(client);
  let broken: Error | undefined;
  try {
    const result = await work(asTx(handle), await begin(client, entry));
    if (client.getTransactionStatus() === "I") throw new Error("The work ended its own transaction");
    const { command } = await client.query("commit");
    if (command !== "COMMIT")
      throw new Error("A failed statement was swallowed: Postgres answered the commit with a rollback");
    return result;
  } catch (error) {
    handle.close();
    await client.query("rollback").catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    handle.close();
    client.release(broken);
  }
}

async function inOneRead<T>(db: Database, entry: Entry, read: (tx: Handle) => Promise<T>): Promise<T> {
  const client = await db.pool.connect();
  const readOnly = {
    ...entry,
    name: `${entry.name}_read`,
    text: `${entry.text}, set_config('transaction_read_only', 'on', true)`,
  };
  let spent = false;
  let broken = false;
  const query = (config: pg.QueryArrayConfig | string, values: unknown[] = []) => {
    if (spent) throw new Error("A read is one statement; withWorkspace is for several");
    spent = true;
    return new Promise((resolve, reject) => {
      const entered = new EnteredQuery(readOnly, config, values, (error, answer) => {
        broken ||= error !== null && spoils(error);
        if (error) reject(error);
        else resolve(answer.result);
      });
      client.query(entered as unknown as pg.Submittable);
    });
  };
  try {
    return await read(asTx({ query }));
  } finally {
    spent = true;
    client.release(broken || client.getTransactionStatus() !== "I");
  }
}

/** After these, the connection's prepared statements are not what we believe; after no SQLSTATE at all, nothing is. */
const spoils = (error: Error) =>
  !(error instanceof pg.DatabaseError) || ["0A000", "26000", "42P05"].includes(error.code ?? "");

const asTx = (client: object) =>
  nameGivenColumnsOnly(drizzle({ client: client as pg.PoolClient, casing: "snake_case" })) as unknown as Handle;

/** A simple query saves a round trip and takes no parameters, so the values are escaped literals. */
async function begin(client: pg.PoolClient, entry: Entry): Promise<string> {
  const text = entry.text.replace(/\$(\d)/g, (_, n: string) => {
    const value = entry.values[Number(n) - 1];
    return value == null ? "null" : pg.escapeLiteral(value);
  });
  const results = await client.query(`begin; ${text}`);
  return (results as unknown as pg.QueryResult<{ entered: string }>[])[1]!.rows[0]!.entered;
}

/**
 * Of two queries run side by side, one may fail while the other has yet to be
 * sent. It must not be sent later, on a connection that by then serves another workspace.
 */
function closable(client: pg.PoolClient) {
  let open = true;
  return {
    close: () => {
      open = false;
    },
    query: (...args: unknown[]) => {
      if (!open) throw new Error("This transaction is over");
      return (client.query as (...args: unknown[]) => unknown)(...args);
    },
  };
}
