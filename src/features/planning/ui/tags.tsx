"use client";

import { createTag, listTags, mergeTag, removeTag, type Tag, updateTag } from "@contentos/sdk";
import { Button, ColorInput, ColorSwatch, Menu, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconArrowMerge, IconPencil, IconPlus, IconTag, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useBase } from "@/ui/base";
import { EmptyState } from "@/ui/empty-state";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useWrite } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { RowMenu } from "@/ui/row-menu";
import { Row, Rows } from "@/ui/rows";
import { useTold } from "@/ui/told";
import { asChoices, COLORS } from "./shapes";

type Asked = { what: "edit" | "merge" | "remove"; tag: Tag } | { what: "new" };

export function Tags({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations("settings.tags");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages(listTags, { limit: 100 });
  const tags = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: "new" })}>
      {t("new")}
    </Button>
  );
  return (
    <Stack>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={4} />}
      {pages.data && tags.length === 0 && (
        <EmptyState icon={IconTag} title={t("none")} text={t("noneText")} action={canWrite && add} />
      )}
      {tags.length > 0 && (
        <>
          {canWrite && <div>{add}</div>}
          <Rows label={t("title")}>
            {tags.map((tag) => (
              <TagRow
                key={tag.id}
                tag={tag}
                canWrite={canWrite}
                canMerge={tags.length > 1}
                onAsk={(what) => setAsked({ what, tag })}
              />
            ))}
          </Rows>
        </>
      )}
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
      <Ask asked={asked} tags={tags} onClose={() => setAsked(undefined)} />
    </Stack>
  );
}

type RowProps = {
  tag: Tag;
  canWrite: boolean;
  canMerge: boolean;
  onAsk: (what: "edit" | "merge" | "remove") => void;
};

function TagRow({ tag, canWrite, canMerge, onAsk }: RowProps) {
  const t = useTranslations("settings.tags");
  const common = useTranslations("common");
  return (
    <Row
      icon={<ColorSwatch color={tag.color} size={18} aria-hidden />}
      main={
        <>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {tag.name}
          </Text>
          <Text size="sm" c="dimmed">
            {t("items", { count: tag.itemCount })}
          </Text>
        </>
      }
      aside={
        canWrite && (
          <RowMenu label={t("moreFor", { name: tag.name })}>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk("edit")}>
              {common("edit")}
            </Menu.Item>
            {canMerge && (
              <Menu.Item leftSection={<IconArrowMerge size={16} />} onClick={() => onAsk("merge")}>
                {t("merge")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => onAsk("remove")}>
              {common("remove")}
            </Menu.Item>
          </RowMenu>
        )
      }
    />
  );
}

function Ask({ asked, tags, onClose }: { asked: Asked | undefined; tags: Tag[]; onClose: () => void }) {
  if (!asked) return null;
  if (asked.what === "new") return <TagForm onClose={onClose} />;
  // As it is by now: somebody else may have changed it.
  const tag = tags.find(({ id }) => id === asked.tag.id) ?? asked.tag;
  if (asked.what === "edit") return <TagForm tag={tag} onClose={onClose} />;
  if (asked.what === "merge") return <Merge tag={tag} tags={tags} onClose={onClose} />;
  return <Remove tag={tag} onClose={onClose} />;
}

function TagForm({ tag, onClose }: { tag?: Tag; onClose: () => void }) {
  const t = useTranslations("settings.tags");
  const common = useTranslations("common");
  const told = useTold();
  const form = useForm({ initialValues: { name: tag?.name ?? "", color: tag?.color ?? COLORS[0]! } });
  const { base, refused } = useBase(tag?.updatedAt);
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
  const create = useWrite(createTag, done);
  const update = useWrite(updateTag, done);
  const { isPending, error } = tag ? update : create;
  return (
    <FormModal
      title={tag ? t("edit") : t("new")}
      action={tag ? common("save") : t("create")}
      busy={isPending}
      error={error}
      dirty={form.isDirty()}
      onClose={onClose}
      onSubmit={form.onSubmit((body) =>
        tag ? update.mutate({ id: tag.id, body: { ...body, baseUpdatedAt: base } }) : create.mutate({ body }),
      )}
    >
      <TextInput label={t("name")} required maxLength={60} data-autofocus {...form.getInputProps("name")} />
      <ColorInput label={t("color")} swatches={COLORS} withEyeDropper={false} {...form.getInputProps("color")} />
    </FormModal>
  );
}

function Merge({ tag, tags, onClose }: { tag: Tag; tags: Tag[]; onClose: () => void }) {
  const t = useTranslations("settings.tags");
  const told = useTold();
  const [into, setInto] = useState<string | null>(null);
  const merge = useWrite(mergeTag, {
    onSuccess: () => {
      onClose();
      told();
    },
  });
  return (
    <FormModal
      title={t("mergeTitle", { name: tag.name })}
      action={t("merge")}
      busy={merge.isPending}
      error={merge.error}
      dirty={false}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        if (into) merge.mutate({ id: tag.id, body: { into } });
      }}
    >
      <Text size="sm">{t("mergeText", { name: tag.name, count: tag.itemCount })}</Text>
      <Select
        label={t("mergeInto")}
        required
        searchable
        data={asChoices(tags.filter(({ id }) => id !== tag.id))}
        value={into}
        onChange={setInto}
      />
    </FormModal>
  );
}

function Remove({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const t = useTranslations("settings.tags");
  return (
    <RemoveModal
      operation={removeTag}
      input={{ id: tag.id, force: true }}
      title={t("removeTitle", { name: tag.name })}
      text={t("removeText", { count: tag.itemCount })}
      onClose={onClose}
    />
  );
}
