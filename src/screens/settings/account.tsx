"use client";

import { Box, Button, Group, SegmentedControl, Stack, Text, useMantineColorScheme } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { PasskeyList } from "@/features/auth/ui/passkey-list";
import { PasswordForm } from "@/features/auth/ui/password-form";
import { SecondFactor } from "@/features/auth/ui/second-factor";
import { SessionList } from "@/features/auth/ui/session-list";
import { useMe } from "@/features/auth/ui/use-me";
import { PreferencesForm } from "@/features/notifications/ui/preferences-form";
import { PrivacyChoices } from "@/features/privacy/ui/privacy-choices";
import { YourData } from "@/features/privacy/ui/your-data";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { Section } from "@/ui/section";
import { isLanguage, LANGUAGES } from "@/ui/text/languages";
import { useLanguage } from "@/ui/text/text-provider";
import { useWorkspace, useWorkspaces } from "../workspace-context";

const ShortcutsHelp = dynamic(() => import("@/ui/shortcuts-help").then((module) => module.ShortcutsHelp));
const SCHEMES = ["light", "dark", "auto"] as const;

export function AccountSettings() {
  const t = useTranslations("settings.account");
  const data = useTranslations("privacy");
  const me = useMe();
  const workspace = useWorkspace();
  const others = useWorkspaces().data?.filter(({ id }) => id !== workspace.id) ?? [];
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Section title={t("you")} lead={t("youLead")}>
        <ProblemAlert error={me.error} onRetry={() => me.refetch()} />
        {me.isPending && <LoadingRows rows={1} />}
        {me.data && (
          <Box>
            <Text fw={600}>{me.data.user.name}</Text>
            <Text size="sm" c="dimmed">
              {me.data.user.email}
            </Text>
          </Box>
        )}
      </Section>
      <Look />
      <Section title={t("notifications")} lead={t("notificationsLead")}>
        <PreferencesForm timeZone={workspace.timeZone} others={others} />
      </Section>
      <Section title={t("password")} lead={t("passwordLead")}>
        <PasswordForm email={me.data?.user.email ?? ""} />
      </Section>
      {me.data && (
        <>
          <Section title={t("factor")} lead={t("factorLead")}>
            <SecondFactor hasPassword={me.data.hasPassword} />
          </Section>
          <Section title={t("passkeys")} lead={t("passkeysLead")}>
            <PasskeyList hasPassword={me.data.hasPassword} />
          </Section>
        </>
      )}
      <Section title={t("sessions")} lead={t("sessionsLead")}>
        <SessionList />
      </Section>
      <Section title={data("title")} lead={data("lead")}>
        <YourData />
      </Section>
      <Section title={data("choices.title")} lead={data("choices.lead")}>
        <PrivacyChoices more />
      </Section>
    </Page>
  );
}

/** How the application speaks and looks in this browser. */
function Look() {
  const t = useTranslations("settings.account");
  const shell = useTranslations("shell");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language, choose } = useLanguage();
  const [helping, setHelping] = useState(false);
  return (
    <Section title={t("look")} lead={t("lookLead")}>
      <Group gap="xl" align="flex-start">
        <Stack gap={6}>
          <Text size="sm" fw={500} id="account-language">
            {shell("language")}
          </Text>
          <SegmentedControl
            aria-labelledby="account-language"
            value={language}
            onChange={(value) => isLanguage(value) && choose(value)}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
          />
        </Stack>
        <Stack gap={6}>
          <Text size="sm" fw={500} id="account-theme">
            {shell("theme")}
          </Text>
          <SegmentedControl
            aria-labelledby="account-theme"
            value={colorScheme}
            onChange={(value) => setColorScheme(value as (typeof SCHEMES)[number])}
            data={SCHEMES.map((value) => ({ value, label: shell(`themes.${value}`) }))}
          />
        </Stack>
      </Group>
      <Button
        variant="default"
        leftSection={<IconKeyboard size={16} />}
        w="fit-content"
        onClick={() => setHelping(true)}
      >
        {shell("shortcuts")}
      </Button>
      {helping && <ShortcutsHelp opened onClose={() => setHelping(false)} />}
    </Section>
  );
}
