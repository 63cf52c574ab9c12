import { Text } from "@mantine/core";
import { useTranslations } from "use-intl";

type Props = { credits: { remaining: number; low: boolean }; own: boolean };

/** What can still be spent, where it is spent. */
export function CreditsLeft({ credits: { remaining, low }, own }: Props) {
  const t = useTranslations("ai.credits");
  if (own) return null;
  return (
    <Text size="xs" c={low ? "var(--mantine-color-orange-text)" : "dimmed"}>
      {t(low ? "low" : "left", { remaining })}
    </Text>
  );
}
