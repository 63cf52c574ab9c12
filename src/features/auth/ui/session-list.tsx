"use client";

import { endOtherSessions, endSession, listSessions, type Session } from "@contentos/sdk";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconDeviceDesktop } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";
import { useTold } from "@/ui/told";
import { describeAgent } from "./agent";

/** Where one is signed in. The one at hand is ended by signing out. */
export function SessionList() {
  const t = useTranslations("settings.account");
  const told = useTold();
  const sessions = useRead(listSessions);
  const end = useWrite(endSession, { onSuccess: () => told(t("ended")) });
  const endOthers = useWrite(endOtherSessions, { onSuccess: () => told(t("othersEnded")) });
  const sorted = [...(sessions.data?.items ?? [])].sort((one, other) => Number(other.current) - Number(one.current));
  return (
    <Stack>
      <ProblemAlert error={sessions.error} onRetry={() => sessions.refetch()} />
      <ProblemAlert error={end.error ?? endOthers.error} />
      {sessions.isPending && <LoadingRows rows={2} height={56} />}
      <Rows label={t("sessions")}>
        {sorted.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={end.isPending && end.variables.id === session.id}
            onEnd={() => end.mutate({ id: session.id })}
          />
        ))}
      </Rows>
      {sorted.length > 1 && (
        <Button variant="default" w="fit-content" loading={endOthers.isPending} onClick={() => endOthers.mutate({})}>
          {t("endOthers")}
        </Button>
      )}
    </Stack>
  );
}

type RowProps = { session: Session; busy: boolean; onEnd: () => void };

function SessionRow({ session, busy, onEnd }: RowProps) {
  const t = useTranslations("settings.account");
  const format = useFormatter();
  const { userAgent, ipAddress, createdAt, lastUsedAt, method, current } = session;
  const { browser, system } = describeAgent(userAgent ?? "");
  const device = browser && system ? t("device", { browser, system }) : (browser ?? system ?? t("unknownDevice"));
  const since = t("signedInAt", { at: format.dateTime(new Date(createdAt), "moment") });
  return (
    <Row
      icon={<IconDeviceDesktop size={22} stroke={1.5} aria-hidden />}
      main={
        <>
          <Group gap={6}>
            <Text fw={600}>{device}</Text>
            {current && (
              <Badge size="sm" variant="default" tt="none">
                {t("thisOne")}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" title={userAgent ?? undefined}>
            {[
              since,
              t("lastUsedAt", { at: format.dateTime(new Date(lastUsedAt), "moment") }),
              t(`by.${method}`),
              ipAddress,
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </>
      }
      aside={
        !current && (
          <Button
            size="xs"
            variant="default"
            loading={busy}
            onClick={onEnd}
            aria-label={t("endFor", { device, since })}
          >
            {t("end")}
          </Button>
        )
      }
    />
  );
}
