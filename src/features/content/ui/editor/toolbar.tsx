import { ActionIcon, Group, Menu, Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconBlockquote,
  IconBold,
  IconChevronDown,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconMessagePlus,
  IconPhoto,
  IconStrikethrough,
  IconTable,
  IconWand,
} from "@tabler/icons-react";
import { type Editor, useEditorState } from "@tiptap/react";
import type { ComponentType, KeyboardEvent } from "react";
import { useTranslations } from "use-intl";
import type { Messages } from "@/ui/text/languages";
import classes from "./editor.module.css";
import { turnInto } from "./keys";
import { TableMenu } from "./table-menu";

type Name = keyof Messages["editor"]["does"];
type IconType = ComponentType<{ size?: number; stroke?: number }>;
const MARKS: [Name, IconType, string][] = [
  ["bold", IconBold, "B"],
  ["italic", IconItalic, "I"],
  ["strike", IconStrikethrough, "⇧X"],
  ["code", IconCode, "E"],
];
const BLOCKS: [Name, IconType][] = [
  ["bulletList", IconList],
  ["orderedList", IconListNumbers],
  ["taskList", IconListCheck],
  ["blockquote", IconBlockquote],
];
const KINDS = ["paragraph", "heading1", "heading2", "heading3", "codeBlock"] as const;

type Props = {
  editor: Editor;
  editable: boolean;
  onLink: () => void;
  onImage: () => void;
  onComment?: (() => void) | undefined;
  onRewrite?: (() => void) | undefined;
};

/** What can be done with the words that are selected. */
export function Toolbar({ editor, editable, onLink, onImage, onComment, onRewrite }: Props) {
  const t = useTranslations("editor");
  const is = useEditorState({ editor, selector: ({ editor: now }) => activeIn(now) });
  const control = (name: Name, Icon: IconType, run: () => void, active = false, hint = "") => (
    <Tooltip key={name} label={hint ? `${t(`does.${name}`)} (${hint})` : t(`does.${name}`)} openDelay={400}>
      <ActionIcon
        variant={active ? "light" : "subtle"}
        {...(!active && { color: "gray" })}
        size="lg"
        aria-label={t(`does.${name}`)}
        aria-pressed={active}
        // The selection stays where it is.
        onMouseDown={(event) => event.preventDefault()}
        onClick={run}
      >
        <Icon size={18} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
  const mark = (name: string) => () => editor.chain().focus().toggleMark(name).run();
  const turn = (name: string) => () => turnInto(editor, name);
  return (
    <Group className={classes.toolbar} gap={2} role="toolbar" aria-label={t("toolbar")} onKeyDown={moveAmong}>
      {editable && (
        <>
          <KindMenu editor={editor} kind={is.kind} />
          {MARKS.map(([name, Icon, key]) => control(name, Icon, mark(name), is.marks.includes(name), `Ctrl ${key}`))}
          {control("link", IconLink, onLink, is.marks.includes("link"), "Ctrl ⇧L")}
          <span className={classes.rule} />
          {BLOCKS.map(([name, Icon]) => control(name, Icon, turn(name), is.blocks.includes(name)))}
          <span className={classes.rule} />
          {control("image", IconPhoto, onImage)}
          {is.blocks.includes("table") ? <TableMenu editor={editor} /> : control("table", IconTable, turn("table"))}
        </>
      )}
      {editable && onRewrite && (
        <>
          <span className={classes.rule} />
          {control("rewrite", IconWand, onRewrite)}
        </>
      )}
      {onComment && (
        <>
          <span className={classes.rule} />
          {control("comment", IconMessagePlus, onComment, false, "Ctrl Alt M")}
        </>
      )}
    </Group>
  );
}

function KindMenu({ editor, kind }: { editor: Editor; kind: (typeof KINDS)[number] }) {
  const t = useTranslations("editor");
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.kind} aria-label={`${t("kind")}: ${t(`does.${kind}`)}`}>
          {t(`does.${kind}`)}
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((each) => (
          <Menu.Item key={each} onClick={() => turnInto(editor, each)} fw={each === kind ? 600 : 400}>
            {t(`does.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function activeIn(editor: Editor) {
  const marks = ["bold", "italic", "strike", "code", "link"].filter((name) => editor.isActive(name));
  const blocks = ["orderedList", "blockquote", "table"].filter((name) => editor.isActive(name));
  const task = editor.isActive("listItem") && editor.getAttributes("listItem").checked !== null;
  if (task) blocks.push("taskList");
  else if (editor.isActive("bulletList")) blocks.push("bulletList");
  const level = editor.isActive("heading") ? editor.getAttributes("heading").level : 0;
  const kind = editor.isActive("codeBlock")
    ? "codeBlock"
    : level > 0
      ? (`heading${Math.min(level, 3)}` as "heading1")
      : "paragraph";
  return { marks, blocks, kind: kind as (typeof KINDS)[number] };
}

/** By arrows from one to the next, as a toolbar goes. */
function moveAmong(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button:not([disabled])")];
  const place = buttons.indexOf(event.target as HTMLElement);
  if (place < 0) return;
  event.preventDefault();
  buttons[(place + step + buttons.length) % buttons.length]?.focus();
}
