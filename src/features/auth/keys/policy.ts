import { type Actor, ROLES, type Role } from "@/platform/actor";

/** A key makes no keys, whatever its role. */
export const canManageKeys = (actor: Actor) => actor.role === "Admin" && actor.keyId === undefined;

/** What a key may now; null where whoever it acts for has left. */
export const actingRole = (role: Role, memberRole: Role | null): Role | null =>
  memberRole && ROLES[Math.min(ROLES.indexOf(role), ROLES.indexOf(memberRole))]!;

type Key = { revokedAt: Date | null; expired: boolean; memberRole: Role | null };

export const keyStatus = ({ revokedAt, expired, memberRole }: Key): "Revoked" | "Expired" | "Live" | "Stopped" =>
  revokedAt ? "Revoked" : expired ? "Expired" : memberRole ? "Live" : "Stopped";
