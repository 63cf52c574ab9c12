"use client";

import { Menu, Text, useMantineColorScheme } from "@mantine/core";
import { IconKeyboard, IconLogout, IconUserCog } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useMe } from "@/features/auth/ui/use-me";
import { useArrival } from "@/ui/later";
import { isLanguage, LANGUAGES } from "@/ui/text/languages";
import { useLanguage } from "@/ui/text/text-provider";
import { useLeaving } from "../use-leaving";
import { useWorkspace } from "../workspace-context";
import { AccountButton } from "./account-button";

const SCHEMES = ["light", "dark", "auto"] as const;

export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const t = useTranslations("shell");
  const roles = useTranslations("roles");
  const { role, slug } = useWorkspace();
  const me = useMe();
  const { leave, asking } = useLeaving();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, choose } = useLanguage();
  const { button, opened, setOpened } = useArrival();
  const name = me.data?.user.name ?? "";
  return (
    <>
      {asking}
      <Menu opened={opened} onChange={setOpened} width={240} position="bottom-end">
        <Menu.Target>
          <AccountButton ref={button} />
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
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
            {t("signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
