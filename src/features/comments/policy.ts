import type { Actor } from "@/platform/actor";

type Said = { authorId: string | null };

/** Every member comments. One's words are one's own: nobody else changes them. */
export const canEdit = (actor: Actor, comment: Said) => comment.authorId === actor.userId;

export const canRemove = (actor: Actor, comment: Said) =>
  canEdit(actor, comment) || actor.role === "Editor" || actor.role === "Admin";

/** Whoever opened a thread settles it, and so do those who write the item. */
export const canSettle = (actor: Actor, thread: Said, writesItem: boolean) =>
  writesItem || thread.authorId === actor.userId;
