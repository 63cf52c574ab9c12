import { sql } from "drizzle-orm";
import type {
  Actor,
  GuestActor,
  GuestClaim,
  JobClaim,
  MemberClaim,
  Person,
  Role,
  SessionClaim,
  SystemActor,
} from "@/platform/actor";
import type { Database, DirectoryTx, GuestTx, PersonTx, SiteTx, WorkspaceTx } from "./client";
import {
  guestEntry,
  jobEntry,
  jobForEntry,
  memberEntry,
  type Opening,
  openingEntry,
  personEntry,
  type SiteClaim,
  visitorEntry,
} from "./entries";
import { bound, boundToDatabase, databaseOf, sealOnceCommitted } from "./scope-context";
import { inOneRead, inTransaction } from "./transaction";

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
    boundToDatabase(tx, db);
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
    sealOnceCommitted(tx);
    return work(bound(tx as DirectoryTx, db, actor));
  });

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

const goOn = (tx: PersonTx, actor: Actor) => ({
  tx: bound(tx as unknown as WorkspaceTx, databaseOf(tx), actor),
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
