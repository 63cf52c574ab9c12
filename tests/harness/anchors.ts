import type { Anchor, Anchors } from "@/platform/anchors";

/** Anchors in memory, all of them kept. */
export function testAnchors(): Anchors & { all: Anchor[] } {
  const all: Anchor[] = [];
  const of = (workspaceId: string) =>
    all.filter((anchor) => anchor.workspaceId === workspaceId).sort((a, b) => a.sequence - b.sequence);
  return {
    all,
    add: async (anchor) => void all.push(anchor),
    keep: async () => {},
    newest: async (workspaceId) => of(workspaceId).at(-1),
    list: async (workspaceId) => of(workspaceId),
  };
}
