"use client";

import { type SsoSettings as Settings, writeSaml } from "@contentos/sdk";
import { Anchor, Code, SegmentedControl, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useFormatter, useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";
import { DefaultRole, ProviderActions, Told } from "./sso-parts";

type Connection = NonNullable<Settings["connection"]>;
type Props = { workspaceId: string; settings: Settings; onRemove: (() => void) | undefined };

/** A workspace's provider by SAML 2.0: what it is told, and what it says of itself. */
export function SamlProvider({ workspaceId, settings: { connection, saml }, onRemove }: Props) {
  const t = useTranslations("settings.signIn");
  const told = useTold();
  const format = useFormatter();
  const before = connection?.protocol === "Saml" ? connection : null;
  const form = useForm({
    initialValues: {
      how: "metadata" as "metadata" | "fields",
      metadata: "",
      entityId: before?.issuer ?? "",
      ssoUrl: before?.ssoUrl ?? "",
      sloUrl: before?.sloUrl ?? "",
      certificates: "",
      idpInitiated: before?.idpInitiated ?? false,
      defaultRole: connection?.defaultRole ?? ("Writer" as const),
    },
  });
  const save = useWrite(writeSaml, { onSuccess: () => told(), onError: (error) => form.setErrors(issuesOf(error)) });
  const submit = form.onSubmit(({ how, metadata, entityId, ssoUrl, sloUrl, certificates, ...rest }) =>
    save.mutate({
      id: workspaceId,
      body:
        how === "metadata"
          ? { metadata, ...rest }
          : { entityId, ssoUrl, sloUrl: sloUrl || null, certificates: certificatesIn(certificates), ...rest },
    }),
  );
  return (
    <form onSubmit={submit}>
      <Stack>
        <Told label={t("samlEntityId")} value={saml.entityId} />
        <Told label={t("samlAcs")} value={saml.acsUrl} />
        <Told label={t("samlSlo")} value={saml.sloUrl} />
        {saml.certificates.map(({ pem, fingerprint, validUntil }, at) => (
          <Stack key={fingerprint} gap={2}>
            <Told label={t(at === 0 ? "samlOurCertificate" : "samlOurCertificateBefore")} value={pem.trim()} />
            <Text size="xs" c="dimmed">
              {t("samlValidUntil", { at: format.dateTime(new Date(validUntil), "day") })}
            </Text>
          </Stack>
        ))}
        <Text size="sm">
          <Anchor href={saml.metadataUrl} target="_blank" rel="noopener">
            {t("samlMetadata")}
          </Anchor>
        </Text>
        {before && <Current connection={before} />}
        <SegmentedControl
          aria-label={t("samlHow")}
          data={[
            { value: "metadata", label: t("samlByMetadata") },
            { value: "fields", label: t("samlByFields") },
          ]}
          {...form.getInputProps("how")}
        />
        {form.values.how === "metadata" ? (
          <Textarea
            label={t("samlTheirMetadata")}
            description={t("samlTheirMetadataHint")}
            autosize
            minRows={4}
            maxRows={12}
            required
            withAsterisk={false}
            {...form.getInputProps("metadata")}
          />
        ) : (
          <>
            <TextInput
              label={t("samlTheirEntityId")}
              required
              withAsterisk={false}
              {...form.getInputProps("entityId")}
            />
            <TextInput
              label={t("samlTheirUrl")}
              type="url"
              required
              withAsterisk={false}
              {...form.getInputProps("ssoUrl")}
            />
            <TextInput
              label={t("samlTheirSlo")}
              description={t("samlTheirSloHint")}
              type="url"
              {...form.getInputProps("sloUrl")}
            />
            <Textarea
              label={t("samlTheirCertificates")}
              description={t("samlTheirCertificatesHint")}
              autosize
              minRows={4}
              maxRows={12}
              required
              withAsterisk={false}
              {...form.getInputProps("certificates")}
            />
          </>
        )}
        <Switch
          label={t("idpInitiated")}
          description={t("idpInitiatedHint")}
          {...form.getInputProps("idpInitiated", { type: "checkbox" })}
        />
        <DefaultRole {...form.getInputProps("defaultRole")} />
        <ProblemAlert error={save.error} />
        <ProviderActions saving={save.isPending} onRemove={onRemove} />
      </Stack>
    </form>
  );
}

/** One below the other, with or without the lines around them. */
const certificatesIn = (text: string) => text.split(/(?<=-----END CERTIFICATE-----)/).filter((part) => part.trim());

function Current({ connection: { issuer, certificates } }: { connection: Connection }) {
  const t = useTranslations("settings.signIn");
  const format = useFormatter();
  return (
    <Stack gap={4}>
      <Text size="sm">{t("samlCurrent", { issuer })}</Text>
      {certificates.map(({ fingerprint, validUntil }) => (
        <Stack key={fingerprint} gap={2}>
          <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {fingerprint}
          </Code>
          <Text size="xs" c="dimmed">
            {t("samlValidUntil", { at: format.dateTime(new Date(validUntil), "day") })}
          </Text>
        </Stack>
      ))}
    </Stack>
  );
}
