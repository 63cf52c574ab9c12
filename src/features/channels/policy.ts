import type { Actor } from "@/platform/actor";

/** All members see the channels; Admins connect, try, rename and disconnect them. */
export const canAdminister = (actor: Actor) => actor.role === "Admin";
