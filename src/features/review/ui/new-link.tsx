"use client";

import { createReviewLink } from "@contentos/sdk";
import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  Modal,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";

type Props = { items: { id: string; title: string }[]; onClose: () => void };

const LIVES = { week: 7, fortnight: 14, month: 30 } as const;
type Life = keyof typeof LIVES | "open";

/** A link for a client, to one piece or several. */
export function NewLink({ items, onClose }: Props) {
  const t = useTranslations("client.links");
  const common = useTranslations("common");
  const [name, setName] = useState(items[0]?.title.slice(0, 120) ?? "");
  const [message, setMessage] = useState("");
  const [passcode, setPasscode] = useState("");
  const [canDecide, setCanDecide] = useState(true);
  const [life, setLife] = useState<Life>("month");
  const make = useWrite(createReviewLink);
  const submit = () =>
    make.mutate({
      body: {
        name,
        contentItemIds: items.map(({ id }) => id),
        canDecide,
        ...(message.trim() && { message: message.trim() }),
        ...(passcode && { passcode }),
        ...(life !== "open" && { expiresAt: new Date(Date.now() + LIVES[life] * 86_400_000).toISOString() }),
      },
    });
  return (
    <Modal opened onClose={onClose} title={t("make")} closeButtonProps={{ "aria-label": common("close") }}>
      {make.data?.url ? (
        <Address url={make.data.url} onClose={onClose} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Stack>
            <TextInput
              data-autofocus
              label={t("name")}
              description={t("nameHint")}
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Textarea
              label={t("message")}
              description={t("messageHint")}
              autosize
              minRows={2}
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
            <Select
              label={t("life")}
              data={(["week", "fortnight", "month", "open"] as const).map((value) => ({
                value,
                label: t(`lives.${value}`),
              }))}
              value={life}
              onChange={(value) => setLife((value as Life) ?? "month")}
              allowDeselect={false}
            />
            <TextInput
              label={t("passcode")}
              description={t("passcodeHint")}
              autoComplete="off"
              minLength={6}
              value={passcode}
              onChange={(event) => setPasscode(event.currentTarget.value)}
            />
            <Switch
              label={t("mayDecide")}
              checked={canDecide}
              onChange={(event) => setCanDecide(event.currentTarget.checked)}
            />
            <ProblemAlert error={make.error} />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {common("cancel")}
              </Button>
              <Button type="submit" loading={make.isPending}>
                {t("create")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function Address({ url, onClose }: { url: string; onClose: () => void }) {
  const t = useTranslations("client.links");
  const common = useTranslations("common");
  return (
    <Stack>
      <Alert color="teal" variant="light" title={t("send")}>
        <Text size="sm">{t("once")}</Text>
      </Alert>
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {url}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={url}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? common("copied") : common("copy")}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {common("close")}
        </Button>
      </Group>
    </Stack>
  );
}
