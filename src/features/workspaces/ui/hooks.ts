import { listMembers, type Member } from "@contentos/sdk";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { useRead } from "@/ui/query";

const NOBODY: Member[] = [];

/** Who is in a workspace, and what somebody is called. */
export function useMembers(workspaceId: string) {
  const t = useTranslations("common");
  const query = useRead(listMembers, { id: workspaceId, limit: 100 }, { staleTime: 60_000 });
  const members = query.data?.items ?? NOBODY;
  const nameOf = useMemo(() => {
    const names = new Map(members.map(({ userId, name }) => [userId, name]));
    return (userId: string | null) => (userId && names.get(userId)) || t("somebody");
  }, [members, t]);
  return { ...query, members, nameOf };
}
