import type { Actor } from "@/platform/actor";

/** What is gone does not come back. */
export const canAdminister = (actor: Actor) => actor.role === "Admin";
