import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import type { Editor } from "@tiptap/react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { addressOf } from "../markdown/addresses";

type Props = { editor: Editor; onClose: () => void };

/** Where the words that are selected lead to. Without any selected, the address itself is put in. */
export function LinkDialog({ editor, onClose }: Props) {
  const t = useTranslations("editor.links");
  const common = useTranslations("common");
  const [before] = useState(() => String(editor.getAttributes("link").href ?? ""));
  const [typed, setTyped] = useState(before);
  const [wrong, setWrong] = useState(false);
  const linked = () => editor.chain().focus().extendMarkRange("link");
  const save = () => {
    const href = addressOf(typed);
    if (!href) return setWrong(true);
    const attrs = { href, title: null, ref: null, bare: false };
    if (editor.state.selection.empty && !before)
      editor
        .chain()
        .focus()
        .insertContent({ type: "text", text: typed.trim(), marks: [{ type: "link", attrs }] })
        .run();
    else linked().setMark("link", attrs).run();
    onClose();
  };
  const remove = () => {
    linked().unsetMark("link").run();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title")}
      closeButtonProps={{ "aria-label": common("close") }}
      returnFocus={false}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Stack>
          <TextInput
            label={t("address")}
            placeholder="https://"
            value={typed}
            error={wrong && t("wrong")}
            data-autofocus
            autoComplete="off"
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setWrong(false);
            }}
          />
          <Group justify="flex-end" gap="xs">
            {before && (
              <Button variant="subtle" color="red" onClick={remove}>
                {t("remove")}
              </Button>
            )}
            <Button type="submit">{common("save")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
