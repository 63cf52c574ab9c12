"use client";

import { applyBlueprint, type Blueprint, getBlueprint } from "@contentos/sdk";
import { Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { IconDeviceFloppy, IconFileUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import { saveFile } from "@/ui/save-file";

/** How the workspace is set up, out to a file and in from one. */
export function BlueprintFile({ slug, workspaceId }: { slug: string; workspaceId: string }) {
  const t = useTranslations("transfer.blueprint");
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => client.call(getBlueprint, { id: workspaceId }),
    meta: { quiet: true },
    onSuccess: (blueprint) =>
      saveFile(`${slug}-set-up.json`, "application/json", `${JSON.stringify(blueprint, null, 2)}\n`),
  });
  const open = useMutation({
    mutationFn: async (file: File) =>
      client.call(applyBlueprint, { id: workspaceId, body: await parsed(file, t("unreadable")) }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0);
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<IconDeviceFloppy size={16} />}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t("save")}
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => file && open.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileUpload size={16} />} loading={open.isPending}>
              {t("open")}
            </Button>
          )}
        </FileButton>
      </Group>
      {open.data && (
        <Text size="sm" role="status">
          {t("done", { made: sum(open.data.made), there: sum(open.data.there) })}
        </Text>
      )}
      <ProblemAlert error={save.error ?? open.error} />
    </Stack>
  );
}

async function parsed(file: File, unreadable: string): Promise<Blueprint> {
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new Error(unreadable);
  }
}
