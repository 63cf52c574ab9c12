import { getBrief, type SaveBrief, saveBrief } from "@contentos/sdk";
import { useRead, useWrite } from "@/ui/query";

/** An item's brief, and how one thing in it becomes another: what others wrote in it meanwhile is refused, not lost. */
export function useBrief(itemId: string) {
  const brief = useRead(getBrief, { id: itemId });
  const save = useWrite(saveBrief);
  const set = (change: Partial<SaveBrief>) => {
    if (!brief.data) return;
    const { version, goal, personaId, keyword, audience, channelMix, keyMessages, notes } = brief.data;
    const body = { goal, personaId, keyword, audience, channelMix, keyMessages, notes, ...change };
    save.mutate({ id: itemId, body: { ...body, baseVersion: version } });
  };
  return { brief, save, set };
}
