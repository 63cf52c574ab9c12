"use client";

import { updateWorkspace, type Workspace } from "@contentos/sdk";
import { CheckIcon, ColorInput, ColorSwatch, Group, Stack, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

/** A start: one of each part of the circle, none of which is hard to read on. */
const COLORS = {
  forest: "#0b7a5c",
  sea: "#0c6b96",
  night: "#3b4cc0",
  plum: "#8b2fa8",
  rose: "#c2255c",
  brick: "#c2410c",
  amber: "#a16207",
  slate: "#475569",
} as const;
type Named = keyof typeof COLORS;

/** The colour of a workspace: what it is changed to is worn at once. */
export function PickColor({ workspace }: { workspace: Workspace }) {
  const t = useTranslations("workspaces.color");
  const chosen = workspace.branding.primaryColor?.toLowerCase();
  const [own, setOwn] = useState(chosen ?? "");
  const update = useWrite(updateWorkspace);
  const choose = (primaryColor: string) =>
    update.mutate({ id: workspace.id, body: { branding: { ...workspace.branding, primaryColor } } });
  return (
    <Stack gap="sm">
      <Group gap="xs" role="group" aria-label={t("label")}>
        {(Object.keys(COLORS) as Named[]).map((name) => (
          <UnstyledButton
            key={name}
            aria-label={t(name)}
            aria-pressed={chosen === COLORS[name]}
            onClick={() => {
              setOwn(COLORS[name]);
              choose(COLORS[name]);
            }}
          >
            <ColorSwatch color={COLORS[name]} size={34} c="white">
              {chosen === COLORS[name] && <CheckIcon size={14} />}
            </ColorSwatch>
          </UnstyledButton>
        ))}
      </Group>
      <ColorInput
        label={t("own")}
        value={own}
        onChange={setOwn}
        onChangeEnd={(value) => /^#[0-9a-f]{6}$/i.test(value) && choose(value)}
        format="hex"
        withEyeDropper={false}
        maw={220}
      />
      <ProblemAlert error={update.error} />
    </Stack>
  );
}
