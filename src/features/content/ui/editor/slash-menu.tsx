import { Paper, Portal, Text, UnstyledButton } from "@mantine/core";
import {
  IconBlockquote,
  IconCode,
  IconH1,
  IconH2,
  IconH3,
  IconLineDashed,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconPhoto,
  IconTable,
  IconWand,
} from "@tabler/icons-react";
import { type Editor, useEditorState } from "@tiptap/react";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import classes from "./editor.module.css";
import { turnInto } from "./keys";
import { closeSlash, slashOf } from "./slash";

const ENTRIES = [
  ["heading1", IconH1],
  ["heading2", IconH2],
  ["heading3", IconH3],
  ["bulletList", IconList],
  ["orderedList", IconListNumbers],
  ["taskList", IconListCheck],
  ["blockquote", IconBlockquote],
  ["codeBlock", IconCode],
  ["table", IconTable],
  ["image", IconPhoto],
  ["divider", IconLineDashed],
  ["rewrite", IconWand],
] as const;

type Props = {
  editor: Editor;
  onImage: () => void;
  onRewrite?: (() => void) | undefined;
  /** What a key does while the menu is open; whether it was one of its own. */
  keyRef: RefObject<(event: KeyboardEvent) => boolean>;
};

/** What a `/` offers. The cursor stays in the text; arrows choose, Enter takes. */
export function SlashMenu({ editor, onImage, onRewrite, keyRef }: Props) {
  const t = useTranslations("editor");
  const slash = useEditorState({ editor, selector: ({ editor: now }) => slashOf(now.state) });
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const query = slash?.query.toLowerCase() ?? "";
  const offered = ENTRIES.filter(([name]) => {
    if (name === "rewrite" && !onRewrite) return false;
    const words = `${t(`does.${name}`)} ${t(`finds.${name}`)}`.toLowerCase().split(" ");
    return words.some((word) => word.startsWith(query));
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: Another query begins at the first entry.
  useEffect(() => setChosen(0), [query]);
  const take = (name: (typeof ENTRIES)[number][0]) => {
    if (!slash) return;
    editor.chain().focus().deleteRange({ from: slash.from, to: slash.to }).run();
    if (name === "image") onImage();
    else if (name === "rewrite") onRewrite?.();
    else turnInto(editor, name);
  };
  keyRef.current = (event) => {
    if (offered.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setChosen((chosen + step + offered.length) % offered.length);
    else if (event.key === "Enter" || event.key === "Tab") take(offered[chosen]![0]);
    else if (event.key === "Escape") editor.view.dispatch(closeSlash(editor.state));
    else return false;
    event.preventDefault();
    return true;
  };
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  });
  const place = slash && offered.length > 0 ? editor.view.coordsAtPos(slash.from) : undefined;
  useMenuFor(editor, place ? `slash-${offered[chosen]?.[0]}` : undefined);
  if (!place) return null;
  const above = place.bottom + 320 > window.innerHeight;
  return (
    <Portal>
      <Paper
        ref={list}
        withBorder
        shadow="md"
        className={classes.slash}
        role="listbox"
        aria-label={t("insert")}
        id="slash-menu"
        style={{
          insetInlineStart: Math.min(place.left, window.innerWidth - 260),
          ...(above ? { bottom: window.innerHeight - place.top + 6 } : { top: place.bottom + 6 }),
        }}
      >
        {offered.map(([name, Icon], index) => (
          <UnstyledButton
            key={name}
            id={`slash-${name}`}
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            className={classes.entry}
            onMouseDown={(event) => event.preventDefault()}
            onMouseEnter={() => setChosen(index)}
            onClick={() => take(name)}
          >
            <Icon size={18} stroke={1.6} aria-hidden />
            <Text size="sm">{t(`does.${name}`)}</Text>
          </UnstyledButton>
        ))}
      </Paper>
    </Portal>
  );
}

/** Tells whoever can't see the menu that it is there, and what is chosen. */
function useMenuFor(editor: Editor, chosen: string | undefined) {
  useEffect(() => {
    const { dom } = editor.view;
    if (chosen) {
      dom.setAttribute("aria-controls", "slash-menu");
      dom.setAttribute("aria-activedescendant", chosen);
    } else {
      dom.removeAttribute("aria-controls");
      dom.removeAttribute("aria-activedescendant");
    }
  }, [editor, chosen]);
}
