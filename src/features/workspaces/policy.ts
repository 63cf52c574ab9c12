import type { Actor } from "@/platform/actor";

/** Settings, members and invitations are an Admin's. */
export const canAdminister = (actor: Actor) => actor.role === "Admin";

/** Only the owner gives a workspace away. */
export const canHandOver = (actor: Actor, workspace: { ownerId: string }) => actor.userId === workspace.ownerId;
