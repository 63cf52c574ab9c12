import type { Actor } from "@/platform/actor";

/** All members follow what happens and say what they have open; who can't write anything doesn't edit. */
export const canEdit = (actor: Actor) => actor.role !== "Viewer";
