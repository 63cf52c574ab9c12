"use client";

import {
  cancelSchedule,
  removePublication,
  reschedule,
  resolveSchedule,
  retrySchedule,
  type Schedule,
} from "@contentos/sdk";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

type Props = { schedule: Schedule; onDone?: (() => void) | undefined };

/** What a person can do about a publication as it stands. */
export function ScheduleActions({ schedule, onDone = () => {} }: Props) {
  const { id, status, removedAt } = schedule;
  const settled = { onSuccess: () => onDone() };
  const retry = useWrite(retrySchedule, settled);
  const t = useTranslations("distribution.act");
  const isOpen = status === "Scheduled" || status === "OnHold" || status === "Failed";
  return (
    <Stack gap="xs">
      {status === "Unknown" && <Resolve id={id} onDone={onDone} />}
      <Group gap="xs">
        {status === "Failed" && (
          <Button size="compact-sm" variant="light" loading={retry.isPending} onClick={() => retry.mutate({ id })}>
            {t("retry")}
          </Button>
        )}
        {status === "OnHold" && <Repin schedule={schedule} onDone={onDone} />}
        {isOpen && <Cancel id={id} onDone={onDone} />}
        {status === "Published" && !removedAt && <TakeDown id={id} onDone={onDone} />}
      </Group>
      <ProblemAlert error={retry.error} />
    </Stack>
  );
}

type Doing = { id: string; onDone: () => void };

function Cancel({ id, onDone }: Doing) {
  const t = useTranslations("distribution.act");
  const cancel = useWrite(cancelSchedule, { onSuccess: onDone });
  return (
    <Twice
      label={t("cancel")}
      sure={t("cancelSure")}
      loading={cancel.isPending}
      error={cancel.error}
      onSure={() => cancel.mutate({ id })}
    />
  );
}

function TakeDown({ id, onDone }: Doing) {
  const t = useTranslations("distribution.act");
  const remove = useWrite(removePublication, { onSuccess: onDone });
  return (
    <Twice
      label={t("takeDown")}
      sure={t("takeDownSure")}
      loading={remove.isPending}
      error={remove.error}
      onSure={() => remove.mutate({ id })}
    />
  );
}

type TwiceProps = { label: string; sure: string; loading: boolean; error: Error | null; onSure: () => void };

/** Asks once more, in the place of the button. */
function Twice({ label, sure, loading, error, onSure }: TwiceProps) {
  const t = useTranslations("distribution.act");
  const [asking, setAsking] = useState(false);
  if (error) return <ProblemAlert error={error} />;
  if (!asking)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  return (
    <Group gap="xs">
      <Button size="compact-sm" color="red" loading={loading} onClick={onSure} data-autofocus autoFocus>
        {sure}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsking(false)}>
        {t("keep")}
      </Button>
    </Group>
  );
}

/** At its old time, or at once where that has passed: the button says which. */
function Repin({ schedule, onDone }: { schedule: Schedule; onDone: () => void }) {
  const t = useTranslations("distribution.act");
  const plan = useWrite(reschedule, { onSuccess: onDone });
  const { id, scheduledTime, timeZone } = schedule;
  const passed = Date.parse(scheduledTime) < Date.now();
  return (
    <>
      <Button
        size="compact-sm"
        variant="light"
        loading={plan.isPending}
        onClick={() => plan.mutate({ id, body: { scheduledTime, timeZone: timeZone ?? undefined, repin: true } })}
      >
        {t(passed ? "repinNow" : "repin")}
      </Button>
      <ProblemAlert error={plan.error} />
    </>
  );
}

function Resolve({ id, onDone }: Doing) {
  const t = useTranslations("distribution.act");
  const [url, setUrl] = useState("");
  const resolve = useWrite(resolveSchedule, { onSuccess: onDone });
  return (
    <Stack gap="xs">
      <Text size="sm">{t("unknown")}</Text>
      <TextInput
        size="xs"
        type="url"
        label={t("address")}
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="light"
          loading={resolve.isPending}
          onClick={() => resolve.mutate({ id, body: { outcome: "Published", ...(url.trim() && { url: url.trim() }) } })}
        >
          {t("isThere")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={resolve.isPending}
          onClick={() => resolve.mutate({ id, body: { outcome: "Absent" } })}
        >
          {t("isNotThere")}
        </Button>
      </Group>
      <ProblemAlert error={resolve.error} />
    </Stack>
  );
}
