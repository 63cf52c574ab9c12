"use client";

import { Anchor, Button, Group, Loader, Paper, SegmentedControl, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { formatTime } from "@/ui/format";
import { ProblemAlert } from "@/ui/problem-alert";
import { StatusBadge } from "@/ui/status-badge";
import { type Item, useItems } from "./hooks";

const STATUSES = [
  { value: "", label: "All" },
  { value: "Draft", label: "Drafts" },
  { value: "InReview", label: "In review" },
  { value: "Approved", label: "Approved" },
  { value: "Published", label: "Published" },
];

type Props = { workspace: { id: string; slug: string; timeZone: string }; onNew: (() => void) | undefined };

export function ContentTable({ workspace, onNew }: Props) {
  const [status, setStatus] = useState("");
  const [words, setWords] = useState("");
  const [q] = useDebouncedValue(words, 200);
  const list = useItems(workspace.id, { status: status || null, q });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = status !== "" || q.trim() !== "";
  return (
    <Stack>
      <Group gap="sm">
        <TextInput
          aria-label="Search titles"
          placeholder="Search titles"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          flex="1 1 200px"
        />
        <SegmentedControl
          data={STATUSES}
          value={status}
          onChange={setStatus}
          size="sm"
          style={{ overflowX: "auto", maxWidth: "100%" }}
        />
      </Group>
      <ProblemAlert error={list.error} />
      {list.isPending ? <Loader aria-label="Loading" mx="auto" /> : null}
      {list.data && items.length === 0 ? <Nothing filtered={filtered} onNew={onNew} /> : null}
      {items.length > 0 ? <Rows items={items} workspace={workspace} /> : null}
      {list.hasNextPage ? (
        <Button variant="default" onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage} mx="auto">
          Show more
        </Button>
      ) : null}
    </Stack>
  );
}

function Nothing({ filtered, onNew }: { filtered: boolean; onNew: (() => void) | undefined }) {
  return (
    <Paper withBorder p="xl" ta="center">
      <Text fw={600}>{filtered ? "Nothing fits" : "Nothing here yet"}</Text>
      <Text c="dimmed" size="sm" mb={onNew && !filtered ? "md" : 0}>
        {filtered
          ? "Try other words, or another status."
          : "Write the first piece; it goes from draft to review to your site."}
      </Text>
      {onNew && !filtered ? <Button onClick={onNew}>Write the first piece</Button> : null}
    </Paper>
  );
}

function Rows({ items, workspace }: { items: Item[]; workspace: Props["workspace"] }) {
  return (
    <Table highlightOnHover verticalSpacing="sm">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Title</Table.Th>
          <Table.Th w={120}>Status</Table.Th>
          <Table.Th w={90} visibleFrom="sm">
            Version
          </Table.Th>
          <Table.Th w={200} visibleFrom="sm">
            Changed
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td>
              <Anchor href={`/w/${workspace.slug}/content/${item.id}`} fw={550} c="inherit">
                {item.title}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <StatusBadge status={item.status} />
            </Table.Td>
            <Table.Td visibleFrom="sm">{item.currentVersion.versionNumber}</Table.Td>
            <Table.Td visibleFrom="sm">
              <Text size="sm" c="dimmed">
                {formatTime(item.updatedAt, workspace.timeZone)}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
