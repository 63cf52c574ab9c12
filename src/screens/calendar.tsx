"use client";

import type { ContentItem } from "@contentos/sdk";
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { useMe } from "@/features/auth/ui/use-me";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { useMay, useWorkspace } from "./workspace-context";

const Calendar = dynamic(
  () => import("@/features/distribution/ui/calendar/calendar").then((module) => module.Calendar),
  { ssr: false, loading: () => <LoadingRows rows={8} height={64} /> },
);

const VIEWS = ["month", "week", "day", "agenda"] as const;
type View = (typeof VIEWS)[number];

/** Which days are shown, and how, stands in the address: it can be sent, and Back goes back. */
export function CalendarScreen() {
  const t = useTranslations("distribution.calendar");
  const workspace = useWorkspace();
  const may = useMay();
  const me = useMe();
  const isPhone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const asked = useSearchParams();
  const view = VIEWS.find((known) => known === asked.get("view")) ?? (isPhone ? "agenda" : "month");
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(asked.get("day") ?? "")?.[0];
  const onShow = (next: View, on: string) => window.history.pushState(null, "", `?view=${next}&day=${on}`);
  const [planning, setPlanning] = useState<string>();
  const userId = me.data?.user.id;
  const { role } = workspace;
  const mayEdit = useCallback(
    ({ createdBy, assigneeId }: ContentItem) =>
      role === "Editor" || role === "Admin" || (role === "Writer" && (createdBy === userId || assigneeId === userId)),
    [role, userId],
  );
  return (
    <Page
      title={t("title")}
      lead={t("lead", { timeZone: workspace.timeZone })}
      actions={may("Editor") && <Button onClick={() => setPlanning("")}>{t("plan")}</Button>}
    >
      <Calendar
        timeZone={workspace.timeZone}
        mayPlan={may("Editor")}
        mayEdit={mayEdit}
        isPhone={isPhone}
        view={view}
        day={day}
        onShow={onShow}
        planning={planning}
        onPlanning={setPlanning}
        itemHref={(id) => `/w/${workspace.slug}/content/${id}`}
      />
    </Page>
  );
}
