import type { Actor } from "@/platform/actor";

/** All members see the library; Writers and above add to it. */
export const canUpload = (actor: Actor) => actor.role !== "Viewer";

/** A Writer changes what they uploaded or made; Editors and Admins change everything. */
export const canChange = (actor: Actor, thing: { createdBy: string }) =>
  actor.role === "Editor" || actor.role === "Admin" || (actor.role === "Writer" && thing.createdBy === actor.userId);
