import type { Node, Schema } from "@tiptap/pm/model";
import { type Origin, parse } from "./parse";
import { type Places, placesOf } from "./places";
import { serialise, styleOf } from "./serialise";

/** What the editor shows, and the Markdown that it came from and that it is. */
export type MarkdownDocument = {
  /** Reads a text. What was read before stays known, so that an undo brings its letters back. */
  open(text: string): Node;
  write(doc: Node): string;
  /** Places in a document and in its Markdown; takes as long as reading it. */
  places(doc: Node): Places;
};

export function createDocument(schema: Schema): MarkdownDocument {
  const origins = new Map<number, Origin>();
  let nextId = 0;
  let source = { origins, after: "", style: styleOf("") };
  let written: { doc: Node; of: typeof source; result: ReturnType<typeof serialise> } | undefined;
  let placed: { doc: Node; places: Places } | undefined;
  const writing = (doc: Node) => {
    if (written?.doc !== doc || written.of !== source) written = { doc, of: source, result: serialise(doc, source) };
    return written.result;
  };
  return {
    open(text) {
      const parsed = parse(schema, text, nextId);
      for (const origin of parsed.origins) origins.set(origin.id, origin);
      // One is left out, so that the last block of a text and the first of the next are no neighbours.
      nextId += parsed.origins.length + 1;
      source = { origins, after: parsed.after, style: styleOf(text) };
      return parsed.doc;
    },
    write: (doc) => writing(doc).text,
    places(doc) {
      if (placed?.doc === doc) return placed.places;
      const { text, pieces } = writing(doc);
      placed = { doc, places: placesOf(doc, pieces, parse(schema, text).origins) };
      return placed.places;
    },
  };
}
