import { PasswordInput } from "@mantine/core";
import { useTranslations } from "use-intl";

type Props = { value: string; onChange: (value: string) => void };

/** Asked for what a thief of a session must not do. */
export function PasswordAgain({ value, onChange }: Props) {
  const t = useTranslations("settings.account");
  return (
    <PasswordInput
      label={t("currentPassword")}
      autoComplete="current-password"
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
