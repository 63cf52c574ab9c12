"use client";

import { getSubscription, type Subscription } from "@contentos/sdk";
import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "use-intl";
import { CreditLedger } from "@/features/billing/ui/credit-ledger";
import { BuyCredits, Sharing } from "@/features/billing/ui/credits";
import { InvoiceList } from "@/features/billing/ui/invoice-list";
import { LimitList } from "@/features/billing/ui/limit-list";
import { Notices } from "@/features/billing/ui/notices";
import { PlanCard } from "@/features/billing/ui/plan-card";
import { useMembers } from "@/features/workspaces/ui/hooks";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { Section } from "@/ui/section";
import { useMay, useWorkspace } from "../workspace-context";

export function BillingSettings() {
  const t = useTranslations("billing");
  const isAdmin = useMay()("Admin");
  return (
    <Page title={t("title")} lead={t("lead")}>
      {isAdmin ? <Loaded /> : <EmptyState icon={IconLock} title={t("adminsOnly")} text={t("adminsOnlyText")} />}
    </Page>
  );
}

function Loaded() {
  const { data, error, refetch } = useRead(getSubscription);
  if (error) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  return data ? <Sections subscription={data} /> : <LoadingRows rows={6} />;
}

function Sections({ subscription }: { subscription: Subscription }) {
  const t = useTranslations("billing");
  const { nameOf } = useMembers(useWorkspace().id);
  return (
    <>
      <Notices subscription={subscription} />
      <PlanCard subscription={subscription} />
      <Section title={t("limits.title")} lead={t("limits.lead")}>
        <LimitList subscription={subscription} />
      </Section>
      <Section title={t("credits.title")} lead={t("credits.lead")} actions={<BuyCredits subscription={subscription} />}>
        <Sharing subscription={subscription} />
        <CreditLedger nameOf={nameOf} />
      </Section>
      {subscription.offers.invoices && (
        <Section title={t("invoices.title")} lead={t("invoices.lead")}>
          <InvoiceList />
        </Section>
      )}
    </>
  );
}
