import { getBrief, saveBrief } from "@contentos/sdk";
import { Button, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "use-intl";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";

type Props = { itemId: string; value: string; onChange: (keyword: string) => void; mayEdit: boolean };

/** What is tried out here is kept in the item's brief. */
export function KeywordField({ itemId, value, onChange, mayEdit }: Props) {
  const t = useTranslations("seo");
  const brief = useRead(getBrief, { id: itemId });
  const save = useWrite(saveBrief);
  const keyword = value.trim();
  const kept = brief.data?.keyword ?? "";
  const keep = () => {
    if (!brief.data) return;
    const { goal, personaId, audience, channelMix, keyMessages, notes, version: baseVersion } = brief.data;
    const body = { goal, personaId, keyword, audience, channelMix, keyMessages, notes, baseVersion };
    save.mutate({ id: itemId, body });
  };
  return (
    <Stack gap="xs">
      <TextInput
        label={t("keyword")}
        description={t("keywordHint")}
        value={value}
        maxLength={120}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {mayEdit && keyword !== "" && keyword !== kept && brief.data && (
        <Button size="xs" variant="default" onClick={keep} loading={save.isPending}>
          {t("keepKeyword")}
        </Button>
      )}
      <ProblemAlert error={save.error} />
    </Stack>
  );
}
