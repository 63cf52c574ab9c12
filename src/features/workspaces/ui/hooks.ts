import { listMembers, type Member } from "@contentos/sdk";
import { useTranslations } from "use-intl";
import { useRead } from "@/ui/query";

/** Who is in a workspace, and what somebody is called. */
export function useMembers(workspaceId: string) {
  const t = useTranslations("common");
  const query = useRead(listMembers, { id: workspaceId, limit: 100 }, { staleTime: 60_000 });
  const members: Member[] = query.data?.items ?? [];
  const names = new Map(members.map(({ userId, name }) => [userId, name]));
  return { ...query, members, nameOf: (userId: string | null) => (userId && names.get(userId)) || t("somebody") };
}
