"use client";

import type { Workspace } from "@contentos/sdk";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CountMark } from "@/ui/count-mark";
import { Later } from "@/ui/later";
import { BellButton } from "./bell-button";
import type { Elsewhere } from "./elsewhere";
import { useUnread } from "./hooks";

const Watch = dynamic(() => import("./elsewhere").then((module) => module.WatchElsewhere));
const loadPanel = () => import("./bell-panel").then((module) => module.BellPanel);

/** From here on, "99+". */
const MANY = 100;

type Props = { workspace: Workspace; workspaces: Workspace[] };

/** Says how much is unread, here and in one's other workspaces, and opens it. */
export function Bell({ workspace, workspaces }: Props) {
  const t = useTranslations("bell");
  const here = useUnread(workspace.id).data ?? 0;
  const [elsewhere, tell] = useState<Elsewhere[]>([]);
  const others = workspaces.filter(({ id }) => id !== workspace.id);
  const count = here + elsewhere.reduce((sum, { items }) => sum + items.length, 0);
  return (
    <CountMark count={count} label={count >= MANY ? t("many", { count: MANY - 1 }) : count} isUrgent>
      <Later popup="dialog" button={<BellButton count={count} />} load={loadPanel}>
        {(BellPanel) => <BellPanel workspace={workspace} count={count} unread={here} elsewhere={elsewhere} />}
      </Later>
      {others.length > 0 && <Watch workspaces={others} onTold={tell} />}
    </CountMark>
  );
}
