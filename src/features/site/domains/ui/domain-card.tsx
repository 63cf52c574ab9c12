"use client";

import { type DnsRecord, type Domain, makeDomainPrimary, verifyDomain } from "@contentos/sdk";
import {
  Alert,
  Anchor,
  Badge,
  Box,
  Button,
  Code,
  CopyButton,
  Group,
  Paper,
  SimpleGrid,
  Stack,
  Text,
} from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

const COLORS = { Pending: "blue", Verified: "teal", Lost: "red" };

/** One domain: how it stands, what is to be set in DNS, and what can be done with it. */
export function DomainCard({ domain, onRemove }: { domain: Domain; onRemove: () => void }) {
  const t = useTranslations("site.domain");
  const { id, host, url, status, primary } = domain;
  const check = useWrite(verifyDomain);
  const choose = useWrite(makeDomainPrimary);
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} radius="lg" component="li" aria-label={host}>
      <Stack gap="md">
        <Group gap="xs">
          <Text component="h2" fw={650} size="lg" m={0} style={{ overflowWrap: "anywhere" }}>
            {status === "Verified" ? (
              <Anchor href={url} target="_blank" inherit>
                {host}
              </Anchor>
            ) : (
              host
            )}
          </Text>
          <Badge color={COLORS[status]} variant="light" tt="none">
            {t(`status.${status}`)}
          </Badge>
          {primary && (
            <Badge color="gray" variant="light" tt="none">
              {t("primary")}
            </Badge>
          )}
        </Group>
        <Standing domain={domain} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <DnsEntry record={domain.proof} title={t("proof")} text={t("proofText")} />
          <DnsEntry record={domain.route} title={t("route")} text={t("routeText")} />
        </SimpleGrid>
        <ProblemAlert error={check.error ?? choose.error} />
        <Group gap="xs">
          <Button
            variant={status === "Verified" ? "default" : "filled"}
            loading={check.isPending}
            onClick={() => check.mutate({ id })}
          >
            {t("check")}
          </Button>
          {status === "Verified" && !primary && (
            <Button variant="default" loading={choose.isPending} onClick={() => choose.mutate({ id })}>
              {t("makePrimary")}
            </Button>
          )}
          <Button variant="subtle" color="red" onClick={onRemove} aria-label={t("removeFor", { host })}>
            {t("remove")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

/** What the last look at DNS met, and when that was. */
function Standing({ domain: { status, problem, checkedAt } }: { domain: Domain }) {
  const t = useTranslations("site.domain");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  return (
    <Box aria-live="polite">
      {(problem || status === "Lost") && (
        <Alert color={status === "Lost" ? "red" : "orange"} variant="light" p="sm" mb={8}>
          {status === "Lost" && <Text size="sm">{t("lostMeans")}</Text>}
          {problem && <Text size="sm">{t(`problem.${problem}`)}</Text>}
          {problem === "RecordMissing" && status === "Verified" && <Text size="sm">{t("soonLost")}</Text>}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {checkedAt ? t("checked", { when: format.relativeTime(new Date(checkedAt), now) }) : t("neverChecked")}
      </Text>
    </Box>
  );
}

function DnsEntry({ record, title, text }: { record: DnsRecord; title: string; text: string }) {
  const t = useTranslations("site.domain");
  return (
    <Stack gap={6} miw={0}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
      <Line label={t("type")} value={record.type} />
      <Line label={t("name")} value={record.name} copy={t("copyName", { type: record.type })} />
      <Line label={t("value")} value={record.value} copy={t("copyValue", { type: record.type })} />
    </Stack>
  );
}

function Line({ label, value, copy }: { label: string; value: string; copy?: string }) {
  const t = useTranslations("site.domain");
  return (
    <Group gap="xs" wrap="nowrap" align="center" miw={0}>
      <Text size="sm" w={52} style={{ flexShrink: 0 }}>
        {label}
      </Text>
      <Code flex={1} miw={0} style={{ overflowWrap: "anywhere" }}>
        {value}
      </Code>
      {copy && (
        <CopyButton value={value}>
          {({ copied, copy: put }) => (
            <Button
              size="compact-xs"
              variant="default"
              onClick={put}
              aria-label={copy}
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            >
              {t(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
      )}
    </Group>
  );
}
