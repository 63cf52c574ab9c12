import { type AnyExtension, Extension, Mark, mergeAttributes, Node } from "@tiptap/core";
import { isAllowedAddress } from "./addresses";

const kept = (fallback: unknown = null) => ({ default: fallback, rendered: false });

const Doc = Node.create({ name: "doc", topNode: true, content: "block+" });
const Text = Node.create({ name: "text", group: "inline" });

const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  parseHTML: () => [{ tag: "p" }],
  renderHTML: ({ HTMLAttributes }) => ["p", HTMLAttributes, 0],
});

const Heading = Node.create({
  name: "heading",
  group: "block",
  content: "inline*",
  defining: true,
  addAttributes: () => ({ level: { default: 2, rendered: false } }),
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
});

const Blockquote = Node.create({
  name: "blockquote",
  group: "block",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "blockquote" }],
  renderHTML: ({ HTMLAttributes }) => ["blockquote", HTMLAttributes, 0],
});

const BulletList = Node.create({
  name: "bulletList",
  group: "block list",
  content: "listItem+",
  addAttributes: () => ({ spread: kept(false) }),
  parseHTML: () => [{ tag: "ul" }],
  renderHTML: ({ HTMLAttributes }) => ["ul", HTMLAttributes, 0],
});

const OrderedList = Node.create({
  name: "orderedList",
  group: "block list",
  content: "listItem+",
  addAttributes: () => ({
    spread: kept(false),
    start: { default: 1, parseHTML: (element: HTMLElement) => Number(element.getAttribute("start") ?? 1) },
  }),
  parseHTML: () => [{ tag: "ol" }],
  renderHTML: ({ HTMLAttributes: { start, ...rest } }) => ["ol", start === 1 ? rest : { ...rest, start }, 0],
});

const ListItem = Node.create({
  name: "listItem",
  content: "block+",
  defining: true,
  addAttributes: () => ({
    spread: kept(false),
    /** True or false in a list of tasks, null elsewhere. */
    checked: {
      default: null,
      parseHTML: (element: HTMLElement) => {
        const said = element.dataset.checked;
        return said === undefined ? null : said === "true";
      },
      renderHTML: ({ checked }: Record<string, unknown>) => (checked === null ? {} : { "data-checked": checked }),
    },
  }),
  parseHTML: () => [{ tag: "li" }],
  renderHTML: ({ HTMLAttributes }) => ["li", HTMLAttributes, 0],
});

const CodeBlock = Node.create({
  name: "codeBlock",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  addAttributes: () => ({ language: kept(), meta: kept() }),
  parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
  renderHTML: ({ HTMLAttributes }) => ["pre", HTMLAttributes, ["code", 0]],
});

/** What the editor has no form for, as it stands in the source: HTML, footnotes, definitions. */
const MarkdownBlock = Node.create({
  name: "markdownBlock",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  parseHTML: () => [{ tag: "pre[data-markdown]", preserveWhitespace: "full", priority: 60 }],
  renderHTML: ({ HTMLAttributes }) => ["pre", mergeAttributes(HTMLAttributes, { "data-markdown": "" }), ["code", 0]],
});

const HorizontalRule = Node.create({
  name: "horizontalRule",
  group: "block",
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: ({ HTMLAttributes }) => ["hr", HTMLAttributes],
});

const cellAttributes = () => ({
  align: {
    default: null,
    parseHTML: (element: HTMLElement) => element.style.textAlign || null,
    renderHTML: ({ align }: Record<string, unknown>) => (align ? { style: `text-align: ${align}` } : {}),
  },
  // GFM has no cells over several rows or columns; the commands for tables ask for these.
  colspan: kept(1),
  rowspan: kept(1),
  colwidth: kept(),
});

