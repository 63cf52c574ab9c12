import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView, NodeView } from "@tiptap/pm/view";
import { isAllowedAddress } from "../markdown/addresses";

export type ViewTexts = Record<"done" | "noAlt" | "editAlt" | "missing" | "source" | "code", string>;
type Options = {
  /** Where an image of the library or of the web is loaded from. */
  addressOf: (src: string) => Promise<string>;
  onEditImage: (at: number) => void;
  texts: ViewTexts;
};

type At = () => number | undefined;

/** How tasks, images and what is shown as source look and are used. */
export const Views = Extension.create<Options>({
  name: "views",
  addProseMirrorPlugins() {
    const { options } = this;
    return [
      new Plugin({
        props: {
          nodeViews: {
            listItem: (node, view, at) => itemView(node, view, at, options),
            image: (node, view, at) => imageView(node, view, at, options),
            markdownBlock: () => labelledView("Markdown", options.texts.source),
            codeBlock: (node) => labelledView(node.attrs.language ?? options.texts.code, options.texts.code, node),
          },
        },
      }),
    ];
  },
});

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

function itemView(node: Node, view: EditorView, at: At, { texts }: Options): NodeView {
  const dom = element("li");
  if (node.attrs.checked === null) {
    return { dom, contentDOM: dom, update: (next) => next.type === node.type && next.attrs.checked === null };
  }
  const box = element("input", { type: "checkbox", contenteditable: "false" });
  const contentDOM = element("div");
  dom.dataset.task = "";
  dom.append(box, contentDOM);
  const show = (shown: Node) => {
    box.checked = shown.attrs.checked;
    box.disabled = !view.editable;
    dom.dataset.checked = String(shown.attrs.checked);
    box.setAttribute("aria-label", `${texts.done}: ${shown.firstChild?.textContent ?? ""}`);
  };
  show(node);
  box.addEventListener("change", () => {
    const place = at();
    if (place !== undefined) view.dispatch(view.state.tr.setNodeAttribute(place, "checked", box.checked));
  });
  return {
    dom,
    contentDOM,
    update(next) {
      if (next.type !== node.type || next.attrs.checked === null) return false;
      show(next);
      return true;
    },
    stopEvent: ({ target }) => target === box,
    ignoreMutation: ({ target, type }) => type !== "selection" && !contentDOM.contains(target),
  };
}

function imageView(first: Node, view: EditorView, at: At, { addressOf, onEditImage, texts }: Options): NodeView {
  const dom = element("span", { class: "image" });
  const picture = element("img", { draggable: "false" });
  const button = element("button", { type: "button", contenteditable: "false" });
  dom.append(picture, button);
  let shown = "";
  picture.addEventListener("error", () => {
    dom.dataset.missing = texts.missing;
  });
  button.addEventListener("click", () => {
    const place = at();
    if (place !== undefined) onEditImage(place);
  });
  const show = ({ attrs }: Node) => {
    // What it shows stands below it, on the button: told once.
    picture.alt = "";
    button.textContent = attrs.alt || texts.noAlt;
    button.disabled = !view.editable;
    button.setAttribute("aria-label", `${texts.editAlt}: ${attrs.alt || texts.noAlt}`);
    dom.toggleAttribute("data-without-alt", !attrs.alt);
    if (shown === attrs.src) return;
    shown = attrs.src;
    if (!isAllowedAddress(shown)) return;
    addressOf(shown).then(
      (address) => {
        delete dom.dataset.missing;
        picture.src = address;
      },
      () => {
        dom.dataset.missing = texts.missing;
      },
    );
  };
  show(first);
  return {
    dom,
    update(next) {
      if (next.type !== first.type) return false;
      show(next);
      return true;
    },
    stopEvent: ({ target }) => target === button,
    ignoreMutation: () => true,
  };
}

function labelledView(shown: string, label: string, first?: Node): NodeView {
  const dom = element("div", { class: "block", "data-label": shown, role: "group", "aria-label": label });
  const pre = element("pre");
  const contentDOM = element("code");
  pre.append(contentDOM);
  dom.append(pre);
  return {
    dom,
    contentDOM,
    update: (next) =>
      next.type.name === (first ? "codeBlock" : "markdownBlock") && next.attrs.language === first?.attrs.language,
  };
}
