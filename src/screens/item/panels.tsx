import type { ContentItemWithBody, Member } from "@contentos/sdk";
import { Badge, Stack, Tabs } from "@mantine/core";
import { useTranslations } from "use-intl";
import { SeoPanel } from "@/features/ai/seo/ui/seo-panel";
import { SeoSuggestions } from "@/features/ai/seo/ui/seo-suggestions";
import { Lineage } from "@/features/analytics/ui/lineage";
import { PublicationNumbers } from "@/features/analytics/ui/publication-numbers";
import { ReviewCard } from "@/features/approval/ui/review-card";
import type { useThreads } from "@/features/comments/ui/hooks";
import { type NewPassage, ThreadsPanel } from "@/features/comments/ui/threads-panel";
import { DetailsPanel } from "@/features/content/ui/details/details-panel";
import { VersionsPanel } from "@/features/content/ui/versions/versions-panel";
import { PublishCard } from "@/features/distribution/ui/publish-card";
import { LinkCard } from "@/features/review/ui/link-card";
import { TrialCard } from "@/features/site/trials/ui/trial-card";
import { useMay, useWorkspace } from "../workspace-context";
import { AiHelp } from "./ai-help";
import classes from "./item.module.css";
import { SinceApproved } from "./since-approved";
import { WritingFor } from "./writing-for";

export type Tab = "review" | "comments" | "seo" | "versions" | "details";

type Props = {
  item: ContentItemWithBody;
  userId: string;
  mayEdit: boolean;
  members: readonly Member[];
  nameOf: (userId: string | null) => string;
  tab: Tab;
  onTab: (tab: Tab) => void;
  threads: ReturnType<typeof useThreads>;
  openCount: number;
  activeThread: string | null;
  passage: NewPassage | undefined;
  onPassageDone: () => void;
  onReveal: (threadId: string) => void;
  /** As they stand in the editor. */
  words: { title: string; body: string } | undefined;
  onShow: (passage: { start: number; end: number; quote: string }) => void;
};

export function Panels({
  item,
  userId,
  mayEdit,
  members,
  nameOf,
  tab,
  onTab,
  threads,
  openCount,
  words,
  onShow,
  ...talk
}: Props) {
  const t = useTranslations("item");
  const workspace = useWorkspace();
  const may = useMay();
  return (
    <Stack gap="sm">
      <WritingFor itemId={item.id} mayEdit={mayEdit && !item.archivedAt} />
      <Tabs value={tab} onChange={(next) => onTab((next ?? "review") as Tab)} keepMounted={false}>
        <Tabs.List className={classes.tabs ?? ""} aria-label={t("panels")}>
          <Tabs.Tab value="review">{t("tabs.review")}</Tabs.Tab>
          <Tabs.Tab
            value="comments"
            rightSection={
              openCount > 0 && (
                <Badge size="sm" circle variant="light" c="var(--mantine-color-text)">
                  {openCount}
                </Badge>
              )
            }
          >
            {t("tabs.comments")}
          </Tabs.Tab>
          <Tabs.Tab value="seo">{t("tabs.seo")}</Tabs.Tab>
          <Tabs.Tab value="versions">{t("tabs.versions")}</Tabs.Tab>
          <Tabs.Tab value="details">{t("tabs.details")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="review" pt="md">
          <Stack>
            <ReviewCard role={workspace.role} item={item} mayEdit={mayEdit} userId={userId} nameOf={nameOf} />
            <SinceApproved item={item} />
            {may("Editor") && <LinkCard items={[item]} />}
            {mayEdit && !item.archivedAt && <AiHelp item={item} />}
            <PublishCard workspace={workspace} item={item} />
            <TrialCard item={item} userId={userId} mayPropose={may("Editor") && !item.archivedAt} />
            <PublicationNumbers itemId={item.id} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="comments" pt="md">
          <ThreadsPanel
            itemId={item.id}
            threads={threads}
            userId={userId}
            members={members}
            nameOf={nameOf}
            mayRemoveAll={may("Editor")}
            mayResolveAll={mayEdit}
            archived={item.archivedAt !== null}
            {...talk}
          />
        </Tabs.Panel>
        <Tabs.Panel value="seo" pt="md">
          <Stack>
            <SeoPanel itemId={item.id} words={words} mayEdit={mayEdit && !item.archivedAt} onShow={onShow} />
            {mayEdit && !item.archivedAt && <SeoSuggestions item={item} words={words} />}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <VersionsPanel item={item} mayEdit={mayEdit && !item.archivedAt} nameOf={nameOf} />
        </Tabs.Panel>
        <Tabs.Panel value="details" pt="md">
          <Stack gap="xl">
            <DetailsPanel item={item} mayEdit={mayEdit && !item.archivedAt} members={members} />
            <Lineage itemId={item.id} nameOf={nameOf} />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
