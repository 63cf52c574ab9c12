"use client";

import type { Subscription } from "@contentos/sdk";
import { Group, Progress, Stack, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import type { LimitName } from "../contract";

const GIB = 1024 ** 3;
const COLORS = { Ok: "teal", Near: "yellow", Full: "orange", Over: "red" } as const;

/** A number of a limit, as people say it. */
export function useShownLimit() {
  const format = useFormatter();
  return (name: LimitName, value: number) =>
    name === "storageBytes"
      ? format.number(value / GIB, { style: "unit", unit: "gigabyte", maximumFractionDigits: value < 10 * GIB ? 2 : 0 })
      : format.number(value);
}

/** What is used of each limit of the plan, and what of the month's credits. */
export function LimitList({ subscription: { limits, aiCredits } }: { subscription: Subscription }) {
  const t = useTranslations("billing.limits");
  const shown = useShownLimit();
  const format = useFormatter();
  const had = aiCredits.pooled
    ? Math.max(aiCredits.included, aiCredits.remaining)
    : aiCredits.remaining + aiCredits.used + aiCredits.reserved;
  const gone = had - aiCredits.remaining;
  const creditState = aiCredits.remaining === 0 ? "Full" : aiCredits.low ? "Near" : "Ok";
  return (
    <Stack gap="md">
      {limits.map(({ name, used, allowed, state }) => (
        <Limit
          key={name}
          label={t(`names.${name}`)}
          value={t("of", { used: shown(name, used), allowed: shown(name, allowed) })}
          state={state}
          share={used / allowed}
        />
      ))}
      <Limit
        label={t(aiCredits.pooled ? "names.pool" : "names.credits")}
        value={t("of", { used: format.number(gone), allowed: format.number(had) })}
        state={creditState}
        share={had === 0 ? 1 : gone / had}
      />
    </Stack>
  );
}

type LimitProps = { label: string; value: string; state: keyof typeof COLORS; share: number };

function Limit({ label, value, state, share }: LimitProps) {
  const t = useTranslations("billing.limits");
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={550}>
          {label}
        </Text>
        <Text size="sm">
          {value}
          {state !== "Ok" && ` · ${t(`states.${state}`)}`}
        </Text>
      </Group>
      <Progress value={Math.min(share, 1) * 100} color={COLORS[state]} aria-label={label} />
    </Stack>
  );
}
