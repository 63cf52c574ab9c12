import { type ContentBrief, getBrief, type SaveBrief, saveBrief } from "@contentos/sdk";
import { Button, Group, Stack, TagsInput, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslations } from "use-intl";
import { Problem } from "@/ui/api";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";

type Props = { itemId: string; mayEdit: boolean };

/** What an item is to do, and for whom. */
export function BriefForm({ itemId, mayEdit }: Props) {
  const brief = useRead(getBrief, { id: itemId });
  if (brief.isPending) return <LoadingRows rows={4} />;
  if (!brief.data) return <ProblemAlert error={brief.error} onRetry={() => void brief.refetch()} />;
  // What is typed here stays when the persona is chosen beside it, which is a change of the brief as well.
  return <Fields key={JSON.stringify(valuesOf(brief.data))} brief={brief.data} itemId={itemId} mayEdit={mayEdit} />;
}

const valuesOf = ({ goal = "", keyword = "", audience = "", keyMessages = [], notes = "" }: ContentBrief) => ({
  goal,
  keyword,
  audience,
  keyMessages,
  notes,
});

function Fields({ brief, itemId, mayEdit }: Props & { brief: ContentBrief }) {
  const t = useTranslations("details.brief");
  const form = useForm({ initialValues: valuesOf(brief) });
  const save = useWrite(saveBrief);
  const { personaId, channelMix, version: baseVersion } = brief;
  const submit = form.onSubmit((values) => {
    const body: SaveBrief = { ...values, personaId, channelMix, baseVersion };
    save.mutate(
      { id: itemId, body },
      {
        onError: (error) => {
          if (error instanceof Problem)
            form.setErrors(Object.fromEntries(error.issues.map(({ path, message }) => [path.split(".")[0]!, message])));
        },
      },
    );
  });
  const field = (name: "goal" | "audience" | "keyword" | "notes") => ({
    label: t(name),
    disabled: !mayEdit,
    ...form.getInputProps(name),
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h5">
            {t("title")}
          </Title>
          {brief.version === 0 && (
            <Text size="xs" c="dimmed">
              {t("empty")}
            </Text>
          )}
        </div>
        <Textarea autosize minRows={2} maxRows={6} {...field("goal")} />
        <TextInput {...field("audience")} />
        <TextInput {...field("keyword")} />
        <TagsInput
          label={t("keyMessages")}
          description={t("keyMessagesHint")}
          disabled={!mayEdit}
          splitChars={[]}
          {...form.getInputProps("keyMessages")}
        />
        <Textarea autosize minRows={2} maxRows={8} {...field("notes")} />
        <ProblemAlert error={save.error} />
        {mayEdit && (
          <Group justify="flex-end">
            <Button type="submit" size="xs" disabled={!form.isDirty()} loading={save.isPending}>
              {t("save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
