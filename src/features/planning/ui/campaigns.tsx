"use client";

import {
  archiveCampaign,
  type Campaign,
  createCampaign,
  listCampaigns,
  removeCampaign,
  restoreCampaign,
  updateCampaign,
} from "@contentos/sdk";
import { Button, Group, Menu, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconArchive, IconArchiveOff, IconPencil, IconPlus, IconTargetArrow, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
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

type Asked = { what: "edit" | "remove"; campaign: Campaign } | { what: "new" };

export function Campaigns({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations("settings.campaigns");
  const common = useTranslations("common");
  const [shown, setShown] = useState("current");
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages(listCampaigns, { archived: shown === "archived", limit: 50 });
  const campaigns = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: "new" })}>
      {t("new")}
    </Button>
  );
  return (
    <Stack>
      <Group justify="space-between">
        <SegmentedControl
          value={shown}
          onChange={setShown}
          aria-label={t("which")}
          data={["current", "archived"].map((value) => ({ value, label: t(value as "current") }))}
        />
        {canWrite && add}
      </Group>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={3} height={60} />}
      {pages.data && campaigns.length === 0 && (
        <EmptyState
          icon={IconTargetArrow}
          title={t(shown === "archived" ? "noneArchived" : "none")}
          text={shown === "archived" ? undefined : t("noneText")}
        />
      )}
      <Rows label={t("title")}>
        {campaigns.map((campaign) => (
          <CampaignRow
            key={campaign.id}
            campaign={campaign}
            canWrite={canWrite}
            onAsk={(what) => setAsked({ what, campaign })}
          />
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
      {asked?.what === "new" && <CampaignForm onClose={() => setAsked(undefined)} />}
      {asked?.what === "edit" && (
        <CampaignForm
          campaign={campaigns.find(({ id }) => id === asked.campaign.id) ?? asked.campaign}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked?.what === "remove" && <Remove campaign={asked.campaign} onClose={() => setAsked(undefined)} />}
    </Stack>
  );
}

type RowProps = { campaign: Campaign; canWrite: boolean; onAsk: (what: "edit" | "remove") => void };

function CampaignRow({ campaign, canWrite, onAsk }: RowProps) {
  const t = useTranslations("settings.campaigns");
  const common = useTranslations("common");
  const told = useTold();
  const archive = useWrite(archiveCampaign, { onSuccess: () => told(t("archivedNow")) });
  const restore = useWrite(restoreCampaign, { onSuccess: () => told() });
  const dates = useDates(campaign);
  const { id, name, goal, itemCount, archivedAt } = campaign;
  return (
    <Row
      main={
        <>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {name}
          </Text>
          <Text size="sm" c="dimmed">
            {[dates, t("items", { count: itemCount })].filter(Boolean).join(" · ")}
          </Text>
          {goal && (
            <Text size="sm" lineClamp={2}>
              {goal}
            </Text>
          )}
          <ProblemAlert error={archive.error ?? restore.error} />
        </>
      }
      aside={
        canWrite && (
          <RowMenu label={t("moreFor", { name })}>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk("edit")}>
              {common("edit")}
            </Menu.Item>
            {archivedAt ? (
              <Menu.Item leftSection={<IconArchiveOff size={16} />} onClick={() => restore.mutate({ id })}>
                {t("restore")}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => archive.mutate({ id })}>
                {t("archive")}
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

/** Days of the calendar are the same everywhere: they are told as in UTC. */
function useDates({ startsOn, endsOn }: Campaign): string | undefined {
  const t = useTranslations("settings.campaigns");
  const format = useFormatter();
  const day = (date: string) =>
    format.dateTime(new Date(`${date}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });
  if (startsOn && endsOn) return t("fromTo", { from: day(startsOn), to: day(endsOn) });
  if (startsOn) return t("from", { from: day(startsOn) });
  return endsOn ? t("to", { to: day(endsOn) }) : undefined;
}

function CampaignForm({ campaign, onClose }: { campaign?: Campaign; onClose: () => void }) {
  const t = useTranslations("settings.campaigns");
  const common = useTranslations("common");
  const told = useTold();
  const form = useForm({
    initialValues: {
      name: campaign?.name ?? "",
      goal: campaign?.goal ?? "",
      startsOn: campaign?.startsOn ?? "",
      endsOn: campaign?.endsOn ?? "",
    },
    validate: {
      endsOn: (endsOn, { startsOn }) => (startsOn && endsOn && endsOn < startsOn ? t("endsBefore") : null),
    },
  });
  const { base, refused } = useBase(campaign?.updatedAt);
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
  const create = useWrite(createCampaign, done);
  const update = useWrite(updateCampaign, done);
  const { isPending, error } = campaign ? update : create;
  return (
    <FormModal
      title={campaign ? t("edit") : t("new")}
      action={campaign ? common("save") : t("create")}
      busy={isPending}
      error={error}
      dirty={form.isDirty()}
      onClose={onClose}
      onSubmit={form.onSubmit(({ startsOn, endsOn, ...rest }) => {
        const body = { ...rest, startsOn: startsOn || null, endsOn: endsOn || null };
        if (campaign) update.mutate({ id: campaign.id, body: { ...body, baseUpdatedAt: base } });
        else create.mutate({ body });
      })}
    >
      <TextInput label={t("name")} required maxLength={120} data-autofocus {...form.getInputProps("name")} />
      <Textarea
        label={t("goal")}
        description={t("goalHint")}
        maxLength={2_000}
        autosize
        minRows={2}
        {...form.getInputProps("goal")}
      />
      <Group grow align="flex-start">
        <TextInput type="date" label={t("startsOn")} {...form.getInputProps("startsOn")} />
        <TextInput type="date" label={t("endsOn")} {...form.getInputProps("endsOn")} />
      </Group>
    </FormModal>
  );
}

function Remove({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const t = useTranslations("settings.campaigns");
  return (
    <RemoveModal
      operation={removeCampaign}
      input={{ id: campaign.id }}
      title={t("removeTitle", { name: campaign.name })}
      text={t("removeText", { count: campaign.itemCount })}
      onClose={onClose}
    />
  );
}
