"use client";

import { listInbox, listSchedules, type Workspace } from "@contentos/sdk";
import { Anchor, Avatar, Badge, Group, List, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { brandShades } from "@/ui/brand-colors";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { ZoneProvider } from "@/ui/text/text-provider";
import { WorkspaceScope } from "@/ui/workspace-scope";
import { useItemTitle } from "./item-title";

/** So many of each are named; the rest is a number. */
const SHOWN = 3;

/** What is going on in one workspace: asked for and answered within it alone. */
export function WorkspaceCard({ workspace }: { workspace: Workspace }) {
  return (
    <WorkspaceScope id={workspace.id}>
      <ZoneProvider timeZone={workspace.timeZone}>
        <Card workspace={workspace} />
      </ZoneProvider>
    </WorkspaceScope>
  );
}

function Card({ workspace: { name, slug, role, branding } }: { workspace: Workspace }) {
  const t = useTranslations("workspaces.home");
  const roles = useTranslations("roles");
  const format = useFormatter();
  const [from] = useState(() => new Date().toISOString());
  const inbox = useRead(listInbox, { limit: 50 });
  const next = useRead(listSchedules, { from, status: "Scheduled", limit: SHOWN });
  const base = `/w/${slug}`;
  const waiting = inbox.data?.items ?? [];
  const color = branding.primaryColor ? brandShades(branding.primaryColor)[6] : "brand";
  return (
    <Paper withBorder p="lg" radius="lg" component="section" aria-label={name}>
      <Stack gap="md">
        <Group wrap="nowrap" gap="sm">
          <Avatar name={name} color={color!} variant="filled" radius="md" aria-hidden />
          <div style={{ minWidth: 0 }}>
            <Title order={2} size="h4" lineClamp={1}>
              <Anchor component={Link} href={`${base}/content`} c="inherit" inherit>
                {name}
              </Anchor>
            </Title>
            <Text size="sm" c="dimmed">
              {roles(role)}
            </Text>
          </div>
        </Group>
        <ProblemAlert error={inbox.error ?? next.error} />
        <Section
          label={t("waiting")}
          count={waiting.length}
          pending={inbox.isPending}
          nothing={t("nothingWaits")}
          href={`${base}/inbox`}
        >
          {waiting.slice(0, SHOWN).map(({ id, contentItemId, title }) => (
            <List.Item key={id}>
              <Anchor component={Link} href={`${base}/content/${contentItemId}`} size="sm" lineClamp={1}>
                {title}
              </Anchor>
            </List.Item>
          ))}
        </Section>
        <Section label={t("next")} pending={next.isPending} nothing={t("nothingNext")} href={`${base}/calendar`}>
          {next.data?.items.map(({ id, contentItemId, scheduledTime }) => (
            <List.Item key={id}>
              <Text size="xs" c="dimmed" component="div">
                {format.dateTime(new Date(scheduledTime), "dayAndTime")}
              </Text>
              <Planned href={`${base}/content/${contentItemId}`} id={contentItemId} />
            </List.Item>
          ))}
        </Section>
      </Stack>
    </Paper>
  );
}

function Planned({ id, href }: { id: string; href: string }) {
  const title = useItemTitle(id);
  return (
    <Anchor component={Link} href={href} size="sm" lineClamp={1}>
      {title ?? "…"}
    </Anchor>
  );
}

type SectionProps = {
  label: string;
  href: string;
  count?: number;
  pending: boolean;
  nothing: string;
  children: ReactNode[] | undefined;
};

function Section({ label, href, count, pending, nothing, children }: SectionProps) {
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Anchor component={Link} href={href} size="sm" fw={600} c="inherit">
          {label}
        </Anchor>
        {!!count && <Badge size="sm">{count}</Badge>}
      </Group>
      {pending ? (
        <Skeleton height={18} aria-busy />
      ) : children?.length ? (
        <List listStyleType="none" spacing={6}>
          {children}
        </List>
      ) : (
        <Text size="sm" c="dimmed">
          {nothing}
        </Text>
      )}
    </Stack>
  );
}
