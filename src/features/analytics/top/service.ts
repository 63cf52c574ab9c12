import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import { titlesOf } from "@/features/content";
import { workspaceSettings } from "@/features/workspaces";
import { resolvePeriod } from "@/platform/period";
import type { TopQuery } from "./contract";
import * as queries from "./queries";

type Asked = z.output<typeof TopQuery> & { now: Date };

export async function getTopContent(tx: WorkspaceTx, { now, limit, ...asked }: Asked) {
  const { id: workspaceId, timeZone } = await workspaceSettings(tx);
  const { from, to } = resolvePeriod(asked, timeZone, now);
  const grown = await queries.grownItems(tx, { from, to }, limit);
  const titles = await titlesOf(
    tx,
    grown.map(({ contentItemId }) => contentItemId),
  );
  const items = grown.map((item) => ({ ...item, title: titles.get(item.contentItemId)! }));
  return { workspaceId, from, to, timeZone, items, times: await queries.hoursOfWeek(tx, { from, to }, timeZone) };
}
