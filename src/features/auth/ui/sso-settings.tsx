"use client";

import {
  addSsoDomain,
  getSso,
  removeSso,
  removeSsoDomain,
  type SsoSettings as Settings,
  type SsoDomain,
  verifySsoDomain,
  writeSso,
} from "@contentos/sdk";
import { Badge, Button, Code, Group, PasswordInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconWorld } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { Row, Rows } from "@/ui/rows";
import { useTold } from "@/ui/told";
import { SamlProvider } from "./saml-settings";
import { DefaultRole, ProviderActions, Told } from "./sso-parts";

type Props = { workspaceId: string };

/** A workspace's own identity provider. */
export function SsoProvider({ workspaceId }: Props) {
  const settings = useRead(getSso, { id: workspaceId });
  if (settings.isPending) return <LoadingRows rows={4} />;
  if (!settings.data) return <ProblemAlert error={settings.error} onRetry={() => settings.refetch()} />;
  return <Provider key={settings.data.connection?.updatedAt} workspaceId={workspaceId} settings={settings.data} />;
}

function Provider({ workspaceId, settings }: Props & { settings: Settings }) {
  const t = useTranslations("settings.signIn");
  const [protocol, setProtocol] = useState(settings.connection?.protocol ?? "Oidc");
  const [removing, setRemoving] = useState(false);
  const own = settings.connection?.protocol === protocol;
  const onRemove = own ? () => setRemoving(true) : undefined;
  return (
    <Stack maw={560}>
      <SegmentedControl
        aria-label={t("protocol")}
        value={protocol}
        onChange={(value) => setProtocol(value as typeof protocol)}
        data={[
          { value: "Oidc", label: "OpenID Connect" },
          { value: "Saml", label: "SAML 2.0" },
        ]}
      />
      {settings.connection && !own && <Text size="sm">{t("replaces")}</Text>}
      {protocol === "Oidc" ? (
        <OidcProvider workspaceId={workspaceId} settings={settings} onRemove={onRemove} />
      ) : (
        <SamlProvider workspaceId={workspaceId} settings={settings} onRemove={onRemove} />
      )}
      {removing && (
        <RemoveModal
          operation={removeSso}
          input={{ id: workspaceId }}
          title={t("removeProvider")}
          text={t("removeProviderText")}
          onClose={() => setRemoving(false)}
        />
      )}
    </Stack>
  );
}

type ProviderProps = Props & { settings: Settings; onRemove: (() => void) | undefined };

function OidcProvider({ workspaceId, settings: { connection, redirectUri }, onRemove }: ProviderProps) {
  const t = useTranslations("settings.signIn");
  const told = useTold();
  const before = connection?.protocol === "Oidc" ? connection : null;
  const form = useForm({
    initialValues: {
      issuer: before?.issuer ?? "",
      clientId: before?.clientId ?? "",
      clientSecret: "",
      defaultRole: connection?.defaultRole ?? ("Writer" as const),
    },
  });
  const save = useWrite(writeSso, { onSuccess: () => told(), onError: (error) => form.setErrors(issuesOf(error)) });
  const submit = form.onSubmit(({ clientSecret, ...body }) =>
    save.mutate({ id: workspaceId, body: { ...body, ...(clientSecret && { clientSecret }) } }),
  );
  return (
    <form onSubmit={submit}>
      <Stack>
        <Told label={t("redirectUri")} value={redirectUri} />
        <TextInput
          label={t("issuer")}
          description={t("issuerHint")}
          type="url"
          required
          withAsterisk={false}
          {...form.getInputProps("issuer")}
        />
        <TextInput label={t("clientId")} required withAsterisk={false} {...form.getInputProps("clientId")} />
        <PasswordInput
          label={t("clientSecret")}
          autoComplete="off"
          {...(before && { description: t("clientSecretKept") })}
          visibilityToggleButtonProps={{ "aria-label": t("showSecret") }}
          {...form.getInputProps("clientSecret")}
        />
        <DefaultRole {...form.getInputProps("defaultRole")} />
        <ProblemAlert error={save.error} />
        <ProviderActions saving={save.isPending} onRemove={onRemove} />
      </Stack>
    </form>
  );
}

/** Domains whose people the provider may speak for. */
export function SsoDomains({ workspaceId }: Props) {
  const t = useTranslations("settings.signIn");
  const settings = useRead(getSso, { id: workspaceId });
  const [domain, setDomain] = useState("");
  const [removing, setRemoving] = useState<SsoDomain | null>(null);
  const add = useWrite(addSsoDomain, { onSuccess: () => setDomain("") });
  const domains = settings.data?.domains ?? [];
  return (
    <Stack>
      {settings.isPending && <LoadingRows rows={1} />}
      {domains.length > 0 && (
        <Rows label={t("domains")}>
          {domains.map((row) => (
            <DomainRow key={row.id} workspaceId={workspaceId} row={row} onRemove={() => setRemoving(row)} />
          ))}
        </Rows>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ id: workspaceId, body: { domain } });
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            label={t("domain")}
            placeholder="example.com"
            required
            withAsterisk={false}
            flex="1 1 220px"
            maw={320}
            value={domain}
            onChange={(event) => setDomain(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            {t("addDomain")}
          </Button>
        </Group>
      </form>
      <ProblemAlert error={add.error} />
      {removing && (
        <RemoveModal
          operation={removeSsoDomain}
          input={{ id: workspaceId, domainId: removing.id }}
          title={t("removeDomain", { domain: removing.domain })}
          text={t("removeDomainText")}
          onClose={() => setRemoving(null)}
        />
      )}
    </Stack>
  );
}

type DomainProps = Props & { row: SsoDomain; onRemove: () => void };

function DomainRow({ workspaceId, row, onRemove }: DomainProps) {
  const t = useTranslations("settings.signIn");
  const common = useTranslations("common");
  const told = useTold();
  const { id: domainId, domain, verifiedAt, recordName, recordValue } = row;
  const verify = useWrite(verifySsoDomain, { onSuccess: () => told(t("verifiedNow", { domain })) });
  return (
    <Row
      icon={<IconWorld size={22} stroke={1.5} aria-hidden />}
      main={
        <Stack gap={6}>
          <Group gap={6}>
            <Text fw={600}>{domain}</Text>
            <Badge size="sm" variant="default" tt="none">
              {t(verifiedAt ? "verified" : "unverified")}
            </Badge>
          </Group>
          {!verifiedAt && (
            <>
              <Text size="sm" c="dimmed">
                {t("setRecord", { name: recordName })}
              </Text>
              <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                {recordValue}
              </Code>
              <ProblemAlert error={verify.error} />
            </>
          )}
        </Stack>
      }
      aside={
        <Group gap="xs">
          {!verifiedAt && (
            <Button
              size="xs"
              variant="default"
              loading={verify.isPending}
              aria-label={t("verifyFor", { domain })}
              onClick={() => verify.mutate({ id: workspaceId, domainId })}
            >
              {t("verify")}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={onRemove} aria-label={t("removeDomain", { domain })}>
            {common("remove")}
          </Button>
        </Group>
      }
    />
  );
}
