type Named = { userId: string; name: string };

/** A name that is begun behind an `@`, just before the cursor. */
export function begunMention(text: string, cursor: number): { from: number; query: string } | undefined {
  const match = /(?:^|\s)@([\p{L}\p{M}\d'.-]*(?: [\p{L}\p{M}\d'.-]*)?)$/u.exec(text.slice(0, cursor));
  return match ? { from: cursor - match[1]!.length - 1, query: match[1]!.toLowerCase() } : undefined;
}

/** Whose name stands behind an `@`; of two names, of which one begins with the other, the longer one. */
export function mentionedIn(text: string, members: readonly Named[]): string[] {
  const longestFirst = members.toSorted((one, other) => other.name.length - one.name.length);
  let left = text;
  const found: string[] = [];
  for (const { userId, name } of longestFirst) {
    const pattern = new RegExp(`@${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\p{L}\\d])`, "gu");
    if (!pattern.test(left)) continue;
    found.push(userId);
    left = left.replace(pattern, "");
  }
  return found.slice(0, 20);
}

export const offeredFor = (query: string, members: readonly Named[]) =>
  members
    .filter(
      ({ name }) =>
        name
          .toLowerCase()
          .split(" ")
          .some((part) => part.startsWith(query)) || name.toLowerCase().startsWith(query),
    )
    .slice(0, 6);
