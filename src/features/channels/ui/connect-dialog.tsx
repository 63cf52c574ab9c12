"use client";

import { type ConnectChannel, type ConnectedChannel, connectChannel } from "@contentos/sdk";
import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  List,
  Modal,
  PasswordInput,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { CHANNEL_INPUTS } from "@/channels/rules";
import { Problem } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import type { Messages } from "@/ui/text/languages";

type Network = ConnectChannel["network"];
type Props = { network: Network; onClose: () => void };

/** Asks for what a network needs, tries it, and shows what was made for the other side. */
export function ConnectDialog({ network, onClose }: Props) {
  const t = useTranslations("channels");
  const [connected, setConnected] = useState<ConnectedChannel>();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("connectTitle", { network: t(`networks.${network}.name`) })}
      size="lg"
      closeButtonProps={{ "aria-label": t("cancel") }}
      closeOnClickOutside={!connected?.reveal}
    >
      {connected ? (
        <Connected channel={connected} onClose={onClose} />
      ) : (
        <ConnectForm network={network} onDone={setConnected} onCancel={onClose} />
      )}
    </Modal>
  );
}

type Field = { name: string; isOptional: boolean; isSecret: boolean; byDefault: string };

/** As the network's own input says; their words are in the catalogue. */
const fieldsOf = (network: Network): Field[] =>
  Object.entries(CHANNEL_INPUTS[network].shape).map(([name, schema]) => {
    const left = schema.safeParse(undefined);
    return {
      name,
      isOptional: left.success,
      isSecret: /password|secret|token|key/i.test(name),
      byDefault: left.success && typeof left.data === "string" ? left.data : "",
    };
  });

type Fields = Messages["channels"]["fields"];
type FieldKey = { [N in keyof Fields]: `${N}.${Extract<keyof Fields[N], string>}` }[keyof Fields];

type FormProps = { network: Network; onDone: (channel: ConnectedChannel) => void; onCancel: () => void };

function ConnectForm({ network, onDone, onCancel }: FormProps) {
  const t = useTranslations("channels");
  const fields = fieldsOf(network);
  const [values, setValues] = useState<Record<string, string>>({});
  const connect = useWrite(connectChannel, { onSuccess: onDone });
  const issueOf = (name: string) =>
    connect.error instanceof Problem ? connect.error.issues.find(({ path }) => path === name)?.message : undefined;
  const atFields = fields.some(({ name }) => issueOf(name));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = Object.entries(values).filter(([, value]) => value.trim() !== "");
    connect.mutate({ body: { network, ...Object.fromEntries(given) } as ConnectChannel });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <List size="sm" type="ordered" spacing={4}>
          {([1, 2] as const).map((step) => (
            <List.Item key={step}>{t(`networks.${network}.steps.${step}`)}</List.Item>
          ))}
        </List>
        {fields.map(({ name, isOptional, isSecret, byDefault }) => {
          const Input = isSecret ? PasswordInput : TextInput;
          const key = `${network}.${name}` as FieldKey;
          return (
            <Input
              key={name}
              label={isOptional ? t("optional", { label: t(`fields.${key}.label`) }) : t(`fields.${key}.label`)}
              description={t(`fields.${key}.hint`)}
              placeholder={byDefault}
              value={values[name] ?? ""}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setValues((known) => ({ ...known, [name]: value }));
              }}
              error={issueOf(name)}
              required={!isOptional}
              autoComplete="off"
            />
          );
        })}
        {!atFields && <ProblemAlert error={connect.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={connect.isPending}>
            {t("tryAndConnect")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What was made here is needed at the other side, and is never shown again. */
function Connected({ channel, onClose }: { channel: ConnectedChannel; onClose: () => void }) {
  const t = useTranslations("channels");
  const made = Object.entries(channel.reveal ?? {});
  return (
    <Stack>
      <Text size="sm">{t("connected", { channel: channel.name })}</Text>
      {made.map(([label, value]) => (
        <Alert key={label} color="orange" title={t("onlyOnce")}>
          <Stack gap="xs">
            <Code block>{value}</Code>
            <CopyButton value={value}>
              {({ copied, copy }) => (
                <Button size="xs" variant="default" onClick={copy}>
                  {t(copied ? "copied" : "copy")}
                </Button>
              )}
            </CopyButton>
          </Stack>
        </Alert>
      ))}
      <Text size="sm" c="dimmed">
        {t("connectedNext")}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("done")}</Button>
      </Group>
    </Stack>
  );
}
