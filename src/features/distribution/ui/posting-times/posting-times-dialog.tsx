"use client";

import "@mantine/dates/styles.css";
import { type PostingTimes, setPostingTimes } from "@contentos/sdk";
import { Button, Chip, Group, Input, Modal, Pill, Stack, Text } from "@mantine/core";
import { TimeInput } from "@mantine/dates";
import { type FormEvent, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { Retold } from "@/ui/text/retold";
import { useTimeWords, useWeekday } from "./use-time-words";

type Time = PostingTimes["times"][number];
type Props = { channel: { id: string; name: string }; posting: PostingTimes; onClose: () => void };

const WEEK = [1, 2, 3, 4, 5, 6, 7];
const WORKING_DAYS = WEEK.slice(0, 5).map(String);
const MOST = 50;
const keyOf = ({ weekday, time }: Time) => `${weekday} ${time}`;

/** The times of a week, by which "next posting time" plans. */
export function PostingTimesDialog({ channel, posting, onClose }: Props) {
  const t = useTranslations("distribution.postingTimes");
  const [times, setTimes] = useState<Time[]>(posting.times);
  const save = useWrite(setPostingTimes, { onSuccess: onClose });
  const wordsOf = useTimeWords();
  const add = (more: Time[]) => {
    const all = new Map([...times, ...more].map((time) => [keyOf(time), time]));
    setTimes([...all.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, time]) => time));
  };
  const tooMany = times.length > MOST;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("title", { channel: channel.name })}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t("lead", { timeZone: posting.timeZone })}
        </Text>
        <AddTimes onAdd={add} />
        {times.length > 0 ? (
          <Pill.Group role="group" aria-label={t("times")}>
            {times.map((time) => (
              <Pill
                key={keyOf(time)}
                size="md"
                withRemoveButton
                onRemove={() => setTimes(times.filter((one) => one !== time))}
                removeButtonProps={{
                  "aria-label": t("remove", { time: wordsOf(time) }),
                  "aria-hidden": false,
                  tabIndex: 0,
                }}
              >
                {wordsOf(time)}
              </Pill>
            ))}
          </Pill.Group>
        ) : (
          <Text size="sm">{t("none")}</Text>
        )}
        {tooMany && (
          <Text size="sm" c="red" role="alert">
            {t("tooMany", { most: MOST })}
          </Text>
        )}
        {times === posting.times && <NextTimes posting={posting} />}
        <ProblemAlert error={save.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            loading={save.isPending}
            disabled={tooMany || times === posting.times}
            onClick={() => save.mutate({ id: channel.id, body: { times } })}
          >
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** One time on as many days as were chosen. */
function AddTimes({ onAdd }: { onAdd: (times: Time[]) => void }) {
  const t = useTranslations("distribution.postingTimes");
  const weekdayOf = useWeekday();
  const [days, setDays] = useState<string[]>(WORKING_DAYS);
  const [time, setTime] = useState("09:00");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (days.length > 0 && time) onAdd(days.map((day) => ({ weekday: Number(day), time: time.slice(0, 5) })));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Input.Wrapper label={t("days")} labelElement="div">
          <Chip.Group multiple value={days} onChange={setDays}>
            <Group gap={4} role="group" aria-label={t("days")}>
              {WEEK.map((day) => (
                <Chip key={day} value={String(day)} size="xs">
                  {weekdayOf(day, "short")}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
        <Group align="flex-end" gap="xs">
          <TimeInput label={t("time")} value={time} onChange={(event) => setTime(event.currentTarget.value)} required />
          <Button type="submit" variant="light" disabled={days.length === 0 || !time}>
            {t("add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The next few, with what is planned for them, and what the clocks do to them. */
function NextTimes({ posting: { next } }: { posting: PostingTimes }) {
  const t = useTranslations("distribution.postingTimes");
  const format = useFormatter();
  if (next.length === 0) return null;
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {t("next")}
      </Text>
      {next.slice(0, 5).map(({ localTime, scheduledTime, note, scheduleId }) => (
        <Text size="sm" key={localTime}>
          {scheduledTime ? format.dateTime(new Date(scheduledTime), "dayAndTime") : localTime.replace("T", " ")}
          {" — "}
          {note ? <Retold>{note}</Retold> : t(scheduleId ? "taken" : "free")}
        </Text>
      ))}
    </Stack>
  );
}
