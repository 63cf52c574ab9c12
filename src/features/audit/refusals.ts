import { LRUCache } from "lru-cache";
import type { Database } from "@/db/client";
import { withWorkspace } from "@/db/scope";
import type { SessionClaim } from "@/platform/actor";
import { recordKeyRefusal } from "./queries";
import { record } from "./service";

/** Who tries the same again and again leaves one row a minute. */
const ONCE_MS = 60_000;
const MOST = 10_000;

type Refusal = { method: string; path: string; code: string };

/** Writes down who was refused what, in a transaction of its own: that of the request was rolled back, or only read. */
export function createRefusals(db: Database) {
  const recent = new LRUCache<string, true>({ max: MOST, ttl: ONCE_MS });
  const isNew = (...words: unknown[]) => {
    const key = words.join(" ");
    if (recent.has(key)) return false;
    recent.set(key, true);
    return true;
  };
  return {
    async ofMember(claim: SessionClaim, refusal: Refusal): Promise<void> {
      if (!isNew(claim.sessionId, claim.workspaceId, refusal.method, refusal.path)) return;
      await withWorkspace(db, claim, async (tx, actor) =>
        record(tx, actor, {
          action: "audit.refused",
          subjectType: "workspace",
          subjectId: actor.workspaceId,
          detail: refusal,
        }),
      );
    },

    /** In the key's own workspace, whichever it asked for. */
    async ofKey({ keyProof, requestId }: { keyProof: string; requestId: string }, refusal: Refusal): Promise<void> {
      if (!isNew(keyProof, refusal.method, refusal.path)) return;
      const workspaceId = await recordKeyRefusal(db, { keyProof, requestId, ...refusal });
      if (workspaceId) db.sealSoon?.(workspaceId);
    },
  };
}
