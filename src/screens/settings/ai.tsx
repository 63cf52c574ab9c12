"use client";

import { getAiSettings } from "@contentos/sdk";
import { Alert } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { EndpointTests } from "@/features/ai/ui/endpoint-tests";
import { GenerationList } from "@/features/ai/ui/generation-list";
import { SetupForm } from "@/features/ai/ui/setup-form";
import { VoiceFromSamples } from "@/features/ai/voice/ui/voice-from-samples";
import { CreditLedger } from "@/features/billing/ui/credit-ledger";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { Section } from "@/ui/section";
import { Retold } from "@/ui/text/retold";
import { useMay, useWorkspace } from "../workspace-context";

export function AiSettings() {
  const t = useTranslations("ai");
  const { id } = useWorkspace();
  const isAdmin = useMay()("Admin");
  return (
    <Page title={t("title")} lead={t("lead")}>
      {isAdmin ? (
        <Sections workspaceId={id} />
      ) : (
        <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />
      )}
    </Page>
  );
}

function Sections({ workspaceId }: { workspaceId: string }) {
  const t = useTranslations("ai");
  const assist = useTranslations("assist.voice");
  const settings = useRead(getAiSettings);
  const { nameOf } = useMembers(workspaceId);
  if (settings.error) return <ProblemAlert error={settings.error} onRetry={() => settings.refetch()} />;
  if (!settings.data) return <LoadingRows rows={6} />;
  return (
    <>
      {settings.data.missing && (
        <Alert color="orange">
          <Retold>{settings.data.missing}</Retold>
        </Alert>
      )}
      <Section title={t("setup.title")} lead={t("setup.lead")}>
        <SetupForm key={settings.data.updatedAt} settings={settings.data} />
      </Section>
      {settings.data.endpoints.length > 0 && (
        <Section title={t("endpoints.title")} lead={t("endpoints.lead")}>
          <EndpointTests endpoints={settings.data.endpoints} />
        </Section>
      )}
      <Section title={assist("title")} lead={assist("lead")}>
        <VoiceFromSamples workspaceId={workspaceId} settings={settings.data} onSaved={() => void settings.refetch()} />
      </Section>
      <Section title={t("ledger.title")} lead={t("ledger.lead")}>
        <CreditLedger nameOf={nameOf} />
      </Section>
      <Section title={t("generations.title")} lead={t("generations.lead")}>
        <GenerationList nameOf={nameOf} />
      </Section>
    </>
  );
}
