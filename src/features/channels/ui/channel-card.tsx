"use client";

import { type Channel, checkChannel, updateChannel } from "@contentos/sdk";
import { Alert, Badge, Box, Button, Group, Paper, Stack, Text, TextInput, ThemeIcon } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { Problem } from "@/ui/api";
import { NetworkIcon } from "@/ui/network-icon";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { Retold } from "@/ui/text/retold";
import { useLimitWords } from "./limit-words";

type Props = {
  channel: Channel;
  /** Only Admins change channels. */
  isAdmin: boolean;
  about?: ReactNode;
  onReconnect: () => void;
  onDisconnect: () => void;
};

/** As long before the end of its access a channel is marked, and people are told first. */
const SOON_MS = 14 * 24 * 3_600_000;

const COLORS = { Connected: "teal", Failing: "orange", Revoked: "red", Disconnected: "gray" };

/** One channel: how it is, what it takes, and what can be done with it. */
export function ChannelCard({ channel, isAdmin, about, onReconnect, onDisconnect }: Props) {
  const t = useTranslations("channels");
  const [renaming, setRenaming] = useState(false);
  const limits = useLimitWords()(channel);
  const check = useWrite(checkChannel);
  const { id, network, name, label, status, builtIn, accessEndsAt } = channel;
  const endsSoon = useNow().getTime() > Date.parse(accessEndsAt ?? "") - SOON_MS;
  return (
    <Paper withBorder p="md" component="li" aria-label={name}>
      <Group align="flex-start" wrap="nowrap" gap="md">
        <ThemeIcon variant="light" size={44} radius="md" aria-hidden>
          <NetworkIcon network={network} size={24} />
        </ThemeIcon>
        <Stack gap={6} flex={1} miw={0}>
          {renaming ? (
            <Rename channel={channel} onDone={() => setRenaming(false)} />
          ) : (
            <Group gap="xs">
              <Text fw={650} component="h2" size="md" m={0} style={{ overflowWrap: "anywhere" }}>
                {name}
              </Text>
              {name !== label && (
                <Text size="sm" c="dimmed">
                  {label}
                </Text>
              )}
              <Badge color={COLORS[status]} variant="light" tt="none">
                {t(`status.${status}`)}
              </Badge>
              {endsSoon && status !== "Revoked" && (
                <Badge color="orange" variant="light" tt="none">
                  {t("endsSoon")}
                </Badge>
              )}
            </Group>
          )}
          <Text size="sm" c="dimmed">
            {builtIn ? t("builtIn") : limits}
          </Text>
          {builtIn && (
            <Text size="sm" c="dimmed">
              {limits}
            </Text>
          )}
          {!builtIn && <Health channel={channel} />}
          {about}
          <ProblemAlert error={check.error} />
          {isAdmin && (
            <Group gap="xs" mt={4}>
              {!builtIn && (
                <Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate({ id })}>
                  {t("check")}
                </Button>
              )}
              {!renaming && (
                <Button size="xs" variant="default" onClick={() => setRenaming(true)}>
                  {t("rename")}
                </Button>
              )}
              {!builtIn && (status !== "Connected" || accessEndsAt) && (
                <Button
                  size="xs"
                  variant={status !== "Connected" || endsSoon ? "filled" : "default"}
                  onClick={onReconnect}
                >
                  {t("reconnect")}
                </Button>
              )}
              {!builtIn && (
                <Button size="xs" variant="subtle" color="red" onClick={onDisconnect}>
                  {t("disconnect")}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </Group>
    </Paper>
  );
}

/** When it was looked at, what was wrong then, and how long it works. */
function Health({ channel: { status, healthMessage, checkedAt, accessEndsAt } }: { channel: Channel }) {
  const t = useTranslations("channels");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  return (
    <Box aria-live="polite">
      {(healthMessage || status === "Revoked") && (
        <Alert color={status === "Revoked" ? "red" : "orange"} p="xs" mb={6}>
          {healthMessage && (
            <Text size="sm">
              <Retold>{healthMessage}</Retold>
            </Text>
          )}
          <Text size="sm">{t(status === "Revoked" ? "revokedMeans" : "failingMeans")}</Text>
        </Alert>
      )}
      {accessEndsAt && status !== "Revoked" && (
        <Text size="sm" mb={4}>
          {t("endsOn", { day: format.dateTime(new Date(accessEndsAt), { day: "numeric", month: "long" }) })}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {checkedAt ? t("checked", { when: format.relativeTime(new Date(checkedAt), now) }) : t("neverChecked")}
      </Text>
    </Box>
  );
}

function Rename({ channel: { id, name }, onDone }: { channel: Channel; onDone: () => void }) {
  const t = useTranslations("channels");
  const [words, setWords] = useState(name);
  const rename = useWrite(updateChannel, { onSuccess: onDone });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ id, body: { name: words.trim() } });
  };
  const issue = rename.error instanceof Problem ? rename.error.issues[0]?.message : undefined;
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t("name")}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={120}
          error={issue}
          required
          autoFocus
        />
        <Button type="submit" loading={rename.isPending} disabled={!words.trim()}>
          {t("save")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("cancel")}
        </Button>
      </Group>
      {!issue && <ProblemAlert error={rename.error} />}
    </form>
  );
}
