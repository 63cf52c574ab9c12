"use client";

import { updateWorkspace, type Workspace } from "@contentos/sdk";
import { Anchor, Button, Group, Paper, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ImageField } from "@/features/assets/ui/image-field";
import { FirstPiece } from "@/features/content/ui/first-piece";
import { PublishNow } from "@/features/distribution/ui/publish-now";
import { PickColor } from "@/features/workspaces/ui/pick-color";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { useMay, useWorkspace } from "./workspace-context";

/** The first minutes in a workspace: a colour, a piece, and, alone, the piece on the site. Each can be left out. */
export function Welcome() {
  const t = useTranslations("workspaces.welcome");
  const workspace = useWorkspace();
  const isAdmin = useMay()("Admin");
  const [piece, setPiece] = useState<string>();
  const base = `/w/${workspace.slug}`;
  const alone = workspace.approvalSteps.length === 0;
  return (
    <Page title={t("title", { name: workspace.name })} lead={t("lead")}>
      <Stack maw={680}>
        {isAdmin && (
          <Step place={1} done={!!workspace.branding.primaryColor} title={t("color")} text={t("colorText")}>
            <PickColor workspace={workspace} />
            <PickLogo workspace={workspace} />
          </Step>
        )}
        <Step place={2} done={!!piece} title={t("piece")} text={t("pieceText")}>
          {piece ? (
            <Anchor component={Link} href={`${base}/content/${piece}`}>
              {t("open")}
            </Anchor>
          ) : (
            <FirstPiece onDone={setPiece} importHref={`${base}/settings/transfer`} />
          )}
        </Step>
        <Step
          place={3}
          done={false}
          title={alone ? t("publish") : t("invite")}
          text={alone ? t("publishText") : t("inviteText")}
        >
          {alone ? (
            <PublishNow itemId={piece} />
          ) : (
            <Group>
              <Button variant="default" component={Link} href={`${base}/settings/members`}>
                {t("inviteButton")}
              </Button>
            </Group>
          )}
        </Step>
        <Anchor component={Link} href={`${base}/content`} size="sm">
          {t("skip")}
        </Anchor>
      </Stack>
    </Page>
  );
}

function PickLogo({ workspace: { id, branding } }: { workspace: Workspace }) {
  const t = useTranslations("workspaces.welcome");
  const update = useWrite(updateWorkspace);
  const { logoAssetId: before, ...rest } = branding;
  const choose = (logoAssetId: string | undefined) =>
    update.mutate({ id, body: { branding: { ...rest, ...(logoAssetId && { logoAssetId }) } } });
  return (
    <>
      <ImageField label={t("logo")} description={t("logoText")} value={before} onChange={choose} />
      <ProblemAlert error={update.error} />
    </>
  );
}

type StepProps = { place: number; done: boolean; title: string; text: string; children: ReactNode };

function Step({ place, done, title, text, children }: StepProps) {
  return (
    <Paper withBorder p="lg" component="section">
      <Group align="flex-start" wrap="nowrap">
        <ThemeIcon radius="xl" size={30} variant={done ? "filled" : "light"} aria-hidden>
          {done ? <IconCheck size={18} /> : place}
        </ThemeIcon>
        <Stack gap="sm" flex={1} miw={0}>
          <div>
            <Title order={2} size="h4">
              {title}
            </Title>
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          </div>
          {children}
        </Stack>
      </Group>
    </Paper>
  );
}
