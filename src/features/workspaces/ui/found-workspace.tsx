"use client";

import { applyBlueprint, createWorkspace, getBlueprint, updateWorkspace, type Workspace } from "@contentos/sdk";
import { Button, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

type Props = {
  /** Workspaces that the new one can be set up like. */
  models?: { id: string; name: string }[];
  onDone: (workspace: Workspace) => void;
};

/**
 * Alone, nobody could decide on one's own words; so the answer sets the approval policy. A workspace that is like
 * another has that one's.
 */
export function FoundWorkspace({ models = [], onDone }: Props) {
  const t = useTranslations("workspaces.found");
  const [name, setName] = useState("");
  const [team, setTeam] = useState("alone");
  const [model, setModel] = useState<string | null>(null);
  const found = useWrite(createWorkspace);
  const decide = useWrite(updateWorkspace);
  const setUp = useMutation({
    mutationFn: async ({ from, to }: { from: string; to: string }) => {
      const blueprint = await client.call(getBlueprint, { id: from });
      await client.call(applyBlueprint, { id: to, body: blueprint });
    },
  });
  const submit = async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    // What was founded before something else failed is gone on with.
    const workspace = found.data ?? (await found.mutateAsync({ body: { name, timeZone } }));
    if (model) await setUp.mutateAsync({ from: model, to: workspace.id });
    else if (team === "alone") await decide.mutateAsync({ id: workspace.id, body: { approvalSteps: [] } });
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
          disabled={!!found.data}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {models.length > 0 && (
          <Select
            label={t("like")}
            description={t("likeText")}
            placeholder={t("likeNone")}
            data={models.map(({ id, name: label }) => ({ value: id, label }))}
            value={model}
            onChange={setModel}
            clearable
          />
        )}
        {!model && (
          <Radio.Group label={t("who")} value={team} onChange={setTeam}>
            <Stack gap="xs" mt={6}>
              <Radio value="alone" label={t("alone")} description={t("aloneText")} />
              <Radio value="team" label={t("team")} description={t("teamText")} />
            </Stack>
          </Radio.Group>
        )}
        <ProblemAlert error={found.error ?? setUp.error ?? decide.error} />
        <Button type="submit" loading={found.isPending || setUp.isPending || decide.isPending}>
          {t("create")}
        </Button>
      </Stack>
    </form>
  );
}
