import type { Actor } from "@/platform/actor";

/** An import makes items in anybody's place, and tags for all. */
export const canImport = (actor: Actor) => actor.role === "Editor" || actor.role === "Admin";

/** The whole workspace, with all that was said in it. */
export const canExport = (actor: Actor) => actor.role === "Admin";

export const canExportItem = (actor: Actor) => actor.role !== "Viewer";
