import { LRUCache } from "lru-cache";
import type { Database } from "@/db/client";
import { noteSupportRead } from "@/db/scope";
import { type Identity, isUuid } from "@/platform/actor";

/** So long one row of the log stands for reading the same list or thing again. */
const QUIET_MS = 15 * 60_000;
/** By session, workspace, operation and what is read; in this process, so that several may write a row each. */
const noted = new LRUCache<string, true>({ max: 10_000, ttl: QUIET_MS });

type Reading = {
  db: Database;
  /** The workspace that let the operator's support in. */
  supportIn: string;
  identity: Identity | null;
  operation: { room: string; id: string };
  path: string;
  params: Record<string, string>;
};

/** Writes down what support has read, before it is answered: where that can't be written, nothing is answered. */
export async function noteReading({ db, supportIn, identity, operation, path, params }: Reading): Promise<void> {
  if (!identity || identity.via === "key") return;
  const subject = Object.values(params).findLast(isUuid);
  const key = [identity.sessionId, supportIn, operation.id, path].join(" ");
  if (noted.has(key)) return;
  const opened = subject !== undefined && subject !== supportIn;
  await noteSupportRead(db, {
    sessionId: identity.sessionId,
    workspaceId: supportIn,
    operation: operation.id,
    subjectType: opened ? (SUBJECTS[operation.room] ?? operation.room) : "workspace",
    subjectId: opened ? subject : null,
  });
  noted.set(key, true);
}

/** As other rows of the log call them. */
const SUBJECTS: Record<string, string> = { content: "content_item", assets: "asset", personas: "persona" };
