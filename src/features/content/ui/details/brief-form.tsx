import { type ContentBrief, getBrief, listPersonas, type SaveBrief, saveBrief } from "@contentos/sdk";
import { Button, Group, Select, Stack, TagsInput, Text, Textarea, TextInput, Title } from "@mantine/core";
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
  return <Fields key={brief.data.version} brief={brief.data} itemId={itemId} mayEdit={mayEdit} />;
}

const valuesOf = ({
  goal = "",
  personaId = null,
  keyword = "",
  audience = "",
  keyMessages = [],
  notes = "",
}: ContentBrief) => ({
  goal,
  personaId,
  keyword,
  audience,
  keyMessages,
  notes,
});

function Fields({ brief, itemId, mayEdit }: Props & { brief: ContentBrief }) {
  const t = useTranslations("details.brief");
  const common = useTranslations("common");
  const personas = useRead(listPersonas, { limit: 100 });
  const form = useForm({ initialValues: valuesOf(brief) });
  const save = useWrite(saveBrief);
  const others = personas.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const own = brief.persona;
  const people =
    own && !others.some(({ value }) => value === own.id) ? [...others, { value: own.id, label: own.name }] : others;
  const submit = form.onSubmit((values) => {
    const body: SaveBrief = { ...values, channelMix: brief.channelMix, baseVersion: brief.version };
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
        <Select
          label={t("persona")}
          placeholder={common("none")}
          data={people}
          disabled={!mayEdit}
          clearable
          searchable
          {...form.getInputProps("personaId")}
        />
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
