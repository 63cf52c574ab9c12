"use client";

import { type Channel, createSchedule, scheduleNext } from "@contentos/sdk";
import { Alert, Button, SegmentedControl, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Problem } from "@/ui/api";
import { notices } from "@/ui/notices";
import { useWrite } from "@/ui/query";
import { type Wall, wallOf } from "./calendar/days";
import { NextTimes } from "./posting-times/next-times";
import { usePlanWarnings } from "./use-plan-warnings";
import { WhenField } from "./when-field";

type Props = { itemId: string; channels: Channel[]; timeZone: string };
type Refusal = { channel: string; why: string };
type At = { scheduledTime: string; timeZone?: string };
type When = "now" | "next" | "later";

/** When it goes out on the channels that were chosen: at once, at their next posting times, or at a time of the workspace. */
export function PublishForm({ itemId, channels, timeZone }: Props) {
  const t = useTranslations("distribution.publish");
  const [when, setWhen] = useState<When>("now");
  const [wall, setWall] = useState<Wall | "">("");
  const plan = usePlanning(itemId, channels);
  const now = wallOf(Date.now(), timeZone);
  const later = when === "later";
  const past = later && wall !== "" && wall < now;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (later && (!wall || past)) return;
    const at = later ? { scheduledTime: wall, timeZone } : { scheduledTime: new Date().toISOString() };
    void plan.run(when === "next" ? "next" : at);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <SegmentedControl
          aria-label={t("when")}
          size="xs"
          data={[
            { value: "now", label: t("now") },
            { value: "next", label: t("next") },
            { value: "later", label: t("later") },
          ]}
          value={when}
          onChange={(value) => setWhen(value as When)}
        />
        {when === "next" && <NextTimes channels={channels} />}
        {later && (
          <WhenField
            value={wall}
            onChange={setWall}
            timeZone={timeZone}
            now={now}
            error={plan.timeRefusal ?? (past ? t("past") : undefined)}
          />
        )}
        <Button type="submit" loading={plan.isPending} disabled={channels.length === 0 || (later && (!wall || past))}>
          {t(when === "now" ? "publishNow" : "schedule")}
        </Button>
        {channels.length === 0 && (
          <Text size="xs" c="dimmed">
            {t("chooseOne")}
          </Text>
        )}
        {plan.refusals.map(({ channel, why }) => (
          <Alert key={channel} color="red" role="alert" title={channel}>
            {why}
          </Alert>
        ))}
      </Stack>
    </form>
  );
}

/** One schedule for each channel: what one refuses keeps nothing from the others. */
function usePlanning(itemId: string, channels: Channel[]) {
  const t = useTranslations("distribution.publish");
  const format = useFormatter();
  const create = useWrite(createSchedule);
  const planNext = useWrite(scheduleNext);
  const warn = usePlanWarnings();
  const [isPending, setPending] = useState(false);
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  const [timeRefusal, setTimeRefusal] = useState<string>();
  const planOn = (channelId: string, when: At | "next") => {
    const what = { contentItemId: itemId, channelId };
    return when === "next" ? planNext.mutateAsync({ body: what }) : create.mutateAsync({ body: { ...what, ...when } });
  };
  const run = async (when: At | "next") => {
    setPending(true);
    setRefusals([]);
    setTimeRefusal(undefined);
    for (const channel of channels) {
      try {
        const made = await planOn(channel.id, when);
        warn(made.warnings);
        if (when !== "next" && !when.timeZone) continue;
        const at = format.dateTime(new Date(made.scheduledTime), "dayAndTime");
        const message = made.resolution === "first_of_two" ? t("twice", { at }) : at;
        notices.show({ title: t("scheduled", { channel: channel.name }), message });
      } catch (error) {
        const about = error instanceof Problem ? error.issues.find(({ path }) => path === "scheduledTime") : undefined;
        // It is the same for all of them.
        if (about) {
          setTimeRefusal(about.message);
          break;
        }
        setRefusals((known) => [...known, { channel: channel.name, why: wordsOf(error) }]);
      }
    }
    setPending(false);
  };
  return { run, isPending, refusals, timeRefusal };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Problem)) return String(error);
  const more = error.issues.map(({ message }) => message).filter((message) => !error.message.includes(message));
  return [error.message, ...more].join(" ");
}
