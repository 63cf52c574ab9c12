"use client";

import type { ContentItemWithBody } from "@contentos/sdk";
import {
  ActionIcon,
  Anchor,
  Badge,
  Box,
  Button,
  CloseButton,
  Drawer,
  Group,
  Stack,
  Tooltip,
  VisuallyHidden,
} from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconChevronLeft, IconLayoutSidebarRightCollapse, IconLayoutSidebarRightExpand } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { markedIn, useThreads } from "@/features/comments/ui/hooks";
import type { WriterHandle } from "@/features/content/ui/writer";
import { useLiveItem } from "@/features/events/ui/hooks";
import { PresentPeople } from "@/features/events/ui/present-people";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { LoadingRows } from "@/ui/loading-rows";
import { notices } from "@/ui/notices";
import { StatusBadge } from "@/ui/status-badge";
import { useMay, useWorkspace } from "../workspace-context";
import classes from "./item.module.css";
import { Panels, type Tab } from "./panels";
import { useItemChanged } from "./use-item-changed";
import { useRewriting } from "./use-rewriting";

const Writer = dynamic(() => import("@/features/content/ui/writer").then((module) => module.Writer), {
  loading: () => <LoadingRows rows={8} />,
});

type Props = { item: ContentItemWithBody; userId: string };
type Passage = { start: number; end: number; quote: string };

/** The text in the middle; beside it, or in a drawer, what is said and decided about it. */
export function ItemDesk({ item, userId }: Props) {
  const t = useTranslations("item");
  const workspace = useWorkspace();
  const may = useMay();
  const members = useMembers(workspace.id);
  const mayEdit = may("Editor") || (may("Writer") && (item.createdBy === userId || item.assigneeId === userId));
  const present = useLiveItem({ workspaceId: workspace.id, itemId: item.id, refresh: useItemChanged() });
  const [beside, aside] = useDisclosure(true);
  const [drawn, drawer] = useDisclosure(false);
  const wide = useMediaQuery("(min-width: 75em)", true, { getInitialValueInEffect: false });
  const talk = useTalk(item, () => {
    if (!wide) drawer.open();
    else aside.open();
  });
  const rewriting = useRewriting(item.id, talk.writer);
  useEffect(() => {
    document.title = `${item.title} · ContentOS`;
  }, [item.title]);
  const panels = (
    <Panels
      item={item}
      userId={userId}
      mayEdit={mayEdit}
      members={members.data?.items ?? []}
      nameOf={members.nameOf}
      {...talk}
      onShow={(passage) => {
        drawer.close();
        talk.onShow(passage);
      }}
      onReveal={(id) => {
        drawer.close();
        talk.onReveal(id);
      }}
    />
  );
  return (
    <Stack gap="md">
      <VisuallyHidden component="h1">{item.title}</VisuallyHidden>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Group gap="sm" miw={0} wrap="nowrap">
          <Anchor component={Link} href={`/w/${workspace.slug}/content`} size="sm" className={classes.back ?? ""}>
            <IconChevronLeft size={16} aria-hidden />
            {t("back")}
          </Anchor>
          <StatusBadge status={item.archivedAt ? "Archived" : item.status} />
        </Group>
        <Group gap="sm" wrap="nowrap">
          <PresentPeople present={present} />
          {wide ? (
            <Tooltip label={beside ? t("foldAside") : t("openAside")}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={beside ? t("foldAside") : t("openAside")}
                aria-expanded={beside}
                onClick={aside.toggle}
              >
                {beside ? <IconLayoutSidebarRightCollapse size={20} /> : <IconLayoutSidebarRightExpand size={20} />}
              </ActionIcon>
            </Tooltip>
          ) : (
            <Button
              variant="default"
              size="xs"
              onClick={drawer.open}
              rightSection={
                talk.openCount > 0 && (
                  <Badge size="sm" circle>
                    {talk.openCount}
                  </Badge>
                )
              }
            >
              {t("panels")}
            </Button>
          )}
        </Group>
      </Group>
      <div className={classes.desk} data-beside={(wide && beside) || undefined}>
        <Box className={classes.middle ?? ""}>
          <Writer
            item={item}
            userId={userId}
            mayEdit={mayEdit}
            nameOf={members.nameOf}
            handle={talk.writer}
            marked={talk.marked}
            activeThread={talk.activeThread}
            onChooseThread={talk.onChoose}
            onComment={talk.onComment}
            onRewrite={rewriting.open}
            onWords={talk.onWords}
          />
        </Box>
        {wide && beside && (
          <Box component="aside" aria-label={t("panels")} className={classes.aside ?? ""}>
            {panels}
          </Box>
        )}
      </div>
      {rewriting.dialog}
      {!wide && (
        <Drawer.Root
          opened={drawn}
          onClose={() => isOnTop() && drawer.close()}
          position="right"
          size="min(440px, 100vw)"
        >
          <Drawer.Overlay />
          <Drawer.Content aria-label={t("panels")}>
            <Drawer.Body>
              <Group justify="flex-end" py={6}>
                <CloseButton aria-label={t("closePanels")} onClick={drawer.close} />
              </Group>
              {panels}
            </Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
      )}
    </Stack>
  );
}

/** Escape is heard by the drawer as well as by a dialog that was opened from it, which goes first. */
const isOnTop = () => document.querySelectorAll('[role="dialog"]').length < 2;

/** What ties the text and its comments together. */
function useTalk(item: ContentItemWithBody, openPanels: () => void) {
  const t = useTranslations("item");
  const writer = useRef<WriterHandle>(null);
  const threads = useThreads(item.id);
  const [tab, setTab] = useState<Tab>("review");
  const [activeThread, setActive] = useState<string | null>(null);
  const [passage, setPassage] = useState<{ start: number; end: number; quote: string; versionNumber: number }>();
  const { versionNumber } = item.currentVersion;
  const marked = useMemo(() => markedIn(threads.data ?? [], versionNumber), [threads.data, versionNumber]);
  const open = useRef(openPanels);
  open.current = openPanels;
  const show = useCallback((next: Tab) => {
    setTab(next);
    open.current();
  }, []);
  const onChoose = useCallback(
    (id: string) => {
      setActive(id);
      show("comments");
    },
    [show],
  );
  const onComment = useCallback(() => {
    const selected = writer.current?.passage();
    if (!selected) notices.show({ message: t("selectFirst") });
    else setPassage({ ...selected, versionNumber });
    show("comments");
  }, [show, t, versionNumber]);
  const onReveal = useCallback((id: string) => {
    setActive(id);
    // What covered the text goes first.
    requestAnimationFrame(() => writer.current?.reveal(id));
  }, []);
  const [words, setWords] = useState<{ title: string; body: string }>();
  const onShow = useCallback(
    (shown: Passage) => {
      requestAnimationFrame(() => {
        if (!writer.current?.show(shown)) notices.show({ message: t("placeGone") });
      });
    },
    [t],
  );
  return {
    writer,
    onShow,
    words,
    onWords: tab === "seo" ? setWords : undefined,
    threads,
    openCount: threads.data?.filter(({ resolvedAt }) => !resolvedAt).length ?? 0,
    tab,
    onTab: setTab,
    activeThread,
    marked,
    passage,
    onPassageDone: () => setPassage(undefined),
    onChoose,
    onComment,
    onReveal,
  };
}
