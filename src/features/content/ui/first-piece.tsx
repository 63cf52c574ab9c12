"use client";

import { createContent } from "@contentos/sdk";
import { Anchor, Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

type Props = { onDone: (id: string) => void; importHref: string };

/** A title and a few words, on the spot. */
export function FirstPiece({ onDone, importHref }: Props) {
  const t = useTranslations("content.firstPiece");
  const [title, setTitle] = useState("");
  const [body, setBody] = useState("");
  const create = useWrite(createContent, { onSuccess: ({ id }) => onDone(id) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ body: { title, body } });
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t("title")}
          placeholder={t("titleExample")}
          required
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label={t("text")}
          autosize
          minRows={4}
          maxRows={14}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <ProblemAlert error={create.error} />
        <Group justify="space-between">
          <Button type="submit" loading={create.isPending}>
            {t("keep")}
          </Button>
          <Anchor component={Link} href={importHref} size="sm">
            {t("import")}
          </Anchor>
        </Group>
      </Stack>
    </form>
  );
}
