import type { z } from "zod";
import type { Database } from "@/db/client";
import { withGuest } from "@/db/scope";
import { refuseGuest } from "@/http/guests";
import { refusalOf } from "@/http/problem";
import type { GuestClaim } from "@/platform/actor";
import type { Signing } from "../receipts/service";
import type { ApproveItems } from "./contract";
import { approveItem, requireLink } from "./service";

/** Each item in a transaction of its own: what is refused of one keeps no other from being approved. */
export async function approveItems(
  db: Database,
  claim: GuestClaim,
  { items, comment }: z.output<typeof ApproveItems>,
  signing: Signing,
) {
  await withGuest(db, claim, (tx) => requireLink(tx, "canDecide")).catch(refuseGuest);
  const results = [];
  for (const { contentItemId, contentHash } of items) {
    const approval = { id: contentItemId, contentHash, comment };
    const approved = await withGuest(db, claim, (tx, guest) => approveItem(tx, guest, approval, signing))
      .catch(refuseGuest)
      .then((receipt) => ({ receipt, refusal: null }), told);
    results.push({ contentItemId, ...approved });
  }
  return results;
}

function told(raised: unknown) {
  const refusal = refusalOf(raised);
  if (!refusal) throw raised;
  return { receipt: null, refusal: { code: refusal.code, detail: refusal.message } };
}
