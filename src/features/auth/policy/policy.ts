import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";

/** How people get into a workspace is its Admins' to say. */
export function requireAdmin(actor: Actor) {
  if (actor.role !== "Admin")
    throw new AppError("forbidden", "Only Admins do this: ask one of your workspace.", { reason: "needs_admin" });
}
