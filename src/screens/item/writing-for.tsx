import { Anchor } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useBrief } from "@/features/content/ui/use-brief";
import { PersonaCard } from "@/features/personas/ui/persona-card";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useWorkspace } from "../workspace-context";

/** The persona of an item's brief, in sight while somebody writes. */
export function WritingFor({ itemId, mayEdit }: { itemId: string; mayEdit: boolean }) {
  const t = useTranslations("personas");
  const { slug } = useWorkspace();
  const { brief, save, set } = useBrief(itemId);
  // As high as the card, which is not to push away what somebody is about to press.
  if (brief.isPending) return <LoadingRows rows={1} height={38} />;
  if (!brief.data) return <ProblemAlert error={brief.error} onRetry={() => void brief.refetch()} />;
  return (
    <PersonaCard
      chosen={brief.data.persona}
      mayChoose={mayEdit}
      pending={save.isPending}
      error={save.error}
      onChoose={(personaId) => set({ personaId })}
      toMake={
        <Anchor component={Link} href={`/w/${slug}/settings/personas`} size="sm">
          {t("toPersonas")}
        </Anchor>
      }
    />
  );
}
