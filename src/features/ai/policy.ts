import type { Actor } from "@/platform/actor";

export const canUse = (actor: Actor) => actor.role !== "Viewer";
export const canAdminister = (actor: Actor) => actor.role === "Admin";
/** Whoever asked says what became of it, and so do Editors and Admins. */
export const canJudge = (actor: Actor, { createdBy }: { createdBy: string }) =>
  actor.role === "Editor" || actor.role === "Admin" || (actor.role === "Writer" && createdBy === actor.userId);
