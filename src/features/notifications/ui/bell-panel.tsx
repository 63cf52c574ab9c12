"use client";

import type { Workspace } from "@contentos/sdk";
import { Popover } from "@mantine/core";
import { useTranslations } from "use-intl";
import { useArrival } from "@/ui/later";
import { AllWords } from "@/ui/text/all-words";
import { BellButton } from "./bell-button";
import type { Elsewhere } from "./elsewhere";
import { NotificationsPanel } from "./panel";

type Props = { workspace: Workspace; count: number; unread: number; elsewhere: Elsewhere[] };

/** What opens at the bell. */
export function BellPanel({ workspace, count, unread, elsewhere }: Props) {
  const t = useTranslations("bell");
  const { button, opened, setOpened } = useArrival();
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={400} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <BellButton ref={button} count={count} onClick={() => setOpened(!opened)} />
      </Popover.Target>
      <Popover.Dropdown p={0} maw="calc(100vw - 16px)" aria-label={t("title")}>
        {opened && (
          <AllWords>
            <NotificationsPanel
              workspace={workspace}
              unread={unread}
              elsewhere={elsewhere}
              onGo={() => setOpened(false)}
            />
          </AllWords>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
