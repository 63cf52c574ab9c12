"use client";

import { Alert, Button, Code, CopyButton, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslations } from "use-intl";

type Props = { title: string; text: string; value: string; onClose: () => void };

/** A secret that is shown this once, to be copied. */
function ShownOnce({ title, text, value, onClose }: Props) {
  const t = useTranslations("common");
  return (
    <Stack>
      <Alert color="teal" variant="light" title={title}>
        <Text size="sm">{text}</Text>
      </Alert>
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {value}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={value}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? t("copied") : t("copy")}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {t("close")}
        </Button>
      </Group>
    </Stack>
  );
}

/** The same over the list in which what it belongs to was made. Only who says so closes it. */
export function ShownOnceModal({ heading, ...shown }: Props & { heading: string }) {
  const t = useTranslations("common");
  return (
    <Modal
      opened
      onClose={shown.onClose}
      title={heading}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <ShownOnce {...shown} />
    </Modal>
  );
}
