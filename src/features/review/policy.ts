import type { Actor } from "@/platform/actor";

/** Who lets a client in answers for what is shown: Editors and Admins. */
export const canGiveLinks = (actor: Actor) => actor.role === "Editor" || actor.role === "Admin";

type Ending = { revokedAt: Date | null; expired: boolean };
export const linkStatus = ({ revokedAt, expired }: Ending): "Live" | "Expired" | "Revoked" =>
  revokedAt ? "Revoked" : expired ? "Expired" : "Live";
