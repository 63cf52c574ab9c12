import type { Mark, Node } from "@tiptap/pm/model";
import type { BlockContent, ListItem, PhrasingContent, TableRow } from "mdast";

/** What a node is in Markdown's syntax tree. */
export function blockToMdast(node: Node): BlockContent {
  const { attrs } = node;
  switch (node.type.name) {
    case "heading":
      return { type: "heading", depth: attrs.level, children: inlinesToMdast(node) };
    case "blockquote":
      return { type: "blockquote", children: childrenOf(node) };
    case "bulletList":
    case "orderedList": {
      const ordered = node.type.name === "orderedList";
      const children = node.children.map(
        (item): ListItem => ({
          type: "listItem",
          checked: item.attrs.checked,
          spread: item.attrs.spread,
          children: childrenOf(item),
        }),
      );
      return { type: "list", ordered, start: ordered ? attrs.start : null, spread: attrs.spread, children };
    }
    case "codeBlock":
      return { type: "code", lang: attrs.language, meta: attrs.meta, value: node.textContent };
    case "markdownBlock":
      return { type: "html", value: node.textContent };
    case "horizontalRule":
      return { type: "thematicBreak" };
    case "table":
      return tableToMdast(node);
    default:
      return { type: "paragraph", children: inlinesToMdast(node) };
  }
}

/** A paragraph of nothing can't be told in Markdown. */
export const isEmptyParagraph = (node: Node) => node.type.name === "paragraph" && node.content.size === 0;

const childrenOf = (node: Node) => node.children.filter((child) => !isEmptyParagraph(child)).map(blockToMdast);

function tableToMdast(node: Node): BlockContent {
  const rows = node.children.map((row): TableRow => {
    const cells = row.children.map((cell) => ({ type: "tableCell" as const, children: inlinesToMdast(cell, " ") }));
    return { type: "tableRow", children: cells };
  });
  return { type: "table", align: node.firstChild!.children.map((cell) => cell.attrs.align), children: rows };
}

/** A stretch of a line with the marks that it has. */
type Run = { content: PhrasingContent; marks: readonly Mark[]; blank: boolean };

/** @param lineEnd what the end of a line in the source is, where there may be none */
function inlinesToMdast(node: Node, lineEnd = "\n"): PhrasingContent[] {
  const runs = node.children.flatMap((child): Run[] => {
    const marks = child.marks.filter(({ type }) => type.name !== "softBreak" && type.name !== "code");
    const has = (name: string) => child.marks.some(({ type }) => type.name === name);
    if (!child.isText) return [{ content: atomToMdast(child, lineEnd), marks, blank: child.type.name === "hardBreak" }];
    const text = child.text!;
    if (has("code")) return [{ content: { type: "inlineCode", value: text }, marks, blank: false }];
    if (has("softBreak")) return [{ content: { type: "text", value: text.replace(" ", lineEnd) }, marks, blank: true }];
    return text
      .split(/(^\s+|\s+$)/)
      .filter((part) => part !== "")
      .map((value) => ({ content: { type: "text", value }, marks, blank: /^\s+$/.test(value) }));
  });
  const said = trimmed(runs);
  return nested(said.map((run, place) => (run.blank ? { ...run, marks: marksAround(said, place) } : run)));
}

function trimmed(runs: Run[]): Run[] {
  const first = runs.findIndex(({ blank }) => !blank);
  return first < 0 ? [] : runs.slice(first, runs.findLastIndex(({ blank }) => !blank) + 1);
}

/** Neither emphasis nor a link begins or ends with a space: what is blank has the marks that both its sides have. */
function marksAround(runs: Run[], place: number): readonly Mark[] {
  const before = runs.slice(0, place).findLast(({ blank }) => !blank)?.marks ?? [];
  const after = runs.slice(place + 1).find(({ blank }) => !blank)?.marks ?? [];
  return runs[place]!.marks.filter((mark) => mark.isInSet(before) && mark.isInSet(after));
}

function atomToMdast({ type, attrs }: Node, lineEnd: string): PhrasingContent {
  if (type.name === "hardBreak") return lineEnd === "\n" ? { type: "break" } : { type: "text", value: lineEnd };
  if (type.name === "inlineSource") return { type: "html", value: attrs.source };
  const { src, alt, title, ref } = attrs;
  return ref ? { type: "imageReference", alt, ...referenceOf(ref) } : { type: "image", url: src, alt, title };
}

/** `full:label`, and what that is in the tree. */
function referenceOf(ref: string, text?: string) {
  const place = ref.indexOf(":");
  const label = ref.slice(place + 1);
  const asWritten = ref.slice(0, place) as "full" | "collapsed" | "shortcut";
  // Another text than the label needs the label beside it.
  const referenceType = text === undefined || text === label ? asWritten : "full";
  return { label, identifier: label.toLowerCase(), referenceType };
}

/** Runs that share a mark stand in one node of it; the mark that goes on longest is the outer one. */
function nested(runs: readonly Run[]): PhrasingContent[] {
  const made: PhrasingContent[] = [];
  for (let place = 0; place < runs.length; ) {
    const { marks, content } = runs[place]!;
    const [mark, end] = longest(runs, place, marks);
    if (!mark) made.push(content);
    else {
      const within = runs
        .slice(place, end)
        .map((run) => ({ ...run, marks: run.marks.filter((other) => !other.eq(mark)) }));
      made.push(markToMdast(mark, nested(within)));
    }
    place = mark ? end : place + 1;
  }
  return made;
}

function longest(runs: readonly Run[], place: number, marks: readonly Mark[]): [Mark | undefined, number] {
  let found: [Mark | undefined, number] = [undefined, place];
  for (const mark of marks) {
    let end = place;
    while (end < runs.length && mark.isInSet(runs[end]!.marks)) end++;
    if (end > found[1]) found = [mark, end];
  }
  return found;
}

function markToMdast({ type, attrs }: Mark, children: PhrasingContent[]): PhrasingContent {
  if (type.name === "bold") return { type: "strong", children };
  if (type.name === "italic") return { type: "emphasis", children };
  if (type.name === "strike") return { type: "delete", children };
  const text = textOf(children);
  if (attrs.bare && text === attrs.href) return { type: "html", value: text };
  if (attrs.ref) return { type: "linkReference", children, ...referenceOf(attrs.ref, text) };
  return { type: "link", url: attrs.href, title: attrs.title, children };
}

const textOf = (nodes: PhrasingContent[]): string =>
  nodes.map((node) => ("value" in node ? node.value : "children" in node ? textOf(node.children) : "")).join("");
