"use client";

import { type IssuedInvitation, inviteMember } from "@contentos/sdk";
import { Alert, Button, Code, CopyButton, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { isRole, type Role, useRoleChoices } from "./roles";

export function InviteForm({ workspaceId }: { workspaceId: string }) {
  const t = useTranslations("settings.members");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("Writer");
  const invite = useWrite(inviteMember, { onSuccess: () => setEmail("") });
  const choices = useRoleChoices();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate({ id: workspaceId, body: { email, role } });
      }}
    >
      <Stack>
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t("email")}
            type="email"
            required
            withAsterisk={false}
            value={email}
            error={issuesOf(invite.error).email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            flex="1 1 220px"
          />
          <Select
            label={t("role")}
            data={choices}
            value={role}
            onChange={(value) => isRole(value) && setRole(value)}
            allowDeselect={false}
            flex="0 1 150px"
          />
          <Button type="submit" loading={invite.isPending} mt={25}>
            {t("invite")}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t(`may.${role}`)}
        </Text>
        <ProblemAlert error={invite.error} />
        {invite.data?.inviteUrl && <InviteLink {...invite.data} inviteUrl={invite.data.inviteUrl} />}
      </Stack>
    </form>
  );
}

/** It is told this one time. */
function InviteLink({ email, role, inviteUrl, mailed }: IssuedInvitation & { inviteUrl: string }) {
  const t = useTranslations("settings.members");
  const roles = useTranslations("roles");
  return (
    <Alert color="teal" title={t("invited", { email, role: roles(role) })}>
      <Stack gap="xs">
        <Text size="sm">
          {!mailed && `${t("notMailed")} `}
          {t("linkHint")}
        </Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {inviteUrl}
        </Code>
        <CopyButton value={inviteUrl}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              onClick={copy}
              w="fit-content"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            >
              {t(copied ? "linkCopied" : "copyLink")}
            </Button>
          )}
        </CopyButton>
      </Stack>
    </Alert>
  );
}
