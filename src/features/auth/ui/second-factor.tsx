"use client";

import { confirmTotp, disableTotp, getSecondFactor, renewRecoveryCodes, startTotp } from "@contentos/sdk";
import {
  Alert,
  Badge,
  Button,
  Code,
  CopyButton,
  Group,
  Modal,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { useTold } from "@/ui/told";
import { PasswordAgain } from "./password-again";
import { QrCode } from "./qr-code";

type Doing = "setUp" | "renew" | "disable";

/** The code of an authenticator app beside the password. */
export function SecondFactor({ hasPassword }: { hasPassword: boolean }) {
  const t = useTranslations("settings.account");
  const format = useFormatter();
  const factor = useRead(getSecondFactor);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => setDoing(null);
  const show = (recoveryCodes: string[]) => {
    setDoing(null);
    setCodes(recoveryCodes);
  };
  const { enabled, since, recoveryCodesLeft } = factor.data ?? { enabled: false, since: null, recoveryCodesLeft: 0 };
  const Icon = enabled ? IconShieldCheck : IconShieldOff;
  return (
    <Stack>
      <ProblemAlert error={factor.error} onRetry={() => factor.refetch()} />
      {factor.isPending && <LoadingRows rows={1} />}
      {factor.data && (
        <>
          <Group gap="sm">
            <Icon size={22} stroke={1.5} aria-hidden />
            <Text fw={600}>{t(enabled ? "totpOn" : "totpOff")}</Text>
            {since && (
              <Badge size="sm" variant="default" tt="none">
                {t("totpSince", { at: format.dateTime(new Date(since), "moment") })}
              </Badge>
            )}
          </Group>
          {enabled && (
            <Text size="sm" {...(recoveryCodesLeft < 3 ? { fw: 600 } : { c: "dimmed" })}>
              {t("codesLeft", { count: recoveryCodesLeft })}
            </Text>
          )}
          <Group gap="sm">
            {enabled ? (
              <>
                <Button variant="default" onClick={() => setDoing("renew")}>
                  {t("renewCodes")}
                </Button>
                <Button variant="default" onClick={() => setDoing("disable")}>
                  {t("disableTotp")}
                </Button>
              </>
            ) : (
              <Button variant="default" onClick={() => setDoing("setUp")}>
                {t("setUpTotp")}
              </Button>
            )}
          </Group>
        </>
      )}
      {doing === "setUp" && <SetUp hasPassword={hasPassword} onDone={show} onClose={close} />}
      {doing === "renew" && <Renew hasPassword={hasPassword} onDone={show} onClose={close} />}
      {doing === "disable" && <Disable hasPassword={hasPassword} onClose={close} />}
      {codes && <Codes codes={codes} onClose={() => setCodes(null)} />}
    </Stack>
  );
}

type StepProps = { hasPassword: boolean; onClose: () => void };

function SetUp({ hasPassword, onDone, onClose }: StepProps & { onDone: (codes: string[]) => void }) {
  const t = useTranslations("settings.account");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const start = useWrite(startTotp);
  const confirm = useWrite(confirmTotp, { onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes) });
  if (!start.data) {
    return (
      <FormModal
        title={t("setUpTotp")}
        action={t("continue")}
        busy={start.isPending}
        error={start.error}
        dirty={false}
        onClose={onClose}
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate({ body: hasPassword ? { password } : {} });
        }}
      >
        <Text size="sm">{t("setUpLead")}</Text>
        {hasPassword && <PasswordAgain value={password} onChange={setPassword} />}
      </FormModal>
    );
  }
  const { secret, uri } = start.data;
  return (
    <FormModal
      title={t("setUpTotp")}
      action={t("turnOn")}
      busy={confirm.isPending}
      error={issuesOf(confirm.error).totp ? null : confirm.error}
      dirty
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ body: { totp: code } });
      }}
    >
      <Text size="sm">{t("scan")}</Text>
      <Group justify="center">
        <QrCode text={uri} label={t("qrCode")} />
      </Group>
      <Text size="sm">{t("orType")}</Text>
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {secret.replace(/(.{4})(?=.)/g, "$1 ")}
      </Code>
      <TextInput
        label={t("codeOfApp")}
        autoComplete="one-time-code"
        inputMode="numeric"
        required
        withAsterisk={false}
        data-autofocus
        value={code}
        error={issuesOf(confirm.error).totp}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </FormModal>
  );
}

function Renew({ hasPassword, onDone, onClose }: StepProps & { onDone: (codes: string[]) => void }) {
  const t = useTranslations("settings.account");
  const [password, setPassword] = useState("");
  const renew = useWrite(renewRecoveryCodes, { onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes) });
  return (
    <FormModal
      title={t("renewCodes")}
      action={t("renewCodes")}
      busy={renew.isPending}
      error={renew.error}
      dirty={false}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        renew.mutate({ body: hasPassword ? { password } : {} });
      }}
    >
      <Text size="sm">{t("renewLead")}</Text>
      {hasPassword && <PasswordAgain value={password} onChange={setPassword} />}
    </FormModal>
  );
}

function Disable({ hasPassword, onClose }: StepProps) {
  const t = useTranslations("settings.account");
  const told = useTold();
  const [password, setPassword] = useState("");
  const disable = useWrite(disableTotp, {
    onSuccess: () => {
      onClose();
      told(t("totpDisabled"));
    },
  });
  return (
    <FormModal
      title={t("disableTotp")}
      action={t("disableTotp")}
      busy={disable.isPending}
      error={disable.error}
      dirty={false}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        disable.mutate({ body: hasPassword ? { password } : {} });
      }}
    >
      <Text size="sm">{t("disableLead")}</Text>
      {hasPassword && <PasswordAgain value={password} onChange={setPassword} />}
    </FormModal>
  );
}

/** They are told this one time. */
function Codes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const t = useTranslations("settings.account");
  const common = useTranslations("common");
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("recoveryCodes")}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <Stack>
        <Alert color="teal">{t("recoveryCodesHint")}</Alert>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          {codes.map((code) => (
            <Code key={code} fz="sm" ta="center">
              {code}
            </Code>
          ))}
        </SimpleGrid>
        <Group justify="flex-end" gap="sm">
          <CopyButton value={codes.join("\n")}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? "codesCopied" : "copyCodes")}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t("codesKept")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
