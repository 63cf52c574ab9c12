import type { AnyActor } from "@/platform/actor";
import type { Database, ScopedTx } from "./client";

const databases = new WeakMap<object, Database>();
const actors = new WeakMap<object, AnyActor>();
const eventful = new WeakSet<object>();
const audited = new WeakSet<object>();

/** Says once, as it begins, whose database a transaction is in and who acts. */
export function bound<Tx extends object>(tx: Tx, db: Database, actor: AnyActor): Tx {
  databases.set(tx, db);
  actors.set(tx, actor);
  return tx;
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
export const sealOnceCommitted = (tx: object) => void audited.add(tx);

export const isOfGuest = (tx: object) => actors.get(tx)?.role === "Guest";

/** A transaction of a person, who has no workspace to act in. */
export const boundToDatabase = (tx: object, db: Database) => void databases.set(tx, db);

export const databaseOf = (tx: object) => databases.get(tx)!;

/** Tells who follows the workspace, and has its log sealed, where the transaction asked for it. */
export function afterCommit(tx: object, db: Database) {
  if (eventful.has(tx)) db.announce?.(actors.get(tx)!.workspaceId);
  if (audited.has(tx)) db.sealSoon?.(actors.get(tx)!.workspaceId);
}
