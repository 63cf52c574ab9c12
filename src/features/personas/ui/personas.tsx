"use client";

import { listPersonas, type Persona, removePersona } from "@contentos/sdk";
import { Badge, Button, Group, Menu, Stack, Text } from "@mantine/core";
import { IconMasksTheater, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { RowMenu } from "@/ui/row-menu";
import { Row, Rows } from "@/ui/rows";
import { PersonaForm } from "./persona-form";

type Asked = { what: "edit" | "remove"; persona: Persona } | { what: "new" };
/** So many of a persona's goals and pains stand in the list. */
const SHOWN = 3;

export function Personas({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations("personas");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<Asked>();
  const pages = usePages(listPersonas, { limit: 50 });
  const personas = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const close = () => setAsked(undefined);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsked({ what: "new" })}>
      {t("new")}
    </Button>
  );
  return (
    <Stack>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={3} height={72} />}
      {pages.data && personas.length === 0 && (
        <EmptyState icon={IconMasksTheater} title={t("none")} text={t("noneText")} action={canWrite && add} />
      )}
      {personas.length > 0 && canWrite && <div>{add}</div>}
      <Rows label={t("title")}>
        {personas.map((persona) => (
          <PersonaRow
            key={persona.id}
            persona={persona}
            canWrite={canWrite}
            onAsk={(what) => setAsked({ what, persona })}
          />
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
      {asked?.what === "new" && <PersonaForm onClose={close} />}
      {asked?.what === "edit" && (
        <PersonaForm persona={personas.find(({ id }) => id === asked.persona.id) ?? asked.persona} onClose={close} />
      )}
      {asked?.what === "remove" && <Remove persona={asked.persona} onClose={close} />}
    </Stack>
  );
}

type RowProps = { persona: Persona; canWrite: boolean; onAsk: (what: "edit" | "remove") => void };

function PersonaRow({ persona, canWrite, onAsk }: RowProps) {
  const t = useTranslations("personas");
  const common = useTranslations("common");
  const { name, attributes } = persona;
  const { description, tone, goals = [], channels = [] } = attributes;
  return (
    <Row
      main={
        <Stack gap={4}>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {name}
          </Text>
          {(description || tone) && (
            <Text size="sm" c="dimmed" lineClamp={2}>
              {description || tone}
            </Text>
          )}
          {goals.length > 0 && <Text size="sm">{t("wants", { goals: goals.slice(0, SHOWN).join(" · ") })}</Text>}
          {channels.length > 0 && (
            <Group gap={4}>
              {channels.slice(0, SHOWN).map((channel) => (
                <Badge key={channel} variant="default" size="sm" tt="none">
                  {channel}
                </Badge>
              ))}
            </Group>
          )}
        </Stack>
      }
      aside={
        canWrite && (
          <RowMenu label={t("moreFor", { name })}>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAsk("edit")}>
              {common("edit")}
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => onAsk("remove")}>
              {common("remove")}
            </Menu.Item>
          </RowMenu>
        )
      }
    />
  );
}

function Remove({ persona, onClose }: { persona: Persona; onClose: () => void }) {
  const t = useTranslations("personas");
  return (
    <RemoveModal
      operation={removePersona}
      input={{ id: persona.id }}
      title={t("removeTitle", { name: persona.name })}
      text={t("removeText")}
      onClose={onClose}
    />
  );
}
