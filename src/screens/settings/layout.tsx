"use client";

import { Anchor, Box, Flex, NavLink, Stack, Text } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ProofAsking } from "@/features/auth/ui/proof-asking";
import { useWorkspace } from "../workspace-context";
import { SECTIONS } from "./sections";

/** The pages of the settings beside a page; on a phone, the way back to them. */
export function SettingsLayout({ children }: { children: ReactNode }) {
  const t = useTranslations("settings");
  const { slug } = useWorkspace();
  const index = `/w/${slug}/settings`;
  const isIndex = usePathname() === index;
  return (
    <Flex gap={{ base: "md", lg: "xl" }} direction={{ base: "column", md: "row" }} align="flex-start">
      <Box w={208} flex="0 0 auto" visibleFrom="md" pos="sticky" top={80}>
        <SettingsNavigation />
      </Box>
      {!isIndex && (
        <Anchor component={Link} href={index} size="sm" hiddenFrom="md">
          <IconChevronLeft size={14} aria-hidden style={{ verticalAlign: "-2px" }} /> {t("title")}
        </Anchor>
      )}
      <Box flex={1} miw={0} w="100%" maw={860}>
        {children}
      </Box>
      <ProofAsking />
    </Flex>
  );
}

export function SettingsNavigation() {
  const t = useTranslations("settings");
  const { slug } = useWorkspace();
  const pathname = usePathname();
  return (
    <nav aria-label={t("title")}>
      <Stack gap="md">
        {SECTIONS.map(({ group, pages }) => (
          <Stack key={group} gap={2}>
            <Text size="xs" fw={600} c="dimmed" px="sm" pb={2}>
              {t(`groups.${group}`)}
            </Text>
            {pages.map(({ path, icon: Icon }) => {
              const href = `/w/${slug}/settings/${path}`;
              const active = pathname === href || pathname.startsWith(`${href}/`);
              return (
                <NavLink
                  key={path}
                  component={Link}
                  href={href}
                  label={t(`pages.${path}`)}
                  leftSection={<Icon size={17} stroke={1.6} />}
                  active={active}
                  aria-current={active ? "page" : undefined}
                  py={6}
                  style={{ borderRadius: "var(--mantine-radius-md)" }}
                />
              );
            })}
          </Stack>
        ))}
      </Stack>
    </nav>
  );
}
