"use client";

import {
  createWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
  type WebhookEndpoint,
} from "@contentos/sdk";
import { TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { EVENT_TYPES } from "@/platform/event-types";
import type { EventType } from "@/platform/events";
import { ConfirmModal } from "@/ui/confirm-modal";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { useWrite } from "@/ui/query";
import { ShownOnceModal } from "@/ui/shown-once";
import { SubsetSelect } from "@/ui/subset-select";
import { useTold } from "@/ui/told";

export function EndpointForm({ endpoint, onClose }: { endpoint?: WebhookEndpoint; onClose: () => void }) {
  const t = useTranslations("webhooks");
  const common = useTranslations("common");
  const told = useTold();
  const form = useForm({
    initialValues: {
      url: endpoint?.url ?? "",
      description: endpoint?.description ?? "",
      events: endpoint?.eventTypes ?? [],
    },
  });
  const onError = (error: Error) => form.setErrors(issuesOf(error));
  const create = useWrite(createWebhookEndpoint, { onError });
  const update = useWrite(updateWebhookEndpoint, {
    onError,
    onSuccess: () => {
      onClose();
      told();
    },
  });
  if (create.data?.secret) return <Secret value={create.data.secret} onClose={onClose} />;
  const { isPending, error } = endpoint ? update : create;
  return (
    <FormModal
      title={endpoint ? t("edit") : t("new")}
      action={endpoint ? common("save") : t("create")}
      busy={isPending}
      error={error}
      dirty={form.isDirty()}
      size="lg"
      onClose={onClose}
      onSubmit={form.onSubmit(({ url, description, events }) => {
        const eventTypes = events as EventType[];
        if (endpoint) {
          const body = {
            url,
            description: description.trim() || null,
            eventTypes: eventTypes.length > 0 ? eventTypes : null,
          };
          update.mutate({ id: endpoint.id, body });
        } else {
          const chosen = eventTypes.length > 0 && { eventTypes };
          create.mutate({ body: { url, ...(description.trim() && { description }), ...chosen } });
        }
      })}
    >
      <TextInput
        label={t("url")}
        description={t("urlHint")}
        type="url"
        placeholder="https://"
        required
        maxLength={2_000}
        data-autofocus
        {...form.getInputProps("url")}
      />
      <TextInput label={t("description")} maxLength={200} {...form.getInputProps("description")} />
      <SubsetSelect
        label={t("events")}
        description={t("eventsHint")}
        all={t("allEvents")}
        data={EVENT_TYPES}
        {...form.getInputProps("events")}
      />
    </FormModal>
  );
}

export function NewSecret({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const t = useTranslations("webhooks");
  const rotate = useWrite(rotateWebhookSecret);
  if (rotate.data?.secret) return <Secret value={rotate.data.secret} onClose={onClose} />;
  return (
    <ConfirmModal
      opened
      harmless
      title={t("rotateTitle", { url: endpoint.url })}
      text={t("rotateText")}
      action={t("rotate")}
      busy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate({ id: endpoint.id, body: { overlapHours: 24 } })}
      onClose={onClose}
    />
  );
}

function Secret({ value, onClose }: { value: string; onClose: () => void }) {
  const t = useTranslations("webhooks");
  return (
    <ShownOnceModal heading={t("secretTitle")} title={t("copyNow")} text={t("once")} value={value} onClose={onClose} />
  );
}
