"use client";

import { Anchor, Stack } from "@mantine/core";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "use-intl";
import { useMe } from "@/features/auth/ui/use-me";
import { useFullItem } from "@/features/content/ui/use-item";
import { Problem } from "@/ui/api";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { ItemDesk } from "./item/desk";
import { IconQuestion } from "./shell/icons";
import { useWorkspace } from "./workspace-context";

export function ContentItemScreen() {
  const { id } = useParams<{ id: string }>();
  const { slug } = useWorkspace();
  const t = useTranslations("item");
  const me = useMe();
  const item = useFullItem(id);
  if (item.data && me.data) return <ItemDesk key={id} item={item.data} userId={me.data.user.id} />;
  if (item.error instanceof Problem && item.error.status === 404) {
    return (
      <EmptyState
        icon={IconQuestion}
        title={t("missing.title")}
        text={t("missing.text")}
        action={
          <Anchor component={Link} href={`/w/${slug}/content`}>
            {t("back")}
          </Anchor>
        }
      />
    );
  }
  const error = item.error ?? me.error;
  if (error) return <ProblemAlert error={error} onRetry={() => void Promise.all([item.refetch(), me.refetch()])} />;
  return (
    <Stack>
      <LoadingRows rows={7} />
    </Stack>
  );
}