const Table = Node.create({
  name: "table",
  group: "block",
  content: "tableRow+",
  isolating: true,
  parseHTML: () => [{ tag: "table" }],
  renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]],
});
const TableRow = Node.create({
  name: "tableRow",
  content: "(tableCell | tableHeader)*",
  parseHTML: () => [{ tag: "tr" }],
  renderHTML: ({ HTMLAttributes }) => ["tr", HTMLAttributes, 0],
});
const TableHeader = Node.create({
  name: "tableHeader",
  content: "inline*",
  isolating: true,
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: "th" }],
  renderHTML: ({ HTMLAttributes }) => ["th", HTMLAttributes, 0],
});
const TableCell = Node.create({
  name: "tableCell",
  content: "inline*",
  isolating: true,
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: "td" }],
  renderHTML: ({ HTMLAttributes }) => ["td", HTMLAttributes, 0],
});

const HardBreak = Node.create({
  name: "hardBreak",
  group: "inline",
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: "br" }],
  renderHTML: () => ["br"],
  renderText: () => "\n",
});

const Image = Node.create({
  name: "image",
  group: "inline",
  inline: true,
  draggable: true,
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" }, title: { default: null }, ref: kept() }),
  parseHTML: () => [{ tag: "img[src]", getAttrs: (element) => isAllowedAddress(element.getAttribute("src")!) && null }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
});

/** Within a line, what the editor has no form for: tags, references to footnotes. */
const InlineSource = Node.create({
  name: "inlineSource",
  group: "inline",
  inline: true,
  addAttributes: () => ({ source: { default: "", rendered: false } }),
  renderHTML: ({ node }) => ["code", { "data-source": "" }, node.attrs.source as string],
  renderText: ({ node }) => node.attrs.source as string,
});

const simpleMark = (name: string, tag: string, others: string[]) =>
  Mark.create({
    name,
    parseHTML: () => [tag, ...others].map((each) => ({ tag: each })),
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });

const Link = Mark.create({
  name: "link",
  priority: 1000,
  inclusive: false,
  addAttributes: () => ({
    href: { default: "" },
    title: { default: null },
    /** `full:label` and the like, for an address that stands elsewhere in the text. */
    ref: kept(),
    /** An address that stands in the text as such, without any brackets. */
    bare: kept(false),
  }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (element) => isAllowedAddress(element.getAttribute("href")!) && null }],
  renderHTML: ({ HTMLAttributes: { href, ...rest } }) => [
    "a",
    { ...rest, ...(isAllowedAddress(String(href)) && { href }), rel: "noopener noreferrer" },
    0,
  ],
});

/** A space that is a line's end in the source, and none on the page. */
const SoftBreak = Mark.create({
  name: "softBreak",
  inclusive: false,
  parseHTML: () => [{ tag: "span[data-soft-break]" }],
  renderHTML: () => ["span", { "data-soft-break": "" }, 0],
});

const TABLE_ROLES: Record<string, string> = {
  table: "table",
  tableRow: "row",
  tableHeader: "header_cell",
  tableCell: "cell",
};
const TableRoles = Extension.create({
  name: "tableRoles",
  extendNodeSchema: ({ name }) => (TABLE_ROLES[name] ? { tableRole: TABLE_ROLES[name] } : {}),
});

/** Which block of the source a block came from: as long as it is the same, its source is what is stored. */
const Origins = Extension.create({
  name: "origins",
  addGlobalAttributes: () => [{ types: BLOCKS, attributes: { origin: { ...kept(), keepOnSplit: false } } }],
});
const BLOCKS = [
  "paragraph",
  "heading",
  "blockquote",
  "bulletList",
  "orderedList",
  "codeBlock",
  "markdownBlock",
  "horizontalRule",
  "table",
];

/** All that a text can consist of. */
export const SCHEMA_EXTENSIONS: AnyExtension[] = [
  Doc,
  Text,
  Paragraph,
  Heading,
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  CodeBlock,
  MarkdownBlock,
  HorizontalRule,
  Table,
  TableRow,
  TableHeader,
  TableCell,
  HardBreak,
  Image,
  InlineSource,
  Link,
  simpleMark("bold", "strong", ["b"]),
  simpleMark("italic", "em", ["i"]),
  simpleMark("strike", "s", ["del", "strike"]),
  Mark.create({
    name: "code",
    code: true,
    exitable: true,
    parseHTML: () => [{ tag: "code" }],
    renderHTML: ({ HTMLAttributes }) => ["code", HTMLAttributes, 0],
  }),
  SoftBreak,
  TableRoles,
  Origins,
];
