"use client";

import { createContent, listTemplates } from "@contentos/sdk";
import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";

type Props = { onClose: () => void; onDone: (id: string) => void };

/** A title is enough to begin; a template gives the rest. */
export function NewItem({ onClose, onDone }: Props) {
  const t = useTranslations("content.new");
  const common = useTranslations("common");
  const [title, setTitle] = useState("");
  const [templateId, setTemplateId] = useState<string | null>(null);
  const templates = useRead(listTemplates, { limit: 100 }, { staleTime: 60_000 }).data?.items ?? [];
  const create = useWrite(createContent, { onSuccess: ({ id }) => onDone(id) });
  const given = title.trim();
  return (
    <Modal opened onClose={onClose} title={t("heading")} centered closeButtonProps={{ "aria-label": common("close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ body: { ...(given && { title: given }), ...(templateId && { templateId }) } });
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={t("title")}
            required={!templateId}
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          {templates.length > 0 && (
            <Select
              label={t("template")}
              description={t("templateHint")}
              data={templates.map(({ id, name }) => ({ value: id, label: name }))}
              value={templateId}
              onChange={setTemplateId}
              clearable
            />
          )}
          <ProblemAlert error={create.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t("create")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
