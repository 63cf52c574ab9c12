"use client";

import { changeMember, handOver, listMembers, type Member, removeMember, type Workspace } from "@contentos/sdk";
import { ActionIcon, Avatar, Badge, Button, Group, Menu, Select, Stack, Text } from "@mantine/core";
import { IconCrown, IconDots, IconUserMinus } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ConfirmModal } from "@/ui/confirm-modal";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages, useWrite } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { useTold } from "@/ui/told";
import { isRole, type Role, useRoleChoices } from "./roles";

type Props = { workspace: Workspace; myId: string | undefined };
/** What waits for a yes. */
type Asked = { what: "remove" | "handOver" | "stepDown"; member: Member; role?: Role };

export function MemberList({ workspace, myId }: Props) {
  const t = useTranslations("settings.members");
  const common = useTranslations("common");
  const told = useTold();
  const [asked, setAsked] = useState<Asked>();
  const members = usePages(listMembers, { id: workspace.id, limit: 50 });
  const change = useWrite(changeMember, { onSuccess: () => told() });
  const setRole = (member: Member, role: Role) => {
    if (member.userId === myId) setAsked({ what: "stepDown", member, role });
    else change.mutate({ id: workspace.id, userId: member.userId, body: { role } });
  };
  if (members.isPending) return <LoadingRows rows={3} height={56} />;
  return (
    <Stack gap="sm">
      <ProblemAlert error={members.error} onRetry={() => members.refetch()} />
      <ProblemAlert error={change.error} />
      <Rows label={t("title")}>
        {members.data?.pages
          .flatMap(({ items }) => items)
          .map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              workspace={workspace}
              isMe={member.userId === myId}
              busyRole={
                change.isPending && change.variables.userId === member.userId ? change.variables.body.role : undefined
              }
              onRole={(role) => setRole(member, role)}
              onAsk={(what) => setAsked({ what, member })}
              iOwn={workspace.ownerId === myId}
            />
          ))}
      </Rows>
      {members.hasNextPage && (
        <Button variant="default" onClick={() => members.fetchNextPage()} loading={members.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
      {asked && <Ask workspace={workspace} asked={asked} onClose={() => setAsked(undefined)} />}
    </Stack>
  );
}

type RowProps = {
  member: Member;
  workspace: Workspace;
  isMe: boolean;
  iOwn: boolean;
  busyRole: Role | undefined;
  onRole: (role: Role) => void;
  onAsk: (what: "remove" | "handOver") => void;
};

function MemberRow({ member, workspace, isMe, iOwn, busyRole, onRole, onAsk }: RowProps) {
  const t = useTranslations("settings.members");
  const common = useTranslations("common");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const choices = useRoleChoices();
  const { userId, name, email, role, joinedAt } = member;
  const isOwner = userId === workspace.ownerId;
  const canWrite = workspace.role === "Admin" && !isOwner;
  return (
    <Row
      icon={<Avatar name={name} color="initials" radius="xl" aria-hidden />}
      main={
        <>
          <Group gap={6}>
            <Text fw={600} truncate>
              {name}
            </Text>
            {isMe && (
              <Badge variant="default" size="sm">
                {common("you")}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {email}
          </Text>
          <Text size="xs" c="dimmed">
            {t("since", { day: format.dateTime(new Date(joinedAt), "day") })}
          </Text>
        </>
      }
      aside={
        <>
          {canWrite ? (
            <Select
              aria-label={t("roleOf", { name })}
              data={choices}
              value={busyRole ?? role}
              disabled={busyRole !== undefined}
              onChange={(value) => isRole(value) && value !== role && onRole(value)}
              allowDeselect={false}
              w={130}
            />
          ) : (
            <Text size="sm" fw={500}>
              {isOwner ? t("owner", { role: roles(role) }) : roles(role)}
            </Text>
          )}
          {canWrite && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("moreFor", { name })}>
                  <IconDots size={18} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {iOwn && (
                  <Menu.Item leftSection={<IconCrown size={16} />} onClick={() => onAsk("handOver")}>
                    {t("handOver")}
                  </Menu.Item>
                )}
                <Menu.Item leftSection={<IconUserMinus size={16} />} color="red" onClick={() => onAsk("remove")}>
                  {t("remove")}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </>
      }
    />
  );
}

function Ask({ workspace, asked, onClose }: { workspace: Workspace; asked: Asked; onClose: () => void }) {
  const t = useTranslations("settings.members.ask");
  const roles = useTranslations("roles");
  const told = useTold();
  const onSuccess = () => {
    onClose();
    told();
  };
  const remove = useWrite(removeMember, { onSuccess });
  const give = useWrite(handOver, { onSuccess });
  const change = useWrite(changeMember, { onSuccess });
  const { what, member, role = "Viewer" } = asked;
  const { userId, name } = member;
  const act = {
    remove: { by: remove, run: () => remove.mutate({ id: workspace.id, userId }) },
    handOver: { by: give, run: () => give.mutate({ id: workspace.id, body: { userId } }) },
    stepDown: { by: change, run: () => change.mutate({ id: workspace.id, userId, body: { role } }) },
  }[what];
  return (
    <ConfirmModal
      opened
      title={t(`${what}.title`, { name })}
      text={t(`${what}.text`, { name, role: roles(role) })}
      action={t(`${what}.action`)}
      busy={act.by.isPending}
      error={act.by.error}
      onConfirm={act.run}
      onClose={onClose}
    />
  );
}
