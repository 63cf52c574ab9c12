"use client";

import { ActionIcon, Menu, Text, useMantineColorScheme } from "@mantine/core";
import { IconKeyboard, IconLogout, IconUser, IconUserCog } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { useMe, useSignOut } from "@/features/auth/ui/hooks";
import { isLanguage, LANGUAGES } from "@/ui/text/languages";
import { useLanguage } from "@/ui/text/text-provider";
import { useWorkspace } from "../workspace-context";

const SCHEMES = ["light", "dark", "auto"] as const;

export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const t = useTranslations("shell");
  const roles = useTranslations("roles");
  const router = useRouter();
  const { role, slug } = useWorkspace();
  const me = useMe();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, choose } = useLanguage();
  const name = me.data?.user.name ?? "";
  return (
    <Menu width={240} position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label={t("account")}>
          <IconUser size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" truncate>
            {name}
          </Text>
          {me.data?.user.email}
          <br />
          {roles(role)}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t("theme")}</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.RadioItem
            key={scheme}
            value={scheme}
            checked={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`themes.${scheme}`)}
          </Menu.RadioItem>
        ))}
        <Menu.Label>{t("language")}</Menu.Label>
        {Object.entries(LANGUAGES).map(([tag, label]) => (
          <Menu.RadioItem
            key={tag}
            value={tag}
            checked={language === tag}
            lang={tag}
            onClick={() => isLanguage(tag) && choose(tag)}
          >
            {label}
          </Menu.RadioItem>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} href={`/w/${slug}/settings/account`} leftSection={<IconUserCog size={16} />}>
          {t("yourAccount")}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onShortcuts}>
          {t("shortcuts")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => signOut.mutate({}, { onSettled: () => router.push("/sign-in") })}
        >
          {t("signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
