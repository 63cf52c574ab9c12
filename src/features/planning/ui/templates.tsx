"use client";

import {
  createTemplate,
  getTemplate,
  listCampaigns,
  listTags,
  listTemplates,
  removeTemplate,
  type Template,
  updateTemplate,
} from "@contentos/sdk";
import { Button, Menu, MultiSelect, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPencil, IconPlus, IconTemplate, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useBase } from "@/ui/base";
import { EmptyState } from "@/ui/empty-state";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useRead, useWrite } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { RowMenu } from "@/ui/row-menu";
import { Row, Rows } from "@/ui/rows";
import { useTold } from "@/ui/told";
import { asChoices } from "./shapes";

type Named = { id: string; name: string };
type Asked = { what: "edit" | "remove"; template: Named } | { what: "new" };

export function Templates({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations("settings.templates");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages(listTemplates, { limit: 50 });
  const templates = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const close = () => setAsked(undefined);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: "new" })}>
      {t("new")}
    </Button>
  );
  return (
    <Stack>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={3} height={60} />}
      {pages.data && templates.length === 0 && (
        <EmptyState icon={IconTemplate} title={t("none")} text={t("noneText")} action={canWrite && add} />
      )}
      {templates.length > 0 && canWrite && <div>{add}</div>}
      <Rows label={t("title")}>
        {templates.map(({ id, name, title }) => (
          <Row
            key={id}
            main={
              <>
                <Text fw={600} style={{ overflowWrap: "anywhere" }}>
                  {name}
                </Text>
                <Text size="sm" c="dimmed" truncate>
                  {title}
                </Text>
              </>
            }
            aside={
              canWrite && (
                <RowMenu label={t("moreFor", { name })}>
                  <Menu.Item
                    leftSection={<IconPencil size={16} />}
                    onClick={() => setAsked({ what: "edit", template: { id, name } })}
                  >
                    {common("edit")}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconTrash size={16} />}
                    color="red"
                    onClick={() => setAsked({ what: "remove", template: { id, name } })}
                  >
                    {common("remove")}
                  </Menu.Item>
                </RowMenu>
              )
            }
          />
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
      {asked?.what === "new" && <TemplateForm onClose={close} />}
      {asked?.what === "edit" && <EditTemplate id={asked.template.id} onClose={close} />}
      {asked?.what === "remove" && <Remove template={asked.template} onClose={close} />}
    </Stack>
  );
}

/** The list has no bodies. */
function EditTemplate({ id, onClose }: { id: string; onClose: () => void }) {
  const template = useRead(getTemplate, { id });
  if (template.error) return <ProblemAlert error={template.error} onRetry={() => template.refetch()} />;
  return template.data ? <TemplateForm template={template.data} onClose={onClose} /> : <LoadingRows rows={1} />;
}

function TemplateForm({ template, onClose }: { template?: Template; onClose: () => void }) {
  const t = useTranslations("settings.templates");
  const common = useTranslations("common");
  const told = useTold();
  const tags = useRead(listTags, { limit: 100 });
  const campaigns = useRead(listCampaigns, { limit: 100 });
  const form = useForm({
    initialValues: {
      name: template?.name ?? "",
      title: template?.title ?? "",
      body: template?.body ?? "",
      campaignId: template?.campaignId ?? null,
      tagIds: template?.tagIds ?? [],
    },
  });
  const { base, refused } = useBase(template?.updatedAt);
  const done = {
    onSuccess: () => {
      onClose();
      told();
    },
    onError: (error: Error) => {
      refused(error);
      form.setErrors(issuesOf(error));
    },
  };
  const create = useWrite(createTemplate, done);
  const update = useWrite(updateTemplate, done);
  const { isPending, error } = template ? update : create;
  return (
    <FormModal
      title={template ? t("edit") : t("new")}
      action={template ? common("save") : t("create")}
      busy={isPending}
      error={error}
      dirty={form.isDirty()}
      size="lg"
      onClose={onClose}
      onSubmit={form.onSubmit((body) =>
        template ? update.mutate({ id: template.id, body: { ...body, baseUpdatedAt: base } }) : create.mutate({ body }),
      )}
    >
      <TextInput label={t("name")} required maxLength={120} data-autofocus {...form.getInputProps("name")} />
      <TextInput label={t("itemTitle")} description={t("titleHint")} required {...form.getInputProps("title")} />
      <Textarea
        label={t("body")}
        description={t("bodyHint")}
        autosize
        minRows={6}
        maxRows={16}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        {...form.getInputProps("body")}
      />
      <Select
        label={t("campaign")}
        clearable
        searchable
        data={asChoices(campaigns.data?.items ?? [])}
        {...form.getInputProps("campaignId")}
      />
      <MultiSelect
        label={t("tags")}
        searchable
        data={asChoices(tags.data?.items ?? [])}
        {...form.getInputProps("tagIds")}
      />
    </FormModal>
  );
}

function Remove({ template, onClose }: { template: Named; onClose: () => void }) {
  const t = useTranslations("settings.templates");
  return (
    <RemoveModal
      operation={removeTemplate}
      input={{ id: template.id }}
      title={t("removeTitle", { name: template.name })}
      text={t("removeText")}
      onClose={onClose}
    />
  );
}
