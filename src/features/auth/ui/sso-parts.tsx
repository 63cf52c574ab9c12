import { Button, Code, Group, Select, type SelectProps, Stack, Text } from "@mantine/core";
import { useTranslations } from "use-intl";

/** What new members may be: never Admin, which Admins give one by one. */
export const NEW_ROLES = ["Viewer", "Writer", "Editor"] as const;

/** Something that another service has to be told, to copy. */
export function Told({ label, value }: { label: string; value: string }) {
  return (
    <Stack gap={4}>
      <Text size="sm">{label}</Text>
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {value}
      </Code>
    </Stack>
  );
}

export function DefaultRole(props: SelectProps) {
  const t = useTranslations("settings.signIn");
  const roles = useTranslations("roles");
  return (
    <Select
      label={t("defaultRole")}
      description={t("defaultRoleHint")}
      allowDeselect={false}
      data={NEW_ROLES.map((role) => ({ value: role, label: roles(role) }))}
      {...props}
    />
  );
}

export function ProviderActions({ saving, onRemove }: { saving: boolean; onRemove: (() => void) | undefined }) {
  const t = useTranslations("settings.signIn");
  return (
    <Group gap="sm">
      <Button type="submit" loading={saving}>
        {t("saveProvider")}
      </Button>
      {onRemove && (
        <Button variant="default" onClick={onRemove}>
          {t("removeProvider")}
        </Button>
      )}
    </Group>
  );
}
