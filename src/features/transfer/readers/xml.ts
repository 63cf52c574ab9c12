import { TextDecoder } from "node:util";
import { SaxesParser } from "saxes";
import { SourceProblem } from "./entry";
import { LIMITS, type Limits } from "./limits";
import { encodingByMark, encodingNamed, fromWindows1252 } from "./text";

export type XmlNode = {
  name: string;
  attributes: Record<string, string>;
  /** All text and CDATA directly within, together. */
  text: string;
  children: XmlNode[];
  /** Texts (no name) and elements in their order, for what is markup itself. */
  content: (string | XmlNode)[];
};

/** One element below the root, or below the root's first child where that is the container; of one too large, its name. */
export type XmlRecord = { node: XmlNode; line: number } | { tooLarge: string; line: number };

type Bytes = AsyncIterable<Uint8Array>;

/**
 * Reads an XML file record by record: the elements at `depth` (1: the root's children). A document type is refused, and
 * with it every entity that expands; what is deeper, longer or more than the limits ends the reading.
 * @throws {SourceProblem} at the place where it can't be read further, with its line
 */
export async function* xmlRecords(bytes: Bytes, depth: number, limits: Limits = LIMITS): AsyncGenerator<XmlRecord> {
  const { parser, ready, spent } = recordParser(depth, limits);
  for await (const text of decoded(bytes)) {
    try {
      parser.write(text);
    } catch (error) {
      yield* ready.splice(0);
      throw error instanceof SourceProblem ? error : brokenAt(parser, error);
    }
    yield* ready.splice(0);
    if (spent(text.length) > limits.xmlPieceChars)
      throw new SourceProblem(`A text at line ${parser.line} has more than ${limits.xmlPieceChars} characters.`);
  }
  try {
    parser.close();
  } catch (error) {
    throw brokenAt(parser, error);
  }
  yield* ready.splice(0);
}

const brokenAt = (parser: SaxesParser, cause: unknown) =>
  new SourceProblem(`The XML is broken at line ${parser.line}: nothing after it was read.`, { cause });

function recordParser(depth: number, limits: Limits) {
  const parser = new SaxesParser();
  const ready: XmlRecord[] = [];
  const open: XmlNode[] = [];
  let level = 0;
  let line = 0;
  let recordChars = 0;
  let sinceEvent = 0;

  const add = (text: string) => {
    sinceEvent = 0;
    const node = open.at(-1);
    recordChars += text.length;
    if (!node || recordChars > limits.xmlPieceChars) return;
    node.text += text;
    node.content.push(text);
  };
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new SourceProblem("It has a document type (DOCTYPE), which is not read: take it out.");
  });
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("comment", () => {
    sinceEvent = 0;
  });
  parser.on("processinginstruction", () => {
    sinceEvent = 0;
  });
  parser.on("opentag", ({ name, attributes }) => {
    sinceEvent = 0;
    if (++level > limits.xmlDepth)
      throw new SourceProblem(`Its elements are nested deeper than ${limits.xmlDepth} levels.`);
    if (level <= depth) return;
    if (level === depth + 1) {
      line = parser.line;
      recordChars = 0;
    }
    const node: XmlNode = {
      name,
      attributes: attributes as Record<string, string>,
      text: "",
      children: [],
      content: [],
    };
    recordChars += name.length + NODE_CHARS;
    for (const [name, value] of Object.entries(attributes)) recordChars += name.length + value.length;
    if (recordChars <= limits.xmlPieceChars) {
      open.at(-1)?.children.push(node);
      open.at(-1)?.content.push(node);
    }
    open.push(node);
  });
  parser.on("closetag", () => {
    sinceEvent = 0;
    level -= 1;
    const node = level >= depth ? open.pop() : undefined;
    if (node && level === depth)
      ready.push(recordChars > limits.xmlPieceChars ? { tooLarge: node.name, line } : { node, line });
  });
  /** Characters fed since anything was told: what the parser holds back. */
  const spent = (chars: number) => {
    sinceEvent += chars;
    return sinceEvent;
  };
  return { parser, ready, spent };
}

/** What a node weighs beside its text, so that a million empty elements count. */
const NODE_CHARS = 600;

/** The first bytes name the encoding; bytes that it doesn't have become U+FFFD, which the readers report. */
async function* decoded(bytes: Bytes): AsyncGenerator<string> {
  let decode: ((chunk: Uint8Array) => string) | undefined;
  for await (const chunk of bytes) {
    decode ??= decoderFor(chunk);
    for (let at = 0; at < chunk.length; at += STEP_BYTES) yield decode(chunk.subarray(at, at + STEP_BYTES));
  }
}
const STEP_BYTES = 64 * 1024;

function decoderFor(first: Uint8Array) {
  const head = Buffer.from(first.subarray(0, 200)).toString("latin1");
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1];
  const encoding = encodingByMark(first) ?? encodingNamed(declared ?? "utf-8");
  if (encoding === "windows-1252") return fromWindows1252;
  const decoder = new TextDecoder(encoding);
  return (chunk: Uint8Array) => decoder.decode(chunk, { stream: true });
}

export const child = (node: XmlNode, name: string): XmlNode | undefined =>
  node.children.find((one) => one.name === name);
export const childText = (node: XmlNode, name: string): string => child(node, name)?.text.trim() ?? "";
export const childrenOf = (node: XmlNode, name: string): XmlNode[] => node.children.filter((one) => one.name === name);
