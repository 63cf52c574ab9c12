import { DrizzleQueryError, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import {
  type Actor,
  type AnyActor,
  type GuestActor,
  type GuestClaim,
  isUuid,
  type JobClaim,
  type KeyClaim,
  type MemberClaim,
  type Person,
  type Role,
  type SessionClaim,
  type SystemActor,
} from "@/platform/actor";
import type { Database, DirectoryTx, GuestTx, PersonTx, ScopedTx, SiteTx, WorkspaceTx } from "./client";
import { nameGivenColumnsOnly } from "./named-columns";
import { pipeline, type Statement } from "./pipeline";

/** Runs `work` in a transaction that sees one workspace, if session or key are alive and the person a member. */
export const withWorkspace = <T>(
  db: Database,
  claim: MemberClaim,
  work: (tx: WorkspaceTx, actor: Actor) => Promise<T>,
) =>
  inTransaction(db, memberEntry(claim), (tx, entered) => {
    noteUse(db, claim, entered);
    noteSupport(claim, entered);
    const actor = memberOf(entered, claim.requestId);
    return work(bound(tx as WorkspaceTx, db, actor), actor);
  });

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

/**
 * Runs `work` as the person who asked for a job that the worker holds, with the role that they have by now: who asked is
 * what `enqueue` wrote down. Throws CO403 where they are no member any more.
 */
export const withJobFor = <T>(db: Database, claim: JobClaim, work: (tx: WorkspaceTx, actor: Actor) => Promise<T>) =>
  inTransaction(db, jobForEntry(claim), (tx, entered) =>
    work(bound(tx as WorkspaceTx, db, memberOf(entered, undefined)), memberOf(entered, undefined)),
  );

/** By what a visitor asks for a site: its slug, or a host that is its own. */
export type SiteClaim = { slug: string } | { host: string };

/** Runs `work` for a visitor of a site: published pages to read, visits to count. */
export const withSite = <T>(db: Database, site: SiteClaim, work: (tx: SiteTx) => Promise<T>) =>
  inTransaction(db, visitorEntry(site), (tx) => work(tx as SiteTx));

/** Runs `work` for a client, if their review link lives and they opened it; what they see and may do is the link's. */
export const withGuest = <T>(
  db: Database,
  claim: GuestClaim,
  work: (tx: GuestTx, guest: GuestActor) => Promise<T>,
): Promise<T> =>
  inTransaction(db, guestEntry(claim), (tx, entered) => {
    const guest = guestOf(entered, claim.requestId);
    return work(bound(tx as GuestTx, db, guest), guest);
  });

/** Runs `work` for a workspace's directory, by its token: it sees no row, and calls the functions that are made for it. */
export const withDirectory = <T>(
  db: Database,
  { tokenHash }: { tokenHash: string },
  work: (tx: DirectoryTx) => Promise<T>,
): Promise<T> =>
  inTransaction(db, { text: "select app.enter_scim($1) as entered", values: [tokenHash] }, (tx, workspaceId) => {
    const actor = { workspaceId, userId: null, role: "System", requestId: undefined } as const;
    // What its functions write down is to be sealed as all else.
    audited.add(tx);
    return work(bound(tx as DirectoryTx, db, actor));
  });

type Opening = GuestClaim & {
  /** By which wrong passcodes are counted. */
  addressHash: string;
  passcodeProof: string | null;
  name: string;
  email: string | null;
};
/** What kept a link closed. The try was committed, so that it counts. */
export type Closed = { wrongPasscode: true } | { waitSeconds: number };

/** A client opens a review link and goes on as its guest, in the same transaction. */
export const openAsGuest = <T>(
  db: Database,
  opening: Opening,
  work: (tx: GuestTx, guest: GuestActor) => Promise<T>,
): Promise<{ opened: T } | Closed> =>
  inTransaction(db, openingEntry(opening), async (tx, entered) => {
    if (entered === "Wrong") return { wrongPasscode: true };
    if (entered.startsWith("Wait|")) return { waitSeconds: Number(entered.slice("Wait|".length)) };
    const guest = guestOf(entered, opening.requestId);
    return { opened: await work(bound(tx as GuestTx, db, guest), guest) };
  });

/** What a review link's passcode is hashed with; null where it asks for none. */
export async function passcodeSaltOf({ pool }: Database, tokenHash: string): Promise<string | null> {
  const { rows } = await pool.query<{ salt: string | null }>("select app.review_passcode_salt($1) as salt", [
    tokenHash,
  ]);
  return rows[0]!.salt;
}

/**
 * Runs one read in one round trip: the entry and the statement travel together,
 * and Postgres runs both in a transaction of their own, read only.
 */
export const readWorkspace = <T>(
  db: Database,
  claim: MemberClaim,
  read: (tx: WorkspaceTx) => Promise<T>,
  onEntered: (workspaceId: string) => void = () => {},
) =>
  inOneRead(
    db,
    memberEntry(claim),
    (tx) => read(tx as WorkspaceTx),
    (entered) => {
      onEntered(entered.split("|")[0]!);
      noteUse(db, claim, entered);
      noteSupport(claim, entered);
    },
  );

export const readPerson = <T>(
  db: Database,
  claim: Pick<SessionClaim, "sessionId">,
  read: (tx: PersonTx) => Promise<T>,
) => inOneRead(db, personEntry(claim.sessionId), (tx) => read(tx as PersonTx));

/** Throws CO404 where no site has this slug, or no workspace has verified this host. */
export const readSite = <T>(db: Database, site: SiteClaim, read: (tx: SiteTx) => Promise<T>) =>
  inOneRead(db, visitorEntry(site), (tx) => read(tx as SiteTx));

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

/** A person goes on in the workspace whose identity provider signed them in, as a member from then on, in the same transaction. */
export async function joinBySso(tx: PersonTx, person: Person, sessionId: string) {
  const { rows } = await tx.execute<{ entered: string; joined: boolean }>(
    sql`select entered, joined from app.join_by_sso(${sessionId})`,
  );
  const [{ entered, joined }] = rows as [{ entered: string; joined: boolean }];
  return { ...goOn(tx, memberOf(entered, person.requestId)), joined };
}

/** An Admin takes back that a workspace is to be erased and goes on in it, in the same transaction. Throws CO404 where nothing waits. */
export async function thawWorkspace(tx: PersonTx, person: Person, claim: { sessionId: string; workspaceId: string }) {
  const { rows } = await tx.execute<{ entered: string }>(
    sql`select app.undo_workspace_erasure(${claim.sessionId}, ${claim.workspaceId}) as entered`,
  );
  return goOn(tx, memberOf(rows[0]!.entered, person.requestId));
}

/** The database and the actor of a transaction, for the outbox. */
export function contextOf(tx: ScopedTx): { db: Database; actor: AnyActor } {
  const db = databases.get(tx);
  const actor = actors.get(tx);
  if (!db || !actor) throw new Error("Not a transaction of withWorkspace, withJob or withGuest");
  return { db, actor };
}

/** Lets whoever follows the workspace know, once this transaction is committed. */
export const announceOnceCommitted = (tx: ScopedTx) => void eventful.add(tx);

/** Has the sealer of the workspace's audit log come, once this transaction is committed. */
export const sealOnceCommitted = (tx: ScopedTx) => void audited.add(tx);

export const isOfGuest = (tx: object) => actors.get(tx)?.role === "Guest";

const databases = new WeakMap<object, Database>();
const actors = new WeakMap<object, AnyActor>();
const eventful = new WeakSet<object>();
const audited = new WeakSet<object>();

function bound<Tx extends object>(tx: Tx, db: Database, actor: AnyActor): Tx {
  databases.set(tx, db);
  actors.set(tx, actor);
  return tx;
}

const goOn = (tx: PersonTx, actor: Actor) => ({
  tx: bound(tx as unknown as WorkspaceTx, databases.get(tx)!, actor),
  actor,
});

function memberOf(entered: string, requestId: string | undefined): Actor {
  const [workspaceId, userId, role, keyId] = entered.split("|") as [string, string, Role, string?];
  return { workspaceId, userId, role, requestId, ...(keyId && { keyId }) };
}

const noting = new Set<string>();

/** Once a minute the entry asks that a key's use be noted: on a connection of its own, for which nobody waits. */
function noteUse({ pool }: Database, claim: MemberClaim, entered: string) {
  if (!("keyProof" in claim) || !entered.endsWith("|touch") || noting.has(claim.keyProof)) return;
  noting.add(claim.keyProof);
  void pool
    .query("select app.touch_key($1)", [claim.keyProof])
    // It is noted with a later request.
    .catch(() => {})
    .finally(() => noting.delete(claim.keyProof));
}

function noteSupport(claim: MemberClaim, entered: string) {
  if (!("sessionId" in claim) || !entered.endsWith("||support")) return;
  claim.onSupport?.(entered.split("|")[0]!);
}

type SupportRead = {
  sessionId: string;
  workspaceId: string;
  operation: string;
  subjectType: string;
  subjectId: string | null;
};

/** A row of the audit log, after the transaction in which support read, which changes nothing. */
export async function noteSupportRead({ pool, sealSoon }: Database, read: SupportRead): Promise<void> {
  const { sessionId, workspaceId, operation, subjectType, subjectId } = read;
  const { rows } = await pool.query<{ noted: boolean }>("select app.note_support_read($1, $2, $3, $4, $5) as noted", [
    sessionId,
    workspaceId,
    operation,
    subjectType,
    subjectId,
  ]);
  if (!rows[0]!.noted) throw new Error("Support has read, and its access is not to be found");
  sealSoon?.(workspaceId);
}

function guestOf(entered: string, requestId: string | undefined): GuestActor {
  const [workspaceId, guestId, linkId] = entered.split("|") as [string, string, string];
  return { workspaceId, userId: null, role: "Guest", guestId, linkId, requestId };
}

/** An id that is no UUID names nothing, as one that doesn't exist. */
function uuid(id: string) {
  if (!isUuid(id)) throw Object.assign(new Error("Not a lower-case UUID"), { code: "CO404" });
  return id;
}

const sessionEntry = ({ sessionId, workspaceId }: SessionClaim): Statement => ({
  text: "select app.enter_session($1, $2) as entered",
  values: [uuid(sessionId), workspaceId === undefined ? null : uuid(workspaceId)],
});
const keyEntry = ({ keyProof, workspaceId, scope }: KeyClaim): Statement => ({
  text: "select app.enter_key($1, $2, $3) as entered",
  values: [keyProof, workspaceId === undefined ? null : uuid(workspaceId), scope],
});
const memberEntry = (claim: MemberClaim) => ("keyProof" in claim ? keyEntry(claim) : sessionEntry(claim));
const personEntry = (sessionId: string): Statement => ({
  text: "select app.enter_person($1) as entered",
  values: [uuid(sessionId)],
});
const jobEntry = ({ jobId, workerId }: JobClaim): Statement => ({
  text: "select app.enter_job($1, $2) as entered",
  values: [jobId, workerId],
});
const jobForEntry = ({ jobId, workerId }: JobClaim): Statement => ({
  text: "select app.enter_job_for($1, $2) as entered",
  values: [jobId, workerId],
});
const visitorEntry = (site: SiteClaim): Statement =>
  "host" in site
    ? { text: "select app.enter_visitor_of_host($1) as entered", values: [site.host] }
    : { text: "select app.enter_visitor($1) as entered", values: [site.slug] };

/** From here to the end of the transaction, the log-in has what is granted to clients, and nothing of its own. */
const AS_GUEST = "set_config('role', 'contentos_guest', true)";
const guestEntry = ({ tokenHash, guestTokenHash }: GuestClaim): Statement => ({
  text: `select app.enter_guest($1, $2) as entered, ${AS_GUEST}`,
  values: [tokenHash, guestTokenHash],
});
const openingEntry = ({ tokenHash, addressHash, passcodeProof, name, email, guestTokenHash }: Opening): Statement => ({
  text: `select app.open_review($1, $2, $3, $4, $5, $6) as entered, ${AS_GUEST}`,
  values: [tokenHash, addressHash, passcodeProof, name, email, guestTokenHash],
});

type Handle = PersonTx | WorkspaceTx | SiteTx | GuestTx | DirectoryTx;

async function inTransaction<T>(
  db: Database,
  entry: Statement,
  work: (tx: Handle, entered: string) => Promise<T>,
): Promise<T> {
  const client = await db.pool.connect();
  const handle = transactionHandle(client);
  const tx = asTx(handle);
  let committed = false;
  let broken: Error | undefined;
  try {
    const [, entered] = await pipeline(client, [{ text: "begin" }, entry]);
    const result = await work(tx, entered!.rows[0].entered);
    if (client.getTransactionStatus() === "I") throw new Error("The work ended its own transaction");
    await handle.commit();
    committed = true;
    return result;
  } catch (error) {
    handle.close();
    await client.query("rollback").catch((lost: Error) => {
      broken = lost;
    });
    if (spoils(error)) broken ??= error as Error;
    throw error;
  } finally {
    handle.close();
    client.release(broken);
    // Only now, since it takes a connection of its own.
    if (committed && eventful.has(tx)) db.announce?.(actors.get(tx)!.workspaceId);
    if (committed && audited.has(tx)) db.sealSoon?.(actors.get(tx)!.workspaceId);
  }
}

async function inOneRead<T>(
  db: Database,
  entry: Statement,
  read: (tx: Handle) => Promise<T>,
  onEntry?: (entered: string) => void,
): Promise<T> {
  const client = await db.pool.connect();
  const readOnly = { ...entry, text: `${entry.text}, set_config('transaction_read_only', 'on', true)` };
  let spent = false;
  let broken = false;
  const query = async (config: Statement | string, values?: unknown[]) => {
    if (spent) throw new Error("A read is one statement; withWorkspace is for several");
    spent = true;
    try {
      const [entry, result] = await pipeline(client, [readOnly, statementOf(config, values)]);
      onEntry?.(entry!.rows[0].entered);
      return result;
    } catch (error) {
      broken ||= spoils(error);
      throw error;
    }
  };
  try {
    return await read(asTx({ query }));
  } finally {
    spent = true;
    client.release(broken || client.getTransactionStatus() !== "I");
  }
}

/** After these, the connection's prepared statements are not what we believe; after no SQLSTATE of the server's, nothing is. */
const SPOILING = new Set(["0A000", "26000", "42P05"]);
function spoils(raised: unknown): boolean {
  const error = raised instanceof DrizzleQueryError ? raised.cause : raised;
  return error instanceof pg.DatabaseError && SPOILING.has(error.code ?? "");
}

const asTx = (client: object) =>
  nameGivenColumnsOnly(drizzle({ client: client as pg.PoolClient, casing: "snake_case" })) as unknown as Handle;

const statementOf = (config: Statement | string, values: unknown[] | undefined): Statement =>
  typeof config === "string" ? { text: config, values } : { ...config, values: values ?? config.values };

/**
 * What Drizzle takes for a client. Of two queries run side by side, one may fail while the other has yet to be
 * sent: it must not be sent later, on a connection that by then serves another workspace.
 *
 * What is said `later` travels with the next statement, or with the commit: it saves a round trip, and costs
 * nothing in meaning, since the order stays.
 */
function transactionHandle(client: pg.PoolClient) {
  let open = true;
  let waiting: Statement[] = [];
  const send = async (last: Statement): Promise<pg.QueryResult> => {
    const together = [...waiting, last];
    waiting = [];
    return (await pipeline(client, together)).at(-1)!;
  };
  const requireOpen = () => {
    if (!open) throw new Error("This transaction is over");
  };
  return {
    close: () => {
      open = false;
    },
    query: (config: Statement | string, values?: unknown[]) => {
      requireOpen();
      return send(statementOf(config, values));
    },
    later: (statement: Statement) => {
      requireOpen();
      waiting.push(statement);
    },
    async commit() {
      const { command } = await send({ text: "commit" });
      if (command !== "COMMIT")
        throw new Error("A failed statement was swallowed: Postgres answered the commit with a rollback");
    },
  };
}
