import {
  Extension,
  InputRule,
  markInputRule,
  PasteRule,
  textblockTypeInputRule,
  wrappingInputRule,
} from "@tiptap/core";

/** What turns into what as it is typed: Markdown, as far as it can be told while somebody writes. */
export const InputRules = Extension.create({
  name: "inputRules",
  addInputRules() {
    const { nodes, marks } = this.editor.schema;
    const emphasis = (sign: string, count: number) => {
      const one = `\\${sign}`;
      return new RegExp(
        `(?<=^|[^\\w${one}])(${one}{${count}}([^\\s${one}](?:[^${one}]*[^\\s${one}])?)${one}{${count}})$`,
      );
    };
    const mark = (name: string, find: RegExp) => markInputRule({ find, type: marks[name]! });
    return [
      mark("bold", emphasis("*", 2)),
      mark("bold", emphasis("_", 2)),
      mark("italic", emphasis("*", 1)),
      mark("italic", emphasis("_", 1)),
      mark("strike", emphasis("~", 2)),
      mark("code", /(?<=^|[^`])(`([^`]+)`)$/),
      textblockTypeInputRule({
        find: /^(#{1,6})\s$/,
        type: nodes.heading!,
        getAttributes: (match) => ({ level: match[1]!.length }),
      }),
      textblockTypeInputRule({
        find: /^```(\w*)\s$/,
        type: nodes.codeBlock!,
        getAttributes: (match) => ({ language: match[1] || null }),
      }),
      new InputRule({
        find: /^\[([ xX])\]\s$/,
        handler: ({ chain, range, match }) => {
          const checked = match[1] !== " ";
          const within = this.editor.isActive("listItem");
          const cleared = chain().deleteRange(range);
          (within ? cleared : cleared.toggleList("bulletList", "listItem"))
            .updateAttributes("listItem", { checked })
            .run();
        },
      }),
      wrappingInputRule({ find: /^\s*([-*+])\s$/, type: nodes.bulletList! }),
      wrappingInputRule({
        find: /^(\d{1,9})[.)]\s$/,
        type: nodes.orderedList!,
        getAttributes: (match) => ({ start: Number(match[1]) }),
        joinPredicate: (match, node) => node.childCount + node.attrs.start === Number(match[1]),
      }),
      wrappingInputRule({ find: /^>\s$/, type: nodes.blockquote! }),
      new InputRule({
        find: /^(?:---|\*\*\*|___)\s?$/,
        handler: ({ chain, range }) => {
          chain()
            .deleteRange(range)
            .insertContent([{ type: "horizontalRule" }, { type: "paragraph" }])
            .run();
        },
      }),
    ];
  },
  addPasteRules() {
    return [
      new PasteRule({
        find: /^https?:\/\/\S+$/g,
        handler: ({ state, range, match }) => {
          const href = match[0];
          const link = state.schema.marks.link!.create({ href, bare: true });
          state.tr.addMark(range.from, range.to, link);
        },
      }),
    ];
  },
});
