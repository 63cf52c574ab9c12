"use client";

import { Alert, Button, Code, CopyButton, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import type { IssuedReviewLink, ReviewLinkPage } from "../contract";

type Props = { workspaceId: string; itemId: string; title: string };
type Issued = z.output<typeof IssuedReviewLink>;

/** The live links by which clients see an item, and a new one. */
export function LinkCard({ workspaceId, itemId, title }: Props) {
  const client = useQueryClient();
  const queryKey = ["review-links", workspaceId, itemId];
  const links = useQuery({
    queryKey,
    queryFn: () =>
      api<z.output<typeof ReviewLinkPage>>("GET", `/review/links?contentItemId=${itemId}&status=Live`, { workspaceId }),
  });
  const refresh = () => client.invalidateQueries({ queryKey });
  const revoke = useMutation({
    mutationFn: (id: string) => api("DELETE", `/review/links/${id}`, { workspaceId }),
    onSettled: refresh,
  });
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          Client
        </Title>
        {links.data?.items.map(({ id, name, hasPasscode, canDecide }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <Text size="sm">
              {name}
              {hasPasscode ? ", with a passcode" : ""}
              {canDecide ? "" : ", for reading"}
            </Text>
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => revoke.mutate(id)}>
              Revoke
            </Button>
          </Group>
        ))}
        <NewLink workspaceId={workspaceId} itemId={itemId} title={title} onMade={refresh} />
        <ProblemAlert error={links.error ?? revoke.error} />
      </Stack>
    </Paper>
  );
}

function NewLink({ workspaceId, itemId, title, onMade }: Props & { onMade: () => Promise<unknown> }) {
  const [passcode, setPasscode] = useState("");
  const make = useMutation({
    mutationFn: () =>
      api<Issued>("POST", "/review/links", {
        workspaceId,
        body: { name: title.slice(0, 120), contentItemIds: [itemId], ...(passcode && { passcode }) },
        idempotencyKey: crypto.randomUUID(),
      }),
    onSuccess: () => {
      setPasscode("");
      return onMade();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <Stack gap="xs">
        <TextInput
          label="Passcode"
          description="At least six characters; tell it on another way than the link"
          value={passcode}
          onChange={(event) => setPasscode(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={make.isPending}>
          Make a review link
        </Button>
        <ProblemAlert error={make.error} />
        {make.data?.url && <Address url={make.data.url} />}
      </Stack>
    </form>
  );
}

function Address({ url }: { url: string }) {
  return (
    <Alert color="teal" title="Send this to the client">
      <Stack gap="xs">
        <Text size="sm">It is shown this once. Whoever has it can review the item.</Text>
        <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {url}
        </Code>
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button size="xs" variant="light" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </Stack>
    </Alert>
  );
}
