"use client";

import { createScimToken, getScim, mapScimGroup, revokeScimToken, type ScimSettings } from "@contentos/sdk";
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconKey, IconUsersGroup } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { Row, Rows } from "@/ui/rows";
import { ShownOnceModal } from "@/ui/shown-once";
import { useTold } from "@/ui/told";
import { NEW_ROLES, Told } from "./sso-parts";

type Props = { workspaceId: string };
type Token = ScimSettings["tokens"][number];
type Mapped = ScimSettings["groups"][number];

/** How a workspace's directory provisions it. */
export function Directory({ workspaceId }: Props) {
  const t = useTranslations("settings.signIn");
  const settings = useRead(getScim, { id: workspaceId });
  const make = useWrite(createScimToken);
  const [ending, setEnding] = useState<Token | null>(null);
  if (settings.isPending) return <LoadingRows rows={3} />;
  if (!settings.data) return <ProblemAlert error={settings.error} onRetry={() => settings.refetch()} />;
  const { baseUrl, ready, tokens, groups } = settings.data;
  return (
    <Stack>
      <Stack maw={560}>
        <Told label={t("scimUrl")} value={baseUrl} />
      </Stack>
      {tokens.length > 0 && (
        <Rows label={t("scimTokens")}>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onEnd={() => setEnding(token)} />
          ))}
        </Rows>
      )}
      {!ready && <Text size="sm">{t("scimNotReady")}</Text>}
      <ProblemAlert error={make.error} />
      <Group>
        <Button
          variant="default"
          disabled={!ready}
          loading={make.isPending}
          onClick={() => make.mutate({ id: workspaceId, body: {} })}
        >
          {t(tokens.length > 0 ? "scimReplace" : "scimMake")}
        </Button>
      </Group>
      {groups.length > 0 && (
        <Rows label={t("scimGroups")}>
          {groups.map((group) => (
            <GroupRow key={group.id} workspaceId={workspaceId} group={group} />
          ))}
        </Rows>
      )}
      {make.data?.token && (
        <ShownOnceModal
          heading={t("scimMade")}
          title={t("scimCopy")}
          text={t("scimOnce")}
          value={make.data.token}
          onClose={make.reset}
        />
      )}
      {ending && (
        <RemoveModal
          operation={revokeScimToken}
          input={{ id: workspaceId, tokenId: ending.id }}
          title={t("scimEnd", { hint: ending.hint })}
          text={t("scimEndText")}
          onClose={() => setEnding(null)}
        />
      )}
    </Stack>
  );
}

function TokenRow({ token: { hint, createdAt, expiresAt, lastUsedAt }, onEnd }: { token: Token; onEnd: () => void }) {
  const t = useTranslations("settings.signIn");
  const format = useFormatter();
  const at = (time: string) => format.dateTime(new Date(time), "moment");
  return (
    <Row
      icon={<IconKey size={22} stroke={1.5} aria-hidden />}
      main={
        <>
          <Text fw={600}>{t("scimToken", { hint })}</Text>
          <Text size="sm" c="dimmed">
            {[
              t("scimMadeAt", { at: at(createdAt) }),
              lastUsedAt ? t("scimUsedAt", { at: at(lastUsedAt) }) : t("scimNeverUsed"),
              expiresAt && t("scimEndsAt", { at: at(expiresAt) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </>
      }
      aside={
        <Button size="xs" variant="default" onClick={onEnd} aria-label={t("scimEnd", { hint })}>
          {t("scimEndShort")}
        </Button>
      }
    />
  );
}

const NONE = "none";

function GroupRow({ workspaceId, group: { id: groupId, displayName, role, members } }: Props & { group: Mapped }) {
  const t = useTranslations("settings.signIn");
  const roles = useTranslations("roles");
  const told = useTold();
  const map = useWrite(mapScimGroup, { onSuccess: () => told() });
  const choose = (value: string | null) =>
    map.mutate({
      id: workspaceId,
      groupId,
      body: { role: NEW_ROLES.find((each) => each === value) ?? null },
    });
  return (
    <Row
      icon={<IconUsersGroup size={22} stroke={1.5} aria-hidden />}
      main={
        <>
          <Text fw={600}>{displayName}</Text>
          <Text size="sm" c="dimmed">
            {t("scimMembers", { count: members })}
          </Text>
          <ProblemAlert error={map.error} />
        </>
      }
      aside={
        <Select
          aria-label={t("scimRoleOf", { group: displayName })}
          size="xs"
          w={190}
          allowDeselect={false}
          disabled={map.isPending}
          data={[
            { value: NONE, label: t("scimNoRole") },
            ...NEW_ROLES.map((each) => ({ value: each, label: roles(each) })),
          ]}
          value={role ?? NONE}
          onChange={choose}
        />
      }
    />
  );
}
