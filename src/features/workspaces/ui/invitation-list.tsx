"use client";

import { listInvitations, revokeInvitation } from "@contentos/sdk";
import { Button, Stack, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useWrite } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { StatusBadge } from "@/ui/status-badge";
import { useTold } from "@/ui/told";

/** Who was invited and has not come yet. */
export function InvitationList({ workspaceId }: { workspaceId: string }) {
  const t = useTranslations("settings.members");
  const common = useTranslations("common");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const told = useTold();
  const invitations = usePages(listInvitations, { id: workspaceId, limit: 50 });
  const revoke = useWrite(revokeInvitation, { onSuccess: () => told(t("revoked")) });
  if (invitations.isPending) return <LoadingRows rows={1} />;
  const open = invitations.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Stack gap="sm">
      <ProblemAlert error={invitations.error} onRetry={() => invitations.refetch()} />
      <ProblemAlert error={revoke.error} />
      {invitations.data && open.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noInvitations")}
        </Text>
      )}
      <Rows label={t("pending")}>
        {open.map(({ id, email, role, status, expiresAt }) => (
          <Row
            key={id}
            main={
              <>
                <Text fw={600} style={{ overflowWrap: "anywhere" }}>
                  {email}
                </Text>
                <Text size="sm" c="dimmed">
                  {roles(role)} ·{" "}
                  {t(status === "Expired" ? "expired" : "holds", {
                    day: format.dateTime(new Date(expiresAt), "day"),
                  })}
                </Text>
              </>
            }
            aside={
              <>
                {status === "Expired" && <StatusBadge status={status} />}
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("revokeFor", { email })}
                  loading={revoke.isPending && revoke.variables.invitationId === id}
                  onClick={() => revoke.mutate({ id: workspaceId, invitationId: id })}
                >
                  {t("revoke")}
                </Button>
              </>
            }
          />
        ))}
      </Rows>
      {invitations.hasNextPage && (
        <Button variant="default" onClick={() => invitations.fetchNextPage()}>
          {common("showMore")}
        </Button>
      )}
    </Stack>
  );
}
