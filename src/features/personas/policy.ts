import type { Actor } from "@/platform/actor";

/** All members read personas; Editors and Admins write them. */
export const canWrite = (actor: Actor) => actor.role === "Editor" || actor.role === "Admin";
