"use client";

import { askWorkspaceErasure, getWorkspaceErasure } from "@contentos/sdk";
import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmModal } from "@/ui/confirm-modal";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";

type Props = {
  workspace: { id: string; name: string };
  isOwner: boolean;
  /** Whether they are asked for their password; who has none has just signed in. */
  hasPassword: boolean;
  exportAddress: string;
};

/** Where a workspace ends: by its owner, who names it. */
export function EraseWorkspace({ workspace, isOwner, hasPassword, exportAddress }: Props) {
  const t = useTranslations("privacy.workspace");
  const told = useTold();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const state = useRead(getWorkspaceErasure, { id: workspace.id }, { staleTime: 60_000 });
  const close = () => {
    setOpened(false);
    setName("");
    setPassword("");
  };
  const ask = useWrite(askWorkspaceErasure, {
    onSuccess: () => {
      close();
      told();
    },
  });
  const begin = () => {
    ask.reset();
    setOpened(true);
  };
  if (state.isPending) return <LoadingRows rows={1} />;
  if (state.error) return <ProblemAlert error={state.error} onRetry={() => state.refetch()} />;
  if (state.data.erasure) return <Text size="sm">{t("waits")}</Text>;
  return (
    <Stack gap="sm">
      <Text size="sm">
        {t.rich("exportFirst", {
          link: (words) => (
            <Anchor component={Link} href={exportAddress} underline="always">
              {words}
            </Anchor>
          ),
        })}
      </Text>
      {isOwner ? (
        <Group>
          <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={begin}>
            {t("erase")}
          </Button>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t("ownerOnly")}
        </Text>
      )}
      <ConfirmModal
        opened={opened}
        title={t("eraseTitle", { name: workspace.name })}
        text={t("eraseText")}
        action={t("erase")}
        busy={ask.isPending}
        error={ask.error}
        onConfirm={() => ask.mutate({ id: workspace.id, body: { name, ...(hasPassword && { password }) } })}
        onClose={close}
      >
        <TextInput
          label={t("name", { name: workspace.name })}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {hasPassword && (
          <PasswordInput
            label={t("password")}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
      </ConfirmModal>
    </Stack>
  );
}
