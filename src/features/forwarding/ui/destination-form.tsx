"use client";

import { createForwardingDestination, type ForwardingDestination, updateForwardingDestination } from "@contentos/sdk";
import { PasswordInput, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";

const KINDS = ["Splunk", "JsonLines", "Bucket"] as const;
const FROMS = ["Beginning", "Now"] as const;

type Values = {
  kind: (typeof KINDS)[number];
  name: string;
  url: string;
  region: string;
  bucket: string;
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
  token: string;
  from: (typeof FROMS)[number];
};

const valuesOf = (destination: ForwardingDestination | undefined): Values => ({
  kind: destination?.kind ?? "Splunk",
  name: destination?.name ?? "",
  url: destination?.url ?? "",
  region: destination?.region ?? "us-east-1",
  bucket: destination?.bucket ?? "",
  prefix: destination?.prefix ?? "",
  accessKeyId: "",
  secretAccessKey: "",
  token: "",
  from: "Beginning",
});

function created({ kind, name, url, region, bucket, prefix, accessKeyId, secretAccessKey, token, from }: Values) {
  if (kind !== "Bucket") return { kind, name, url, token, from };
  const place = { region, bucket, ...(url && { url }), ...(prefix && { prefix }) };
  return { kind, name, accessKeyId, secretAccessKey, from, ...place };
}

/** Of the credentials only those that were typed; of the rest all that this kind has. */
function changed({ kind, name, url, region, bucket, prefix, accessKeyId, secretAccessKey, token }: Values) {
  if (kind !== "Bucket") return { name, url, ...(token && { token }) };
  const keys = { ...(accessKeyId && { accessKeyId }), ...(secretAccessKey && { secretAccessKey }) };
  return { name, region, bucket, prefix: prefix || null, ...(url && { url }), ...keys };
}

type Props = { destination?: ForwardingDestination; onClose: () => void };

export function DestinationForm({ destination, onClose }: Props) {
  const t = useTranslations("forwarding");
  const common = useTranslations("common");
  const told = useTold();
  const form = useForm({ initialValues: valuesOf(destination) });
  const over = {
    onError: (error: Error) => form.setErrors(issuesOf(error)),
    onSuccess: () => {
      onClose();
      told();
    },
  };
  const create = useWrite(createForwardingDestination, over);
  const update = useWrite(updateForwardingDestination, over);
  const { isPending, error } = destination ? update : create;
  const isBucket = form.values.kind === "Bucket";
  return (
    <FormModal
      title={destination ? t("edit") : t("new")}
      action={destination ? common("save") : t("create")}
      busy={isPending}
      error={error}
      dirty={form.isDirty()}
      size="lg"
      onClose={onClose}
      onSubmit={form.onSubmit((values) =>
        destination
          ? update.mutate({ id: destination.id, body: changed(values) })
          : create.mutate({ body: created(values) }),
      )}
    >
      {!destination && (
        <Select
          label={t("kind")}
          data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps("kind")}
        />
      )}
      <TextInput label={t("name")} required maxLength={80} data-autofocus {...form.getInputProps("name")} />
      <TextInput
        label={isBucket ? t("endpoint") : t("url")}
        description={isBucket ? t("endpointHint") : t("urlHint")}
        type="url"
        placeholder="https://"
        required={!isBucket}
        maxLength={2_000}
        {...form.getInputProps("url")}
      />
      {isBucket && (
        <>
          <TextInput label={t("region")} required maxLength={40} {...form.getInputProps("region")} />
          <TextInput label={t("bucket")} required maxLength={63} {...form.getInputProps("bucket")} />
          <TextInput
            label={t("prefix")}
            description={t("prefixHint")}
            maxLength={200}
            {...form.getInputProps("prefix")}
          />
        </>
      )}
      {(isBucket ? (["accessKeyId", "secretAccessKey"] as const) : (["token"] as const)).map((field) => (
        <PasswordInput
          key={field}
          label={t(field)}
          description={destination ? t("secretKept") : t("secretHint")}
          required={!destination}
          maxLength={2_000}
          autoComplete="off"
          {...form.getInputProps(field)}
        />
      ))}
      {!destination && (
        <Select
          label={t("from")}
          data={FROMS.map((value) => ({ value, label: t(`froms.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps("from")}
        />
      )}
    </FormModal>
  );
}
