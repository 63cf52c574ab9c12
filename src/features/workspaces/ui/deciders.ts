import { ROLES, type Role } from "./roles";

export type Step = { role: Role | "Client" };
type Member = { userId: string; name: string; role: Role };

const rank = (role: Role) => ROLES.indexOf(role);

/** The role that is missing for every step to be decided by somebody else; null where there are enough people. */
function missing(steps: Step[], members: Member[]): Role | null {
  const free = [...members];
  const roles = steps.map(({ role }) => role).filter((role) => role !== "Client");
  // Who may decide the highest may decide the others, too: served first, they are never taken away from it.
  for (const role of roles.sort((one, other) => rank(other) - rank(one))) {
    const at = free.findIndex((member) => rank(member.role) >= rank(role));
    if (at < 0) return role;
    free.splice(at, 1);
  }
  return null;
}

/**
 * Whose pieces nobody could decide, since nobody decides on their own words, or on two steps of one piece.
 * `nobodys` is the role that is missing for everybody; `stuck` are the people who may write.
 */
export function findStuck(steps: Step[], members: Member[]): { nobodys: Role | null; stuck: Member[] } {
  const nobodys = missing(steps, members);
  const stuck = members.filter(
    (writer) =>
      writer.role !== "Viewer" &&
      missing(
        steps,
        members.filter(({ userId }) => userId !== writer.userId),
      ) !== null,
  );
  return { nobodys, stuck };
}
