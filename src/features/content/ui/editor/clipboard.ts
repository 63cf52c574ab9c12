import { Fragment, type Node, type Schema, Slice } from "@tiptap/pm/model";
import { parse } from "../markdown/parse";

/** Pasted text is read as Markdown, which plain text is as well. */
export function sliceOf(schema: Schema, text: string): Slice {
  const blocks = parse(schema, text).doc.children.map((node) =>
    node.type.create({ ...node.attrs, origin: null }, node.content),
  );
  return Slice.maxOpen(Fragment.from(blocks));
}

/** What is copied as text: Markdown, or the words alone where they are of one line. */
export function textOf(schema: Schema, { content }: Slice, write: (doc: Node) => string): string {
  const inline =
    content.firstChild?.isInline || (content.childCount === 1 && content.firstChild!.type.name === "paragraph");
  if (inline)
    return content.textBetween(0, content.size, "\n", (leaf) => (leaf.type.spec.toText?.(leaf) as string) ?? "");
  return write(schema.topNodeType.create(null, content)).trimEnd();
}

/** Images that are dropped, pasted or chosen. */
export const imagesIn = (data: DataTransfer | null | undefined): File[] =>
  [...(data?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
