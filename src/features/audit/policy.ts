import type { Actor } from "@/platform/actor";

/** Row-level security shows the others nothing; this tells them why. */
export const canRead = (actor: Actor) => actor.role === "Admin";
