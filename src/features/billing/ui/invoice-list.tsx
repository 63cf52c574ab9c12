"use client";

import { type Invoice, listInvoices } from "@contentos/sdk";
import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useFormatter, useTranslations } from "use-intl";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { Row, Rows } from "@/ui/rows";

export function InvoiceList() {
  const t = useTranslations("billing.invoices");
  const { data, error, refetch } = useRead(listInvoices);
  if (error) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  if (!data) return <LoadingRows rows={2} />;
  if (data.items.length === 0) return <Text size="sm">{t("none")}</Text>;
  return (
    <Rows label={t("title")}>
      {data.items.map((invoice) => (
        <InvoiceRow key={invoice.id} invoice={invoice} />
      ))}
    </Rows>
  );
}

function InvoiceRow({ invoice: { number, status, currency, total, createdAt, url, pdfUrl } }: { invoice: Invoice }) {
  const t = useTranslations("billing.invoices");
  const format = useFormatter();
  // Stripe tells the smallest unit: how many of them make one is what the currency says.
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const name = number ?? t("noNumber");
  return (
    <Row
      main={
        <Stack gap={0}>
          <Text size="sm" fw={550}>
            {name} · {format.number(total / 10 ** digits, { style: "currency", currency })}
          </Text>
          <Text size="xs" c="dimmed">
            {format.dateTime(new Date(createdAt), "day")} · {t(`statuses.${status}`)}
          </Text>
        </Stack>
      }
      aside={
        <Group gap="sm">
          {url && (
            <Anchor href={url} size="sm" target="_blank" rel="noreferrer" aria-label={t("openNamed", { name })}>
              {t("open")}
            </Anchor>
          )}
          {pdfUrl && (
            <Anchor href={pdfUrl} size="sm" aria-label={t("pdfNamed", { name })}>
              PDF
            </Anchor>
          )}
        </Group>
      }
    />
  );
}
