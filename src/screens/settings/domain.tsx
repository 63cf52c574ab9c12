"use client";

import { type Domain, listDomains, removeDomain } from "@contentos/sdk";
import { Stack } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { AddDomain } from "@/features/site/domains/ui/add-domain";
import { DomainCard } from "@/features/site/domains/ui/domain-card";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { useMay } from "../workspace-context";
import { RoleNote } from "./role-note";

/** The site's own domains: the records to set, how they stand, and which one is its address. */
export function DomainSettings() {
  const t = useTranslations("site.domain");
  const isAdmin = useMay()("Admin");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <RoleNote least="Admin" />
      {isAdmin && <Domains />}
    </Page>
  );
}

function Domains() {
  const t = useTranslations("site.domain");
  const domains = useRead(listDomains);
  const [removing, setRemoving] = useState<Domain>();
  return (
    <Stack gap="lg">
      <AddDomain />
      {domains.isPending && <LoadingRows />}
      <ProblemAlert error={domains.error} onRetry={() => domains.refetch()} />
      {domains.data?.items.length === 0 && <EmptyState icon={IconWorld} title={t("none")} text={t("noneText")} />}
      {domains.data && domains.data.items.length > 0 && (
        <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: "none" }}>
          {domains.data.items.map((domain) => (
            <DomainCard key={domain.id} domain={domain} onRemove={() => setRemoving(domain)} />
          ))}
        </Stack>
      )}
      {removing && (
        <RemoveModal
          operation={removeDomain}
          input={{ id: removing.id }}
          title={t("removeTitle", { host: removing.host })}
          text={t(removing.status === "Verified" ? "removeText" : "removeUnused")}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Stack>
  );
}
