import type { Mark, Node, Schema } from "@tiptap/pm/model";
import type { Definition, Nodes, Parents, PhrasingContent, RootContent, Table } from "mdast";

/** A stretch of text or a thing in it, in the order of the text: what it says, and where that stands in the source. */
export type Leaf = { value: string; from: number; to: number };

type Reading = { schema: Schema; text: string; definitions: Map<string, Definition>; leaves: Leaf[] };

/** Thrown by what has no form in the editor: the block that it stands in is shown as source. */
class Unknown extends Error {}

/** One block of the source as a node and its leaves. @param text the source that the positions refer to */
export function blockOf(schema: Schema, text: string, node: RootContent, definitions: Map<string, Definition>) {
  const reading: Reading = { schema, text, definitions, leaves: [] };
  try {
    return { node: block(reading, node), leaves: reading.leaves };
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return undefined;
  }
}

export const sourceBlock = (schema: Schema, source: string): Node =>
  schema.nodes.markdownBlock!.create(null, source ? schema.text(unixLines(source)) : null);

/** Line ends as a browser has them. */
export const unixLines = (text: string) => text.replace(/\r\n?/g, "\n");

function block(reading: Reading, node: Nodes): Node {
  const { nodes } = reading.schema;
  switch (node.type) {
    case "paragraph":
      return nodes.paragraph!.create(null, inlines(reading, node.children));
    case "heading":
      return nodes.heading!.create({ level: node.depth }, inlines(reading, node.children));
    case "blockquote":
      return nodes.blockquote!.create(null, blocks(reading, node));
    case "list": {
      const type = node.ordered ? nodes.orderedList! : nodes.bulletList!;
      const attrs = { spread: node.spread ?? false, ...(node.ordered && { start: node.start ?? 1 }) };
      return type.create(
        attrs,
        node.children.map((item) =>
          nodes.listItem!.create(
            { checked: item.checked ?? null, spread: item.spread ?? false },
            blocks(reading, item),
          ),
        ),
      );
    }
    case "code": {
      const value = unixLines(node.value);
      addLeaf(reading, node, value, openingOf(sourceOf(reading, node)));
      const attrs = { language: node.lang ?? null, meta: node.meta ?? null };
      return nodes.codeBlock!.create(attrs, value ? reading.schema.text(value) : null);
    }
    case "thematicBreak":
      return nodes.horizontalRule!.create();
    case "table":
      return table(reading, node);
    case "html": {
      const value = unixLines(node.value);
      addLeaf(reading, node, value);
      return sourceBlock(reading.schema, value);
    }
    default:
      throw new Unknown();
  }
}

function blocks(reading: Reading, { children }: Parents): Node[] {
  if (children.length === 0) return [reading.schema.nodes.paragraph!.create()];
  return children.map((child) => block(reading, child));
}

/** Every row gets as many cells as the longest has. */
function table(reading: Reading, { children, align }: Table): Node {
  const { nodes } = reading.schema;
  const columns = Math.max(...children.map((row) => row.children.length), 1);
  const rows = children.map((row, place) => {
    const type = place === 0 ? nodes.tableHeader! : nodes.tableCell!;
    const cells = Array.from({ length: columns }, (_, column) =>
      type.create({ align: align?.[column] ?? null }, inlines(reading, row.children[column]?.children ?? [])),
    );
    return nodes.tableRow!.create(null, cells);
  });
  return nodes.table!.create(null, rows);
}

const inlines = (reading: Reading, children: PhrasingContent[], marks: readonly Mark[] = []): Node[] =>
  children.flatMap((child) => inline(reading, child, marks));

function inline(reading: Reading, node: PhrasingContent, marks: readonly Mark[]): Node[] {
  const { schema } = reading;
  const within = (name: string, children: PhrasingContent[], attrs?: Record<string, unknown>) =>
    inlines(reading, children, schema.marks[name]!.create(attrs).addToSet(marks));
  switch (node.type) {
    case "text":
      return text(reading, node, node.value, marks);
    case "emphasis":
      return within("italic", node.children);
    case "strong":
      return within("bold", node.children);
    case "delete":
      return within("strike", node.children);
    case "inlineCode":
      return text(reading, node, node.value, schema.marks.code!.create().addToSet(marks));
    case "break":
      addLeaf(reading, node, "\n");
      return [schema.nodes.hardBreak!.create(null, null, marks)];
    case "link": {
      const attrs = {
        href: node.url,
        title: node.title ?? null,
        bare: (sourceOf(reading, node) ?? node.url) === node.url,
      };
      return within("link", node.children, attrs);
    }
    case "image":
      return image(reading, node, { src: node.url, alt: node.alt ?? "", title: node.title ?? null }, marks);
    case "linkReference":
    case "imageReference":
      return reference(reading, node, marks);
    default:
      return source(reading, node, marks);
  }
}

function reference(
  reading: Reading,
  node: Extract<PhrasingContent, { type: "linkReference" | "imageReference" }>,
  marks: readonly Mark[],
): Node[] {
  const definition = reading.definitions.get(node.identifier);
  if (!definition) return source(reading, node, marks);
  const ref = `${node.referenceType}:${node.label ?? node.identifier}`;
  const title = definition.title ?? null;
  if (node.type === "imageReference")
    return image(reading, node, { src: definition.url, alt: node.alt ?? "", title, ref }, marks);
  const link = reading.schema.marks.link!.create({ href: definition.url, title, ref });
  return inlines(reading, node.children, link.addToSet(marks));
}

function image(reading: Reading, node: Nodes, attrs: Record<string, unknown>, marks: readonly Mark[]): Node[] {
  addLeaf(reading, node, "\uFFFC");
  return [reading.schema.nodes.image!.create(attrs, null, marks)];
}

function source(reading: Reading, node: Nodes, marks: readonly Mark[]): Node[] {
  addLeaf(reading, node, "\uFFFC");
  const value = node.type === "html" ? node.value : sourceOf(reading, node);
  if (value === undefined) throw new Unknown();
  return [reading.schema.nodes.inlineSource!.create({ source: unixLines(value) }, null, marks)];
}

/** The ends of lines become spaces that know what they were. */
function text(reading: Reading, node: Nodes, said: string, marks: readonly Mark[]): Node[] {
  const value = unixLines(said);
  addLeaf(reading, node, value);
  const soft = reading.schema.marks.softBreak!.create().addToSet(marks);
  return value
    .split(/(\n)/)
    .filter((part) => part !== "")
    .map((part) => (part === "\n" ? reading.schema.text(" ", soft) : reading.schema.text(part, marks)));
}

/** An address that remark found in what was text already has no place: it is looked for behind what came before. */
function addLeaf({ leaves, text: all }: Reading, { position }: Nodes, value: string, opening = 0) {
  if (!value) return;
  const behind = leaves.at(-1)?.to ?? 0;
  const begin = position?.start.offset ?? Math.max(all.indexOf(value, behind), behind);
  const from = begin + opening;
  leaves.push({ value, from, to: position?.end.offset ?? from + value.length });
}

/** What stands before a code block's words: the line of its fence, whose language may have the same letters. */
const openingOf = (source = "") => /^(?:`{3,}|~{3,}).*(?:\r\n|\n|\r|$)/.exec(source)?.[0].length ?? 0;

/** Undefined for an address as above. */
const sourceOf = ({ text: all }: Reading, { position }: Nodes): string | undefined =>
  position && all.slice(position.start.offset, position.end.offset);
