import { type MdastNode, visit, withTree } from "./markdown";

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const NAMED = new RegExp(`content:(${UUID})`, "gi");
const FIRST = new RegExp(`content:(${UUID})`, "i");
/** In words without Markdown; what looks like a link of Markdown is one all the same. */
const PLAIN = new RegExp(`\\[([^\\]]*)\\]\\(content:(${UUID})(#[^\\s)]*)?\\)|content:(${UUID})(#[\\w-]*)?`, "gi");

/** Where an item can be read by anybody; undefined for what is not public. */
export type AddressOfItem = (id: string) => string | undefined;

/** The items that a text names as `content:<id>`, in lower case, each once. */
export const itemsNamedIn = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(NAMED), ([, id]) => id!.toLowerCase())),
];

/** Markdown in which links between items lead to where anybody can read them; of other ones the words stay. */
export function withItemLinks(markdown: string, addressOf: AddressOfItem): string {
  if (itemsNamedIn(markdown).length === 0) return markdown;
  return withTree(markdown, (tree) => edited(markdown, editsOf(markdown, tree, addressOf)));
}

/** The same in words without Markdown, for networks that know none. */
export const withPlainItemLinks = (text: string, addressOf: AddressOfItem): string =>
  text
    .replace(PLAIN, (_, words: string | undefined, linked, fragmentOfLink, bare, fragmentOfBare) => {
      const address = addressOf(String(linked ?? bare).toLowerCase());
      return [words, address && address + (fragmentOfLink ?? fragmentOfBare ?? "")].filter(Boolean).join(" ");
    })
    .replace(/[ \t]+$/gm, "");

type Edit = { start: number; end: number; text: string };

function editsOf(markdown: string, tree: MdastNode, addressOf: AddressOfItem): Edit[] {
  const edits: Edit[] = [];
  const dead = new Set<string>();
  const each = (look: (node: MdastNode, start: number, end: number) => void) =>
    visit(tree, (node) => node.position && look(node, node.position.start.offset, node.position.end.offset));
  each((node, start, end) => {
    const id = /^(link|definition)$/.test(node.type) ? FIRST.exec(node.url ?? "")?.[1]?.toLowerCase() : undefined;
    if (id === undefined) return;
    const address = addressOf(id);
    // An autolink's words are its address.
    const from = markdown[start] === "<" ? start : (wordsOf(node)?.end ?? start);
    const at = markdown.slice(from, end).search(FIRST);
    if (address !== undefined && at >= 0)
      edits.push({ start: from + at, end: from + at + `content:${id}`.length, text: address });
    else if (node.type === "link") edits.push(...unlinked(node, start, end, markdown[start] === "<"));
    else dead.add(node.identifier ?? "");
    if (address === undefined && node.type === "definition") edits.push({ start, end, text: "" });
  });
  each((node, start, end) => {
    if (node.type === "linkReference" && dead.has(node.identifier ?? ""))
      edits.push(...unlinked(node, start, end, false));
  });
  return edits;
}

/** Where the words of a link stand. */
function wordsOf({ children = [] }: MdastNode) {
  const [first, last] = [children[0]?.position, children.at(-1)?.position];
  return first && last && { start: first.start.offset, end: last.end.offset };
}

/** What stands around the words goes. */
function unlinked(node: MdastNode, start: number, end: number, auto: boolean): Edit[] {
  const words = auto ? undefined : wordsOf(node);
  if (!words) return [{ start, end, text: "" }];
  return [
    { start, end: words.start, text: "" },
    { start: words.end, end, text: "" },
  ];
}

function edited(markdown: string, edits: Edit[]): string {
  let text = "";
  let at = 0;
  for (const edit of edits.sort((one, other) => one.start - other.start)) {
    text += markdown.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + markdown.slice(at);
}
