import { type MdastNode, visit, withTree } from "@/platform/markdown";

/** What of a Markdown text is more than words, each in the order of the text. */
export type Structure = {
  /** Addresses of links and images, also of those that render to nothing. */
  targets: string[];
  /** Code and HTML, to the letter. */
  verbatim: string[];
  /** Such as `h2`, `list`, `quote`, `table 3×4`. Paragraphs may be joined and divided. */
  blocks: string[];
};

export const structureOf = (markdown: string): Structure =>
  withTree(markdown, (tree) => {
    const found: Structure = { targets: [], verbatim: [], blocks: [] };
    visit(tree, (node) => {
      if (node.url !== undefined) found.targets.push(node.url);
      if (node.type === "code" || node.type === "inlineCode" || node.type === "html")
        found.verbatim.push((node.value ?? "").trim());
      const block = nameOf(node);
      if (block) found.blocks.push(block);
    });
    return found;
  });

function nameOf(node: MdastNode): string | undefined {
  const { type, children = [] } = node;
  if (type === "heading") return `h${(node as { depth?: number }).depth}`;
  if (type === "list") return (node as { ordered?: boolean }).ordered ? "numbered list" : "list";
  if (type === "table") return `table ${children.length}×${children[0]?.children?.length ?? 0}`;
  if (type === "blockquote") return "quote";
  return type === "thematicBreak" ? "divider" : undefined;
}

/** What the one list has more often than the other, each as often as that. */
export function missingIn(wanted: readonly string[], has: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const one of has) left.set(one, (left.get(one) ?? 0) + 1);
  return wanted.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
}
