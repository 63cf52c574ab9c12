"use client";

import { useTranslations } from "use-intl";
import { useMe } from "@/features/auth/ui/use-me";
import { InvitationList } from "@/features/workspaces/ui/invitation-list";
import { InviteForm } from "@/features/workspaces/ui/invite-form";
import { MemberList } from "@/features/workspaces/ui/member-list";
import { Page } from "@/ui/page";
import { Section } from "@/ui/section";
import { useMay, useWorkspace } from "../workspace-context";
import { RoleNote } from "./role-note";

export function MembersSettings() {
  const t = useTranslations("settings.members");
  const workspace = useWorkspace();
  const may = useMay();
  const me = useMe();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <RoleNote least="Admin" />
      {may("Admin") && (
        <Section title={t("inviteTitle")} lead={t("inviteLead")}>
          <InviteForm workspaceId={workspace.id} />
        </Section>
      )}
      <Section title={t("people")}>
        <MemberList workspace={workspace} myId={me.data?.user.id} />
      </Section>
      {may("Admin") && (
        <Section title={t("pending")} lead={t("pendingLead")}>
          <InvitationList workspaceId={workspace.id} />
        </Section>
      )}
    </Page>
  );
}
