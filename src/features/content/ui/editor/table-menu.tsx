import { ActionIcon, Menu } from "@mantine/core";
import { IconTable } from "@tabler/icons-react";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable } from "@tiptap/pm/tables";
import type { Editor } from "@tiptap/react";
import { useTranslations } from "use-intl";

const COMMANDS = { addRow: addRowAfter, addColumn: addColumnAfter, deleteRow, deleteColumn, deleteTable };
const ALIGNMENTS = ["left", "center", "right"] as const;

/** What can be done with the table that one stands in. */
export function TableMenu({ editor }: { editor: Editor }) {
  const t = useTranslations("editor.tables");
  const run = (command: typeof addRowAfter) => () => {
    command(editor.state, editor.view.dispatch);
    editor.commands.focus();
  };
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <ActionIcon variant="light" size="lg" aria-label={t("menu")}>
          <IconTable size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]).map((name) => (
          <Menu.Item key={name} onClick={run(COMMANDS[name])} {...(name.startsWith("delete") && { color: "red" })}>
            {t(name)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {ALIGNMENTS.map((align) => (
          <Menu.Item key={align} onClick={() => alignColumn(editor, align)}>
            {t(align)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Markdown aligns whole columns. */
function alignColumn(editor: Editor, align: (typeof ALIGNMENTS)[number]) {
  const { $from } = editor.state.selection;
  const depth = Array.from({ length: $from.depth + 1 }, (_, level) => level).find(
    (level) => $from.node(level).type.name === "table",
  );
  if (depth === undefined) return;
  const column = $from.index(depth + 1);
  const { tr } = editor.state;
  const start = $from.start(depth);
  $from.node(depth).forEach((row, rowAt) => {
    row.forEach((_cell, cellAt, index) => {
      if (index === column) tr.setNodeAttribute(start + rowAt + 1 + cellAt, "align", align);
    });
  });
  editor.view.dispatch(tr);
  editor.commands.focus();
}
