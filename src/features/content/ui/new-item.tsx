"use client";

import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import type { Item } from "./hooks";

type Props = { workspaceId: string; opened: boolean; onClose: () => void; onDone: (id: string) => void };

export function NewItem({ workspaceId, opened, onClose, onDone }: Props) {
  const client = useQueryClient();
  const [title, setTitle] = useState("");
  const create = useMutation({
    mutationFn: () =>
      api<Item>("POST", "/content", { workspaceId, body: { title }, idempotencyKey: crypto.randomUUID() }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ["content", workspaceId] });
      onDone(id);
    },
  });
  return (
    <Modal opened={opened} onClose={onClose} title="New item" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label="Title"
            required
            maxLength={300}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <ProblemAlert error={create.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
