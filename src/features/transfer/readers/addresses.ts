import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { refuseIntricate } from "@/platform/markdown-bounds";
import type { Named } from "./entry";
import { withinPatience } from "./patience";

/** An address in a Markdown text. Offsets are in UTF-16 code units, and of the address alone. */
export type Address = Named & { start: number; end: number };

type Token = { start: { offset: number }; end: { offset: number } };
type Node = {
  type: string;
  url?: string;
  value?: string;
  alt?: string | null;
  identifier?: string;
  data?: { place?: [number, number] };
  children?: Node[];
};

/** Keeps, with each node that has an address, where in the text the address stands. */
function places(this: { data(): { fromMarkdownExtensions?: unknown[] } }) {
  const keep = function (this: { stack: Node[] }, token: Token) {
    const node = this.stack.at(-1);
    if (node) node.data = { ...node.data, place: [token.start.offset, token.end.offset] };
  };
  const data = this.data();
  data.fromMarkdownExtensions ??= [];
  data.fromMarkdownExtensions.push({ enter: { resourceDestination: keep, definitionDestination: keep } });
}

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(places as () => void)
  .freeze();

/**
 * Every written address of images, links and definitions, in the order of the text. A definition is an image's where an
 * image names it. What is no Markdown (HTML, code) is left alone.
 * @throws {AppError} for a shape that no item may have, {SourceProblem} for what takes too long
 */
export function addressesOf(markdown: string): Address[] {
  refuseIntricate(markdown);
  return withinPatience("Markdown", markdown.length, () => {
    const tree = parser.parse(markdown) as Node;
    const nodes: Node[] = [];
    each(tree, (node) => nodes.push(node));
    const ofImages = new Set(nodes.filter(({ type }) => type === "imageReference").map(({ identifier }) => identifier));
    return nodes.flatMap((node): Address[] => {
      const { type, url, data } = node;
      if (url === undefined || data?.place === undefined) return [];
      const image = type === "image" || (type === "definition" && ofImages.has(node.identifier));
      const [start, end] = data.place;
      return [{ kind: image ? "image" : "link", url, text: node.alt ?? textOf(node), start, end }];
    });
  });
}

/** The text with other addresses; undefined leaves one as it is. Nothing else changes, not even a space. */
export function withAddresses(
  markdown: string,
  addresses: readonly Address[],
  renamed: (address: Address) => string | undefined,
): string {
  let text = "";
  let at = 0;
  for (const address of [...addresses].sort((one, other) => one.start - other.start)) {
    const other = renamed(address);
    if (other === undefined) continue;
    text += markdown.slice(at, address.start) + (/^[^\s<>()]+$/.test(other) ? other : `<${encodeAngles(other)}>`);
    at = address.end;
  }
  return text + markdown.slice(at);
}

const encodeAngles = (url: string) => url.replace(/[<>\n]/g, (character) => encodeURIComponent(character));

const textOf = (node: Node): string => node.value ?? (node.children ?? []).map(textOf).join("");

function each(node: Node, look: (node: Node) => void): void {
  look(node);
  for (const child of node.children ?? []) each(child, look);
}
