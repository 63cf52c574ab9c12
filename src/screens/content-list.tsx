"use client";

import { listCampaigns, listPersonas, listTags } from "@contentos/sdk";
import { Stack } from "@mantine/core";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import {
  addressOf,
  EVERYTHING,
  type Filter,
  filterOf,
  filterOfView,
  isFiltered,
  viewOf,
} from "@/features/content/ui/list/filter";
import { FilterBar } from "@/features/content/ui/list/filter-bar";
import { useItems } from "@/features/content/ui/list/hooks";
import { ItemRows } from "@/features/content/ui/list/item-rows";
import { Views } from "@/features/planning/ui/views";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { PlainButton } from "@/ui/plain-button";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { useShortcut } from "@/ui/shortcuts";
import { useMay, useWorkspace } from "./workspace-context";

const BulkBar = dynamic(() => import("@/features/content/ui/list/bulk-bar").then((module) => module.BulkBar));
const ItemBoard = dynamic(() => import("@/features/content/ui/list/item-board").then((module) => module.ItemBoard));
const NothingListed = dynamic(() => import("./content-list/nothing-listed").then((module) => module.NothingListed));
const NewItem = dynamic(() => import("@/features/content/ui/new-item").then((module) => module.NewItem));

export function ContentList() {
  const t = useTranslations("content.list");
  const keys = useTranslations("shell.keys");
  const workspace = useWorkspace();
  const router = useRouter();
  const address = useSearchParams();
  const filter = useMemo(() => filterOf(address), [address]);
  const may = useMay();
  const mayWrite = may("Writer");
  const base = `/w/${workspace.slug}/content`;
  const writing = mayWrite && address.has("new");
  const setFilter = useCallback(
    (next: Filter) => router.replace(base + addressOf(next), { scroll: false }),
    [router, base],
  );
  const write = useCallback(() => router.push(`${base}?new`), [router, base]);
  useShortcut("n", keys("new"), write);
  const choices = useChoices();
  const hrefOf = useCallback((id: string) => `${base}/${id}`, [base]);
  const props = { filter, hrefOf, nameOf: choices.nameOf };
  return (
    <Page title={t("heading")} actions={mayWrite && <PlainButton onClick={write}>{t("new")}</PlainButton>}>
      <FilterBar
        filter={filter}
        choices={choices}
        onChange={setFilter}
        views={
          <Views current={viewOf(filter)} onOpen={(view) => setFilter(filterOfView(view))} canShare={may("Editor")} />
        }
      />
      {filter.view === "board" ? (
        <ItemBoard {...props} />
      ) : (
        <Items
          {...props}
          choices={choices}
          onNew={mayWrite ? write : undefined}
          onClear={() => setFilter(EVERYTHING)}
        />
      )}
      {writing && <NewItem onClose={() => router.replace(base)} onDone={(id) => router.push(`${base}/${id}`)} />}
    </Page>
  );
}

/** Of the rooms that know them; fetched once there is somewhere to choose, and kept for a while, since they change seldom. */
function useChoices() {
  const { id } = useWorkspace();
  const { members, nameOf } = useMembers(id);
  const [needed, setNeeded] = useState(false);
  const need = useCallback(() => setNeeded(true), []);
  const kept = { staleTime: 60_000, enabled: needed };
  const tags = useRead(listTags, { limit: 100 }, kept).data?.items ?? [];
  const campaigns = useRead(listCampaigns, { limit: 100 }, kept).data?.items ?? [];
  const personas = useRead(listPersonas, { limit: 100 }, kept).data?.items ?? [];
  return { members, nameOf, tags, campaigns, personas, need };
}

type Props = {
  filter: Filter;
  choices: ReturnType<typeof useChoices>;
  hrefOf: (id: string) => string;
  nameOf: (userId: string | null) => string;
  onNew: (() => void) | undefined;
  onClear: () => void;
};

function Items({ filter, choices, onNew, onClear, ...props }: Props) {
  const list = useItems(filter);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const { items, fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const select = useCallback(
    (ids: string[], on: boolean) =>
      setSelected((before) => {
        const after = new Set(before);
        for (const id of ids) on ? after.add(id) : after.delete(id);
        return after;
      }),
    [],
  );
  if (list.isPending) return <LoadingRows rows={8} height={50} />;
  if (list.error) return <ProblemAlert error={list.error} onRetry={() => list.refetch()} />;
  if (items.length === 0) return <NothingListed filtered={isFiltered(filter)} onNew={onNew} onClear={onClear} />;
  return (
    <Stack gap={0} style={{ opacity: list.isPlaceholderData ? 0.6 : 1 }}>
      <ItemRows
        items={items}
        selected={onNew && selected}
        onSelect={select}
        onEnd={hasNextPage && !isFetchingNextPage ? more : undefined}
        {...props}
      />
      {isFetchingNextPage && <LoadingRows rows={2} height={50} />}
      {selected.size > 0 && (
        <BulkBar
          items={items.filter(({ id }) => selected.has(id))}
          choices={choices}
          archived={filter.archived}
          onClear={() => setSelected(new Set())}
        />
      )}
    </Stack>
  );
}
