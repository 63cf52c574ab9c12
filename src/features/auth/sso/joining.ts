import type { PersonTx } from "@/db/client";
import { joinBySso } from "@/db/scope";
import { record } from "@/features/audit";
import { requireSeat } from "@/features/billing";
import { sqlState } from "@/http/problem";
import type { Person } from "@/platform/actor";
import { AppError } from "@/platform/errors";

/** Who comes by a workspace's provider for the first time becomes a member; who was removed stays so. */
export async function joinByProvider(personTx: PersonTx, person: Person, sessionId: string) {
  const { tx, actor, joined } = await joinBySso(personTx, person, sessionId).catch((raised: unknown) => {
    if (sqlState(raised) !== "CO403") throw raised;
    throw new AppError("sso_refused", "You are no member of this workspace any more: ask one of its Admins.", {
      cause: raised,
    });
  });
  if (!joined) return;
  await requireSeat(tx);
  await record(tx, actor, {
    action: "workspaces.member_joined",
    subjectType: "member",
    subjectId: actor.userId,
    detail: { role: actor.role, by: "sso" },
  });
}
