"use client";

import { analyzeSeo, type SeoAnalysis, type SeoCheck } from "@contentos/sdk";
import { Alert, Box, Group, Loader, RingProgress, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { CheckGroup, type ShowPassage } from "./check-group";
import { KeywordField } from "./keyword-field";

type Props = {
  itemId: string;
  /** As they stand in the editor; undefined as long as nobody has told. */
  words: { title: string; body: string } | undefined;
  mayEdit: boolean;
  onShow: ShowPassage;
};

const KEYWORD_MS = 600;
/** Of what was typed meanwhile nobody asks again. */
const KEPT_MS = 10_000;

/** How what stands in the editor will be found and read. */
export function SeoPanel({ itemId, words, mayEdit, onShow }: Props) {
  const t = useTranslations("seo");
  const [typed, setTyped] = useState<string>();
  const [keyword] = useDebouncedValue(typed?.trim(), KEYWORD_MS);
  const analysis = useRead(
    analyzeSeo,
    {
      body: {
        contentItemId: itemId,
        ...(words && { text: words.body }),
        ...(words?.title.trim() && { title: words.title }),
        ...(keyword && { keyword }),
      },
    },
    { placeholderData: keepPreviousData, gcTime: KEPT_MS },
  );
  const { data } = analysis;
  return (
    <Stack>
      {data && <KeywordField itemId={itemId} value={typed ?? data.keyword} onChange={setTyped} mayEdit={mayEdit} />}
      <ProblemAlert error={analysis.error} onRetry={() => void analysis.refetch()} />
      {!data && !analysis.error && <LoadingRows rows={6} />}
      {data && data.counts.words === 0 && (
        <EmptyState icon={IconSearch} title={t("empty.title")} text={t("empty.text")} />
      )}
      {data && data.counts.words > 0 && <Found data={data} isFetching={analysis.isFetching} onShow={onShow} />}
    </Stack>
  );
}

function Found({ data, isFetching, onShow }: { data: SeoAnalysis; isFetching: boolean; onShow: ShowPassage }) {
  const t = useTranslations("seo");
  return (
    <>
      <Score data={data} isFetching={isFetching} />
      {!data.language.judged && (
        <Alert variant="light" color="gray" p="xs">
          {t("languageUnknown")}
        </Alert>
      )}
      {data.categories
        .map((category) => ({ ...category, checks: data.checks.filter((check) => check.category === category.id) }))
        .sort((one, other) => worstOf(one.checks) - worstOf(other.checks))
        .map(({ id, score, checks }) => (
          <CheckGroup key={id} category={id} score={score} checks={checks} onShow={onShow} />
        ))}
      <Skipped skipped={data.skipped} />
    </>
  );
}

const RANK = { Fail: 0, Warn: 1, Pass: 2 };
const worstOf = (checks: readonly SeoCheck[]) => Math.min(...checks.map(({ status }) => RANK[status]));

const GOOD = 80;
const FAIR = 50;
const colorOf = (score: number) => (score >= GOOD ? "teal" : score >= FAIR ? "yellow" : "red");

function Score({ data, isFetching }: { data: SeoAnalysis; isFetching: boolean }) {
  const t = useTranslations("seo");
  const format = useFormatter();
  const locale = useLocale();
  const { score, counts, language } = data;
  const name = nameOf(language.code, locale);
  return (
    <Group gap="md" wrap="nowrap">
      <RingProgress
        size={84}
        thickness={8}
        roundCaps
        sections={[{ value: score, color: colorOf(score) }]}
        rootColor="var(--mantine-color-default-border)"
        role="img"
        aria-label={t("scoreLabel", { score })}
        label={
          <Text ta="center" fw={700} size="lg" aria-hidden>
            {format.number(score)}
          </Text>
        }
      />
      <Box miw={0}>
        <Title order={2} size="h5">
          {t("score", { score })}
          {isFetching && (
            <>
              <Loader size={12} ml="xs" aria-hidden />
              <VisuallyHidden role="status">{t("updating")}</VisuallyHidden>
            </>
          )}
        </Title>
        <Text size="sm" c="dimmed">
          {t("counts", { words: counts.words, sentences: counts.sentences })}
        </Text>
        <Text size="sm" c="dimmed">
          {[
            name && t("language", { language: name }),
            counts.readingEase !== null && t("ease", { ease: counts.readingEase }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </Box>
    </Group>
  );
}

/** Empty for what is no language. */
const nameOf = (code: string, locale: string) =>
  code === "und" ? "" : (new Intl.DisplayNames([locale], { type: "language", fallback: "none" }).of(code) ?? code);

function Skipped({ skipped }: Pick<SeoAnalysis, "skipped">) {
  const t = useTranslations("seo");
  if (skipped.length === 0) return null;
  return (
    <details>
      <Text component="summary" size="sm" c="dimmed" style={{ cursor: "pointer" }}>
        {t("skippedTitle", { count: skipped.length })}
      </Text>
      <Stack gap={6} mt="xs" component="ul" style={{ listStyle: "none", padding: 0 }}>
        {skipped.map(({ id, because }) => (
          <Text key={id} component="li" size="sm" c="dimmed">
            {t(`names.${id}`)}: {t(`because.${because}`)}
          </Text>
        ))}
      </Stack>
    </details>
  );
}
