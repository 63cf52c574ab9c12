import type { Actor } from "@/platform/actor";

type Owned = { createdBy: string; assigneeId: string | null };

export const canCreate = (actor: Actor) => actor.role !== "Viewer";

/** A Writer writes what they made or what was assigned to them; Editors and Admins write everything. */
export const canEdit = (actor: Actor, item: Owned) =>
  actor.role === "Editor" ||
  actor.role === "Admin" ||
  (actor.role === "Writer" && (item.createdBy === actor.userId || item.assigneeId === actor.userId));
