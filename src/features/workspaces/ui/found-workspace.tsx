"use client";

import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import type { Workspace } from "../contract";

type Founded = z.output<typeof Workspace>;

/** Alone, nobody could decide on one's own words; so the answer sets the approval policy. */
export function FoundWorkspace({ onDone }: { onDone: (workspace: Founded) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [team, setTeam] = useState("alone");
  const found = useMutation({
    mutationFn: async () => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const workspace = await api<Founded>("POST", "/workspaces", {
        body: { name, timeZone },
        idempotencyKey: crypto.randomUUID(),
      });
      if (team === "alone") await api("PUT", `/workspaces/${workspace.id}`, { body: { approvalSteps: [] } });
      return workspace;
    },
    onSuccess: async (workspace) => {
      await client.invalidateQueries({ queryKey: ["workspaces"] });
      onDone(workspace);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        found.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="Acme"
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group label="Who works here?" value={team} onChange={setTeam}>
          <Stack gap="xs" mt={6}>
            <Radio value="alone" label="I work alone" description="What you submit is approved at once." />
            <Radio
              value="team"
              label="A team"
              description="An Editor decides first, then an Admin: never on their own words."
            />
          </Stack>
        </Radio.Group>
        <ProblemAlert error={found.error} />
        <Button type="submit" loading={found.isPending}>
          Create the workspace
        </Button>
      </Stack>
    </form>
  );
}
