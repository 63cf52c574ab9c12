"use client";

import { type AuditEvent, listAuditEvents } from "@contentos/sdk";
import { Anchor, Button, Collapse, Group, Select, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronDown, IconHistory } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import Link from "next/link";
import { useId, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { startOfDay } from "@/ui/day";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages } from "@/ui/query";
import type { Messages } from "@/ui/text/languages";
import classes from "./audit-log.module.css";
import { AuditProof } from "./audit-proof";

type Person = { userId: string; name: string };
type Props = {
  people: Person[];
  timeZone: string;
  /** Where a thing is shown, if anywhere. */
  addressOf: (subjectType: string, subjectId: string) => string | undefined;
};
type Room = keyof Messages["audit"]["rooms"];
const ROOMS: Room[] = [
  "workspaces",
  "content",
  "approval",
  "review",
  "comments",
  "distribution",
  "channels",
  "planning",
  "personas",
  "assets",
  "site",
  "notifications",
  "transfer",
  "auth",
  "webhooks",
  "forwarding",
  "retention",
  "audit",
];

export function AuditLog({ people, timeZone, addressOf }: Props) {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  const [filter, setFilter] = useState({ actorId: "", action: "", from: "", to: "", text: "" });
  const { actorId, action, from, to, text } = filter;
  const [sought] = useDebouncedValue(text.trim(), 300);
  const asked = {
    ...(actorId && { actorId }),
    ...(action && { action }),
    ...(sought && { text: sought }),
    ...(from && { from: startOfDay(from, timeZone).toISOString() }),
    ...(to && { to: startOfDay(to, timeZone, 1).toISOString() }),
  };
  const events = usePages(listAuditEvents, { limit: 50, ...asked }, { placeholderData: keepPreviousData });
  const shown = events.data?.pages.flatMap(({ items }) => items) ?? [];
  const nameOf = (id: string | null) => people.find(({ userId }) => userId === id)?.name;
  return (
    <Stack>
      <AuditProof filter={asked} />
      <Group align="flex-end" gap="sm">
        <Select
          label={t("who")}
          placeholder={t("anybody")}
          clearable
          searchable
          data={people.map(({ userId, name }) => ({ value: userId, label: name }))}
          value={actorId || null}
          onChange={(value) => setFilter({ ...filter, actorId: value ?? "" })}
          flex="1 1 150px"
        />
        <Select
          label={t("what")}
          placeholder={t("anything")}
          clearable
          searchable
          data={ROOMS.map((value) => ({ value, label: t(`rooms.${value}`) }))}
          value={action || null}
          onChange={(value) => setFilter({ ...filter, action: value ?? "" })}
          flex="1 1 150px"
        />
        {(["from", "to"] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(end)}
            value={filter[end]}
            onChange={(event) => setFilter({ ...filter, [end]: event.currentTarget.value })}
            flex="1 1 130px"
          />
        ))}
        <TextInput
          label={t("text")}
          placeholder={t("textHint")}
          value={text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
          maxLength={200}
          flex="1 1 150px"
        />
      </Group>
      <ProblemAlert error={events.error} onRetry={() => events.refetch()} />
      {events.isPending && <LoadingRows rows={8} />}
      {events.data && shown.length === 0 && <EmptyState icon={IconHistory} title={t("none")} text={t("noneText")} />}
      <ul className={classes.list} aria-label={t("title")}>
        {shown.map((event) => (
          <Entry key={event.id} event={event} nameOf={nameOf} addressOf={addressOf} />
        ))}
      </ul>
      {events.hasNextPage && (
        <Button variant="default" onClick={() => events.fetchNextPage()} loading={events.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
    </Stack>
  );
}

type EntryProps = Pick<Props, "addressOf"> & { event: AuditEvent; nameOf: (id: string | null) => string | undefined };

function Entry({ event, nameOf, addressOf }: EntryProps) {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  const format = useFormatter();
  const [opened, setOpened] = useState(false);
  const details = useId();
  const { at, actorKind, actorId, action, subjectType, subjectId, detail, requestId, apiKeyId } = event;
  const person = actorKind === "Member" ? (nameOf(actorId) ?? common("somebody")) : t(`kinds.${actorKind}`);
  const who = apiKeyId ? t("byKey", { who: person }) : person;
  // A newer server may do what nobody here has a word for.
  const key = `actions.${action}` as Parameters<typeof t.has>[0];
  const said = t.has(key) ? t(key as "kinds.System") : action;
  const address = addressOf(subjectType, subjectId);
  const facts: [string, string][] = [
    [t("action"), action],
    [t("subject"), `${subjectType} ${subjectId}`],
    ...(apiKeyId ? [[t("key"), apiKeyId] satisfies [string, string]] : []),
    ...(requestId ? [[t("request"), requestId] satisfies [string, string]] : []),
    ...Object.entries(detail).map(([name, value]): [string, string] => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  ];
  return (
    <li className={classes.entry}>
      <UnstyledButton
        className={classes.line}
        aria-expanded={opened}
        aria-controls={details}
        onClick={() => setOpened(!opened)}
      >
        <Text size="sm" className={classes.said}>
          <b>{who}</b> {said}
        </Text>
        <Text size="xs" c="dimmed" className={classes.when}>
          {format.dateTime(new Date(at), "moment")}
        </Text>
        <IconChevronDown size={16} className={classes.chevron} data-opened={opened || undefined} aria-hidden />
      </UnstyledButton>
      <Collapse expanded={opened} id={details}>
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {address && (
          <Anchor component={Link} href={address} size="sm" pl={4} pb="sm" display="inline-block">
            {t("show")}
          </Anchor>
        )}
      </Collapse>
    </li>
  );
}
