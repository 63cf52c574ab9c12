"use client";

import { createWorkspace, updateWorkspace, type Workspace } from "@contentos/sdk";
import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

/** Alone, nobody could decide on one's own words; so the answer sets the approval policy. */
export function FoundWorkspace({ onDone }: { onDone: (workspace: Workspace) => void }) {
  const t = useTranslations("workspaces.found");
  const [name, setName] = useState("");
  const [team, setTeam] = useState("alone");
  const found = useWrite(createWorkspace);
  const decide = useWrite(updateWorkspace);
  const submit = async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const workspace = await found.mutateAsync({ body: { name, timeZone } });
    if (team === "alone") await decide.mutateAsync({ id: workspace.id, body: { approvalSteps: [] } });
    onDone(workspace);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // What failed is shown below.
        submit().catch(() => {});
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t("name")}
          placeholder={t("example")}
          required
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Radio.Group label={t("who")} value={team} onChange={setTeam}>
          <Stack gap="xs" mt={6}>
            <Radio value="alone" label={t("alone")} description={t("aloneText")} />
            <Radio value="team" label={t("team")} description={t("teamText")} />
          </Stack>
        </Radio.Group>
        <ProblemAlert error={found.error ?? decide.error} />
        <Button type="submit" loading={found.isPending || decide.isPending}>
          {t("create")}
        </Button>
      </Stack>
    </form>
  );
}
