import {
  type ContentItemWithBody,
  listCampaigns,
  listTags,
  type Member,
  type UpdateContent,
  updateContent,
} from "@contentos/sdk";
import { MultiSelect, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { BriefForm } from "./brief-form";
import { DueField } from "./due-field";

type Props = { item: ContentItemWithBody; mayEdit: boolean; members: readonly Member[] };

/** An item's place in the plan, and what it is to do. None of it makes a version, but what goes out with the text. */
export function DetailsPanel({ item, mayEdit, members }: Props) {
  const t = useTranslations("details");
  const update = useWrite(updateContent);
  const campaigns = useRead(listCampaigns, { limit: 100 });
  const tags = useRead(listTags, { limit: 100 });
  const set = (body: UpdateContent) => update.mutate({ id: item.id, body });
  const known = (entries: { value: string; label: string }[], id: string | null) =>
    id && !entries.some(({ value }) => value === id) ? [...entries, { value: id, label: t("gone") }] : entries;
  const people = members
    .filter(({ role }) => role !== "Viewer")
    .map(({ userId, name }) => ({ value: userId, label: name }));
  const plans = campaigns.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const all = new Map([...item.tags, ...(tags.data?.items ?? [])].map(({ id, name }) => [id, name]));
  return (
    <Stack gap="md">
      <ProblemAlert error={update.error ?? campaigns.error ?? tags.error} />
      <Select
        label={t("assignee")}
        placeholder={t("nobody")}
        data={known(people, item.assigneeId)}
        value={item.assigneeId}
        onChange={(assigneeId) => set({ assigneeId })}
        disabled={!mayEdit}
        clearable
        searchable
      />
      <DueField value={item.dueAt} disabled={!mayEdit} onChange={(dueAt) => set({ dueAt })} />
      <Select
        label={t("campaign")}
        placeholder={t("none")}
        data={known(plans, item.campaignId)}
        value={item.campaignId}
        onChange={(campaignId) => set({ campaignId })}
        disabled={!mayEdit}
        clearable
        searchable
      />
      <MultiSelect
        label={t("tags")}
        {...(item.tags.length === 0 && { placeholder: t("none") })}
        data={[...all].map(([value, label]) => ({ value, label }))}
        value={item.tags.map(({ id }) => id)}
        onChange={(tagIds) => set({ tagIds })}
        disabled={!mayEdit}
        searchable
        hidePickedOptions
        nothingFoundMessage={t("noTags")}
      />
      <MetadataFields key={item.currentVersion.versionNumber} item={item} mayEdit={mayEdit} onSet={set} />
      <BriefForm itemId={item.id} mayEdit={mayEdit} />
    </Stack>
  );
}

const FIELDS = ["excerpt", "slug", "keyword"] as const;
type MetadataProps = { item: ContentItemWithBody; mayEdit: boolean; onSet: (body: UpdateContent) => void };

/** What goes out beside the text: saved as the field is left, as a version. */
function MetadataFields({ item, mayEdit, onSet }: MetadataProps) {
  const t = useTranslations("details");
  const { metadata, versionNumber } = item.currentVersion;
  const [typed, setTyped] = useState<Record<string, string>>({});
  const leave = (field: (typeof FIELDS)[number]) => {
    const value = typed[field]?.trim();
    if (value === undefined || value === (metadata[field] ?? "")) return;
    const { [field]: _old, ...rest } = metadata;
    onSet({ metadata: { ...rest, ...(value && { [field]: value }) }, baseVersion: versionNumber });
  };
  return (
    <>
      {FIELDS.map((field) => (
        <TextInput
          key={field}
          label={t(`fields.${field}`)}
          description={field === "excerpt" ? t("makesVersion") : undefined}
          value={typed[field] ?? metadata[field] ?? ""}
          disabled={!mayEdit}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTyped((before) => ({ ...before, [field]: value }));
          }}
          onBlur={() => leave(field)}
        />
      ))}
    </>
  );
}
