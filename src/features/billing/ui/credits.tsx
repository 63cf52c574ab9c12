"use client";

import { buyCredits, type Subscription, setPooling } from "@contentos/sdk";
import { Button, NumberInput, Stack, Switch } from "@mantine/core";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { ConfirmModal } from "@/ui/confirm-modal";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";
import { TOP_UP_CREDITS } from "../contract";

/** Where credits are sold: how many, and on to where they are paid. */
export function BuyCredits({ subscription }: { subscription: Subscription }) {
  const t = useTranslations("billing.credits");
  const [isOpen, setOpen] = useState(false);
  const [packs, setPacks] = useState<number | string>(1);
  const buy = useWrite(buyCredits, { onSuccess: ({ checkoutUrl }) => window.location.assign(checkoutUrl) });
  if (!subscription.offers.topUp) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("buy")}
      </Button>
      {isOpen && (
        <ConfirmModal
          opened
          harmless
          title={t("buy")}
          text={t("buyText")}
          action={t("pay")}
          busy={buy.isPending}
          error={buy.error}
          onConfirm={() => buy.mutate({ body: { packs: Number(packs) || 1 } })}
          onClose={() => setOpen(false)}
        >
          <NumberInput
            label={t("packs", { count: TOP_UP_CREDITS })}
            value={packs}
            onChange={setPacks}
            min={1}
            max={100}
            allowDecimal={false}
            clampBehavior="strict"
          />
        </ConfirmModal>
      )}
    </>
  );
}

/** Whether the workspaces of one account share their credits; for whoever pays for several. */
export function Sharing({ subscription }: { subscription: Subscription }) {
  const t = useTranslations("billing.credits");
  const format = useFormatter();
  const told = useTold();
  const { now, next, from } = subscription.pooling;
  const set = useWrite(setPooling, { onSuccess: () => told() });
  if (!subscription.offers.pooling) return null;
  const day = from && format.dateTime(new Date(from), { dateStyle: "medium", timeZone: "UTC" });
  const changes = day !== null && now !== next;
  return (
    <Stack gap="xs">
      <Switch
        label={t("share")}
        description={changes ? t(next ? "sharedFrom" : "apartFrom", { day }) : t("shareText")}
        checked={next}
        disabled={set.isPending}
        onChange={({ currentTarget }) => set.mutate({ body: { pooling: currentTarget.checked } })}
      />
      <ProblemAlert error={set.error} />
    </Stack>
  );
}
