"use client";

import { listWorkspaces, type Workspace } from "@contentos/sdk";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { IconQuestion } from "./icons";

type Props = { slug: string; onFound: (workspace: Workspace) => void };

/**
 * An address that none of one's workspaces has at first sight: one that a workspace left leads on to the same page where
 * it is now, and whoever is in more of them than were listed has theirs found.
 */
export function Elsewhere({ slug, onFound }: Props) {
  const t = useTranslations("shell");
  const router = useRouter();
  const pathname = usePathname();
  const { data, error, refetch } = useRead(
    listWorkspaces,
    { slug, limit: 1 },
    { select: ({ items }) => items[0] ?? null },
  );
  const moved = data && data.slug !== slug;
  useEffect(() => {
    if (!data) return;
    if (!moved) return onFound(data);
    const { search, hash } = window.location;
    router.replace(`/w/${data.slug}${pathname.slice(`/w/${slug}`.length)}${search}${hash}`);
  }, [data, moved, onFound, router, pathname, slug]);
  if (error) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  if (data !== null) return <LoadingRows />;
  return (
    <EmptyState
      icon={IconQuestion}
      title={t("noWorkspace.title")}
      text={t("noWorkspace.text")}
      action={
        <Anchor component={Link} href="/">
          {t("home")}
        </Anchor>
      }
    />
  );
}
