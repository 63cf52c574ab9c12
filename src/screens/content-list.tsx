"use client";

import { listCampaigns, listPersonas, listTags } from "@contentos/sdk";
import { Button, Group, Stack } from "@mantine/core";
import { IconFilePlus, IconFilterOff } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { addressOf, EVERYTHING, type Filter, filterOf, isFiltered } from "@/features/content/ui/list/filter";
import { FilterBar } from "@/features/content/ui/list/filter-bar";
import { useItems } from "@/features/content/ui/list/hooks";
import { ItemRows } from "@/features/content/ui/list/item-rows";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { useShortcut } from "@/ui/shortcuts";
import { IconContent } from "./shell/icons";
import { useMay, useWorkspace } from "./workspace-context";

const BulkBar = dynamic(() => import("@/features/content/ui/list/bulk-bar").then((module) => module.BulkBar));
const ItemBoard = dynamic(() => import("@/features/content/ui/list/item-board").then((module) => module.ItemBoard));
const NewItem = dynamic(() => import("@/features/content/ui/new-item").then((module) => module.NewItem));

export function ContentList() {
  const t = useTranslations("content.list");
  const keys = useTranslations("shell.keys");
  const workspace = useWorkspace();
  const router = useRouter();
  const address = useSearchParams();
  const filter = useMemo(() => filterOf(address), [address]);
  const mayWrite = useMay()("Writer");
  const base = `/w/${workspace.slug}/content`;
  const writing = mayWrite && address.has("new");
  const setFilter = useCallback(
    (next: Filter) => router.replace(base + addressOf(next), { scroll: false }),
    [router, base],
  );
  const write = useCallback(() => router.push(`${base}?new`), [router, base]);
  useShortcut("n", keys("new"), write);
  const choices = useChoices();
  const props = { filter, hrefOf: (id: string) => `${base}/${id}`, nameOf: choices.nameOf };
  return (
    <Page title={t("heading")} actions={mayWrite && <Button onClick={write}>{t("new")}</Button>}>
      <FilterBar filter={filter} choices={choices} onChange={setFilter} />
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

/** Of the rooms that know them; kept for a while, since they change seldom. */
function useChoices() {
  const { id } = useWorkspace();
  const { members, nameOf } = useMembers(id);
  const kept = { staleTime: 60_000 };
  const tags = useRead(listTags, { limit: 100 }, kept).data?.items ?? [];
  const campaigns = useRead(listCampaigns, { limit: 100 }, kept).data?.items ?? [];
  const personas = useRead(listPersonas, { limit: 100 }, kept).data?.items ?? [];
  return { members, nameOf, tags, campaigns, personas };
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
  const select = (ids: string[], on: boolean) =>
    setSelected((before) => {
      const after = new Set(before);
      for (const id of ids) on ? after.add(id) : after.delete(id);
      return after;
    });
  if (list.isPending) return <LoadingRows rows={8} height={50} />;
  if (list.error) return <ProblemAlert error={list.error} onRetry={() => list.refetch()} />;
  if (items.length === 0) return <Nothing filtered={isFiltered(filter)} onNew={onNew} onClear={onClear} />;
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

function Nothing({ filtered, onNew, onClear }: { filtered: boolean } & Pick<Props, "onNew" | "onClear">) {
  const t = useTranslations("content.list");
  const { slug } = useWorkspace();
  const mayImport = useMay()("Editor");
  if (filtered)
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t("nothingFits")}
        text={t("nothingFitsText")}
        action={
          <Button variant="default" onClick={onClear}>
            {t("clear")}
          </Button>
        }
      />
    );
  return (
    <EmptyState
      icon={IconContent}
      title={t("nothing")}
      text={t("nothingText")}
      action={
        onNew && (
          <Group justify="center">
            <Button leftSection={<IconFilePlus size={18} />} onClick={onNew}>
              {t("first")}
            </Button>
            {mayImport && (
              <Button variant="default" component={Link} href={`/w/${slug}/settings/transfer`}>
                {t("import")}
              </Button>
            )}
          </Group>
        )
      }
    />
  );
}
