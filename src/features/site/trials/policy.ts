import { type AnyActor, ROLES, type Role } from "@/platform/actor";

type Step = { role: Role | "Client" };

export const canPropose = (actor: AnyActor) => actor.role === "Editor" || actor.role === "Admin";

/** The highest role that a step of the workspace's asks for, and an Editor at least; a client's word is given by an Admin here. */
export function roleToApprove(steps: readonly Step[]): Role {
  const roles = steps.map(({ role }): Role => (role === "Client" ? "Admin" : role));
  return roles.reduce<Role>(
    (highest, role) => (ROLES.indexOf(role) > ROLES.indexOf(highest) ? role : highest),
    "Editor",
  );
}

export const canApprove = (actor: AnyActor, steps: readonly Step[]) =>
  ROLES.indexOf(actor.role as Role) >= ROLES.indexOf(roleToApprove(steps));
