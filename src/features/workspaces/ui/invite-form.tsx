"use client";

import { Alert, Button, Code, CopyButton, Group, Paper, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";

type Invited = { email: string; role: string; inviteUrl?: string };

export function InviteForm({ workspaceId }: { workspaceId: string }) {
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("Writer");
  const invite = useMutation({
    mutationFn: () => api<Invited>("POST", `/workspaces/${workspaceId}/members`, { body: { email, role } }),
    onSuccess: () => setEmail(""),
  });
  return (
    <Paper withBorder p="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        <Stack>
          <Title order={2} size="h4">
            Invite a colleague
          </Title>
          <Group align="flex-end">
            <TextInput
              label="E-mail"
              type="email"
              required
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              flex="1 1 220px"
            />
            <Select
              label="Role"
              data={["Viewer", "Writer", "Editor", "Admin"]}
              value={role}
              onChange={(value) => setRole(value ?? "Writer")}
              allowDeselect={false}
              w={130}
            />
            <Button type="submit" loading={invite.isPending}>
              Invite
            </Button>
          </Group>
          <ProblemAlert error={invite.error} />
          {invite.data?.inviteUrl && <InviteLink {...invite.data} inviteUrl={invite.data.inviteUrl} />}
        </Stack>
      </form>
    </Paper>
  );
}

function InviteLink({ email, role, inviteUrl }: Invited & { inviteUrl: string }) {
  return (
    <Alert color="teal" title={`${email} is invited as ${role}`}>
      <Stack gap="xs">
        <Text size="sm">
          A mail is sent where a mail server is set up. You can also pass this link on; it works for seven days:
        </Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {inviteUrl}
        </Code>
        <CopyButton value={inviteUrl}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy} w="fit-content">
              {copied ? "Copied" : "Copy the link"}
            </Button>
          )}
        </CopyButton>
      </Stack>
    </Alert>
  );
}
