import type { Actor } from "@/platform/actor";

/** What is told outside, and when somebody is reminded, is the Admins' to say. */
export const canAdminister = (actor: Actor) => actor.role === "Admin";
