"use client";

import { getAiSettings, giveFeedback, listPersonas, type Rewritten, rewriteText } from "@contentos/sdk";
import { Alert, Button, Group, List, Modal, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconWand } from "@tabler/icons-react";
import { type ComponentType, useMemo, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { diffText, type Operation } from "@/platform/text-diff";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { Retold } from "@/ui/text/retold";
import { CreditsLeft } from "../../ui/credits-left";

const WAYS = ["Rewrite", "Shorten", "Expand", "Simplify", "Translate"] as const;
type Way = (typeof WAYS)[number];
/** In which most is written on the web; others by the API. */
const LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "sv", "da", "uk", "tr", "ja", "zh", "ar"];
const MOST_CHARS = 12_000;

type Props = {
  itemId: string;
  /** Markdown that was selected, or all of the text. */
  passage: string;
  /** How words that came and went are shown. */
  Diff: ComponentType<{ operations: Operation[] }>;
  /** Puts it in the passage's place; false where that isn't there any more. */
  onTake: (text: string) => boolean;
  onClose: () => void;
};

/** A passage in other words, shown beside what it was before anybody takes it. */
export function RewriteDialog(props: Props) {
  const t = useTranslations("assist.rewrite");
  const common = useTranslations("common");
  const narrow = useMediaQuery("(max-width: 48em)");
  const settings = useRead(getAiSettings);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("title")}
      size="xl"
      fullScreen={narrow ?? false}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {settings.isPending && <LoadingRows rows={3} />}
      {settings.error && <ProblemAlert error={settings.error} onRetry={() => settings.refetch()} />}
      {settings.data && !settings.data.usable && (
        <Alert variant="light" color="gray" title={t("notSetUp")}>
          <Retold>{settings.data.missing ?? ""}</Retold>
        </Alert>
      )}
      {settings.data?.usable && (
        <Stack>
          <Asking {...props} onAsked={() => void settings.refetch()} />
          <CreditsLeft credits={settings.data.credits} own={settings.data.keyHint !== null} />
        </Stack>
      )}
    </Modal>
  );
}

function Asking({ itemId, passage, Diff, onTake, onClose, onAsked }: Props & { onAsked: () => void }) {
  const t = useTranslations("assist.rewrite");
  const personas = useRead(listPersonas, { limit: 100 }, { staleTime: 60_000 });
  const [way, setWay] = useState<Way>("Rewrite");
  const [language, setLanguage] = useState<string>("en");
  const [personaId, setPersonaId] = useState<string | null>(null);
  const rewrite = useWrite(rewriteText, { meta: { quiet: true }, onSettled: onAsked });
  const readers = (personas.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const tooLong = passage.length > MOST_CHARS;
  const ask = () =>
    rewrite.mutate({
      body: {
        text: passage,
        way,
        contentItemId: itemId,
        ...(way === "Translate" && { language }),
        ...(personaId && { personaId }),
      },
    });
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t("way")}
        data={WAYS.map((value) => ({ value, label: t(`ways.${value}`) }))}
        value={way}
        onChange={(next) => setWay(next as Way)}
        style={{ overflowX: "auto" }}
      />
      <Group align="flex-end" gap="sm">
        {way === "Translate" && <LanguageSelect value={language} onChange={setLanguage} />}
        {readers.length > 0 && (
          <Select
            label={t("reader")}
            placeholder={t("anybody")}
            data={readers}
            value={personaId}
            onChange={setPersonaId}
            clearable
            flex="1 1 160px"
          />
        )}
        <Button
          leftSection={<IconWand size={18} aria-hidden />}
          onClick={ask}
          loading={rewrite.isPending}
          disabled={tooLong || passage.trim() === ""}
          {...(rewrite.data && { variant: "light" })}
        >
          {t(rewrite.data ? "again" : "ask")}
        </Button>
      </Group>
      {tooLong && <Text size="sm">{t("tooLong", { count: MOST_CHARS })}</Text>}
      {passage.trim() === "" && <Text size="sm">{t("empty")}</Text>}
      <ProblemAlert error={rewrite.error} />
      {rewrite.data && !rewrite.isPending && (
        <Proposal
          key={rewrite.data.generationId}
          passage={passage}
          made={rewrite.data}
          Diff={Diff}
          onTake={onTake}
          onClose={onClose}
          onDrop={rewrite.reset}
        />
      )}
    </>
  );
}

function LanguageSelect({ value, onChange }: { value: string; onChange: (language: string) => void }) {
  const t = useTranslations("assist.rewrite");
  const locale = useLocale();
  const data = useMemo(() => {
    const names = new Intl.DisplayNames([locale], { type: "language" });
    return LANGUAGES.map((code) => ({ value: code, label: names.of(code) ?? code }));
  }, [locale]);
  return (
    <Select
      label={t("into")}
      data={data}
      value={value}
      onChange={(next) => next && onChange(next)}
      allowDeselect={false}
      searchable
      flex="1 1 160px"
    />
  );
}

type ProposalProps = Pick<Props, "passage" | "Diff" | "onTake" | "onClose"> & { made: Rewritten; onDrop: () => void };

function Proposal({ passage, made, Diff, onTake, onClose, onDrop }: ProposalProps) {
  const t = useTranslations("assist.rewrite");
  const judge = useWrite(giveFeedback, { meta: { quiet: true } });
  const [gone, setGone] = useState(false);
  const { operations, wordsAdded, wordsRemoved } = useMemo(() => diffText(passage, made.text), [passage, made]);
  const lost = made.checks.filter(({ status }) => status === "Warn");
  const take = () => {
    if (!onTake(made.text)) return setGone(true);
    judge.mutate({ id: made.generationId, body: { feedback: "Used" } });
    onClose();
  };
  const drop = () => {
    judge.mutate({ id: made.generationId, body: { feedback: "Dropped" } });
    onDrop();
  };
  return (
    <Stack gap="sm" role="group" aria-label={t("proposal")}>
      <Text size="sm" c="dimmed" role="status">
        {t("counts", { added: wordsAdded, removed: wordsRemoved })}
      </Text>
      <Diff operations={operations} />
      {lost.length > 0 ? (
        <Alert variant="light" color="orange" title={t("look")}>
          <List size="sm">
            {lost.map(({ id, evidence }) => (
              <List.Item key={id}>
                <Text span fw={600} size="sm">
                  {t(`checks.${id}`)}
                </Text>{" "}
                {evidence.join(", ")}
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : (
        <Text size="sm">{t("allKept")}</Text>
      )}
      {gone && (
        <Alert variant="light" color="red">
          {t("gone")}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={drop}>
          {t("drop")}
        </Button>
        <Button onClick={take}>{t("take")}</Button>
      </Group>
    </Stack>
  );
}
