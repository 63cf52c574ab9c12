"use client";

import { listPasskeys, type Passkey, registerPasskey, removePasskey, startPasskey } from "@contentos/sdk";
import { Badge, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { FormModal } from "@/ui/form-modal";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { Row, Rows } from "@/ui/rows";
import { useTold } from "@/ui/told";
import { isCanceled } from "./passkey-errors";
import { PasswordAgain } from "./password-again";

export function PasskeyList({ hasPassword }: { hasPassword: boolean }) {
  const t = useTranslations("settings.account");
  const passkeys = useRead(listPasskeys);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const items = passkeys.data?.items ?? [];
  return (
    <Stack>
      <ProblemAlert error={passkeys.error} onRetry={() => passkeys.refetch()} />
      {passkeys.isPending && <LoadingRows rows={1} height={56} />}
      {passkeys.data && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("noPasskeys")}
        </Text>
      )}
      {items.length > 0 && (
        <Rows label={t("passkeys")}>
          {items.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => setRemoving(passkey)} />
          ))}
        </Rows>
      )}
      <Button variant="default" w="fit-content" onClick={() => setAdding(true)}>
        {t("addPasskey")}
      </Button>
      {adding && <AddPasskey hasPassword={hasPassword} onClose={() => setAdding(false)} />}
      {removing && (
        <RemoveModal
          operation={removePasskey}
          input={{ id: removing.id }}
          title={t("removePasskey", { name: removing.name })}
          text={t("removePasskeyText")}
          onClose={() => setRemoving(null)}
        />
      )}
    </Stack>
  );
}

function PasskeyRow({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const t = useTranslations("settings.account");
  const common = useTranslations("common");
  const format = useFormatter();
  const { name, synced, createdAt, lastUsedAt } = passkey;
  const moment = (at: string) => format.dateTime(new Date(at), "moment");
  return (
    <Row
      icon={<IconFingerprint size={22} stroke={1.5} aria-hidden />}
      main={
        <>
          <Group gap={6}>
            <Text fw={600}>{name}</Text>
            {synced && (
              <Badge size="sm" variant="default" tt="none">
                {t("synced")}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {t("addedAt", { at: moment(createdAt) })} ·{" "}
            {lastUsedAt ? t("lastUsedAt", { at: moment(lastUsedAt) }) : t("neverUsed")}
          </Text>
        </>
      }
      aside={
        <Button size="xs" variant="default" onClick={onRemove} aria-label={t("removePasskey", { name })}>
          {common("remove")}
        </Button>
      }
    />
  );
}

function AddPasskey({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const t = useTranslations("settings.account");
  const told = useTold();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const add = useMutation({
    mutationFn: async () => {
      const { startRegistration } = await import("@simplewebauthn/browser");
      const options = await client.call(startPasskey, { body: hasPassword ? { password } : {} });
      const { authenticatorAttachment, ...credential } = await startRegistration({ optionsJSON: options as never });
      return client.call(registerPasskey, { body: { name, credential } } as never);
    },
    onSuccess: async () => {
      await queries.invalidateQueries();
      told(t("passkeyAdded"));
      onClose();
    },
  });
  return (
    <FormModal
      title={t("addPasskey")}
      action={t("addPasskey")}
      busy={add.isPending}
      error={isCanceled(add.error) ? null : add.error}
      dirty={name !== ""}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <TextInput
        label={t("passkeyName")}
        description={t("passkeyNameHint")}
        required
        withAsterisk={false}
        maxLength={60}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {hasPassword && <PasswordAgain value={password} onChange={setPassword} />}
    </FormModal>
  );
}
