"use client";

import { type AiSettings, testAiEndpoint } from "@contentos/sdk";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

/** Where questions go, in turn, and whether somebody answers there. */
export function EndpointTests({ endpoints }: { endpoints: AiSettings["endpoints"] }) {
  return (
    <Stack gap="md">
      {endpoints.map((endpoint) => (
        <Endpoint key={endpoint.which} {...endpoint} />
      ))}
    </Stack>
  );
}

function Endpoint({ which, own, host, models }: AiSettings["endpoints"][number]) {
  const t = useTranslations("ai.endpoints");
  const test = useWrite(testAiEndpoint);
  const came = test.data;
  return (
    <Stack gap="xs" role="group" aria-label={t(`which.${which}`)}>
      <Group justify="space-between" gap="xs" align="flex-start">
        <Stack gap={0} flex="1 1 220px" miw={0}>
          <Text size="sm" fw={550}>
            {t(`which.${which}`)} · {host}
          </Text>
          <Text size="xs" c="dimmed">
            {models.length > 0 ? models.join(", ") : t("forbidden")} · {t(own ? "own" : "deployment")}
          </Text>
        </Stack>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("testThis", { host })}
          disabled={models.length === 0}
          loading={test.isPending}
          onClick={() => test.mutate({ body: { which } })}
        >
          {t("test")}
        </Button>
      </Group>
      {came && !test.isPending && (
        <Text size="sm" role="status">
          {came.works
            ? t("works", { model: came.model ?? "", ms: came.ms, credits: came.credits.used })
            : t(`outcomes.${came.outcome}`)}
        </Text>
      )}
      <ProblemAlert error={test.error} />
    </Stack>
  );
}
