"use client";

import { Loader, Stack, Table, Title } from "@mantine/core";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { InviteForm } from "@/features/workspaces/ui/invite-form";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWorkspace } from "./workspace-context";

export function Members() {
  const workspace = useWorkspace();
  const members = useMembers(workspace.id);
  return (
    <Stack>
      <Title order={1} size="h2">
        Members
      </Title>
      <ProblemAlert error={members.error} />
      {members.isPending && <Loader aria-label="Loading" mx="auto" />}
      {members.data && (
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th visibleFrom="sm">E-mail</Table.Th>
              <Table.Th w={110}>Role</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.data.items.map(({ userId, name, email, role }) => (
              <Table.Tr key={userId}>
                <Table.Td>{name}</Table.Td>
                <Table.Td visibleFrom="sm">{email}</Table.Td>
                <Table.Td>{role}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {workspace.role === "Admin" && <InviteForm workspaceId={workspace.id} />}
    </Stack>
  );
}
