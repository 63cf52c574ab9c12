"use client";

import { listViews, type SavedView, type ViewFilter } from "@contentos/sdk";
import { IconBookmark } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { PlainButton, type PlainButtonProps } from "@/ui/plain-button";
import { useRead } from "@/ui/query";

export type ViewProps = {
  /** What the list shows now. */
  current: ViewFilter;
  onOpen: (filter: ViewFilter) => void;
  /** Whether one may share views, and change shared ones. */
  canShare: boolean;
};

const same = (one: ViewFilter, other: ViewFilter) => wordsOf(one) === wordsOf(other);
const wordsOf = (filter: ViewFilter) => JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));

/** All views, and the one that shows what is shown now. */
export function useViews(current: ViewFilter) {
  const { data, error } = useRead(listViews, { limit: 100 }, { staleTime: 60_000 });
  const views = data?.items ?? [];
  return { views, shown: views.find((view) => same(view.filter, current)), error };
}

type Props = PlainButtonProps & { shown: SavedView | undefined };

export function ViewButton({ shown, ...props }: Props) {
  const t = useTranslations("views");
  return (
    <PlainButton quiet icon={<IconBookmark size={16} aria-hidden />} style={{ maxWidth: 220 }} {...props}>
      {shown?.name ?? t("title")}
    </PlainButton>
  );
}
