"use client";

import { choosePlan, openPortal, type Subscription, takeOverBilling } from "@contentos/sdk";
import { Badge, Button, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ConfirmModal } from "@/ui/confirm-modal";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { Section } from "@/ui/section";
import { useTold } from "@/ui/told";
import { TIER_NAMES, TIERS, type TierName } from "../contract";
import { useShownLimit } from "./limit-list";

const leave = (url: string) => window.location.assign(url);

/** The plan that there is, who pays for it, and the others, where whoever looks can choose one. */
export function PlanCard({ subscription }: { subscription: Subscription }) {
  const t = useTranslations("billing.plan");
  const format = useFormatter();
  const { tier, status, provider, payer, offers, nextBillingDate } = subscription;
  const [wanted, setWanted] = useState<TierName>();
  const portal = useWrite(openPortal, { onSuccess: ({ url }) => leave(url) });
  const told = useTold();
  const takeOver = useWrite(takeOverBilling, { onSuccess: () => told() });
  const who = !payer || payer.you ? t("youPay") : t("theyPay", { name: payer.name });
  return (
    <Section
      title={t("title", { tier })}
      lead={offers.plans.length > 0 || provider === "Stripe" ? who : t("manual")}
      actions={
        <Group gap="xs">
          {offers.portal && (
            <Button variant="default" loading={portal.isPending} onClick={() => portal.mutate({})}>
              {t("portal")}
            </Button>
          )}
          {offers.takeOver && (
            <Button variant="default" loading={takeOver.isPending} onClick={() => takeOver.mutate({})}>
              {t("takeOver")}
            </Button>
          )}
        </Group>
      }
    >
      <Group gap="xs">
        <Badge variant="light" color={status === "Active" || status === "Trialing" ? "teal" : "orange"} tt="none">
          {t(`statuses.${status}`)}
        </Badge>
        {nextBillingDate && (
          <Text size="sm" c="dimmed">
            {t("next", { day: format.dateTime(new Date(nextBillingDate), { dateStyle: "medium", timeZone: "UTC" }) })}
          </Text>
        )}
      </Group>
      <ProblemAlert error={portal.error ?? takeOver.error} />
      {offers.plans.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
          {TIER_NAMES.map((name) => (
            <Offer
              key={name}
              name={name}
              current={name === tier}
              onChoose={offers.plans.includes(name) ? () => setWanted(name) : undefined}
            />
          ))}
        </SimpleGrid>
      )}
      {wanted && <Choose tier={wanted} current={tier} provider={provider} onClose={() => setWanted(undefined)} />}
    </Section>
  );
}

type OfferProps = { name: TierName; current: boolean; onChoose: (() => void) | undefined };

function Offer({ name, current, onChoose }: OfferProps) {
  const t = useTranslations("billing.plan");
  const shown = useShownLimit();
  const { creditsPerMonth, ...limits } = TIERS[name];
  return (
    <Paper withBorder p="sm" radius="md" component="section" aria-label={name}>
      <Stack gap="xs" h="100%" justify="space-between">
        <Stack gap={2}>
          <Text fw={600}>{name}</Text>
          {(["seats", "workspaces", "channels", "storageBytes"] as const).map((limit) => (
            <Text key={limit} size="sm">
              {t(`has.${limit}`, { count: limits[limit], size: shown(limit, limits[limit]) })}
            </Text>
          ))}
          <Text size="sm">{t("has.credits", { count: creditsPerMonth })}</Text>
        </Stack>
        {current && !onChoose ? (
          <Text size="sm" c="dimmed">
            {t("current")}
          </Text>
        ) : (
          onChoose && (
            <Button size="xs" variant="light" onClick={onChoose} aria-label={t("chooseNamed", { tier: name })}>
              {current ? t("keep") : t("choose")}
            </Button>
          )
        )}
      </Stack>
    </Paper>
  );
}

type ChooseProps = { tier: TierName; current: TierName; provider: Subscription["provider"]; onClose: () => void };

function Choose({ tier, current, provider, onClose }: ChooseProps) {
  const t = useTranslations("billing.plan");
  const told = useTold();
  const choose = useWrite(choosePlan, {
    onSuccess: ({ checkoutUrl }) => {
      if (checkoutUrl) return leave(checkoutUrl);
      told(t("asked"));
      onClose();
    },
  });
  const smaller = TIER_NAMES.indexOf(tier) < TIER_NAMES.indexOf(current);
  const text =
    provider === "Manual"
      ? "confirmNew"
      : tier === "Free"
        ? "confirmFree"
        : smaller
          ? "confirmSmaller"
          : "confirmGreater";
  return (
    <ConfirmModal
      opened
      harmless={!smaller}
      title={t("confirm", { tier })}
      text={t(text)}
      action={t("chooseNamed", { tier })}
      busy={choose.isPending}
      error={choose.error}
      onConfirm={() => choose.mutate({ body: { tier } })}
      onClose={onClose}
    />
  );
}
