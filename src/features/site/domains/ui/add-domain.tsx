"use client";

import { addDomain } from "@contentos/sdk";
import { Button, Group, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { issuesOf } from "@/ui/issues";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWrite } from "@/ui/query";
import { Section } from "@/ui/section";

export function AddDomain() {
  const t = useTranslations("site.domain");
  const [host, setHost] = useState("");
  const add = useWrite(addDomain, { onSuccess: () => setHost("") });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ body: { host } });
  };
  const issue = issuesOf(add.error).host;
  return (
    <Section title={t("addTitle")} lead={t("addLead")}>
      <form onSubmit={submit}>
        <Group align="flex-start" gap="sm">
          <TextInput
            label={t("host")}
            placeholder="www.client.example"
            value={host}
            onChange={(event) => setHost(event.currentTarget.value)}
            error={issue}
            required
            maxLength={300}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            inputMode="url"
            flex="1 1 240px"
          />
          <Button type="submit" loading={add.isPending} disabled={host.trim() === ""} mt={25}>
            {t("add")}
          </Button>
        </Group>
      </form>
      {!issue && <ProblemAlert error={add.error} />}
    </Section>
  );
}
