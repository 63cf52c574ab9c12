import type { Actor } from "@/platform/actor";

/** All members read tags, campaigns and templates; Editors and Admins write them, and Writers use them. */
export const canWrite = (actor: Actor) => actor.role === "Editor" || actor.role === "Admin";
