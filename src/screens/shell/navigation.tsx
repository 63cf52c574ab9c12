"use client";

import type { Workspace } from "@contentos/sdk";
import { AppShell, Badge, NavLink } from "@mantine/core";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { useInboxCount } from "@/features/approval/ui/hooks";
import { IconSite } from "./icons";
import { PLACES } from "./pages";

type Props = { workspace: Workspace; onGo: () => void };

export function Navigation({ workspace, onGo }: Props) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const waiting = useInboxCount();
  return (
    <>
      <AppShell.Section grow>
        {PLACES.map(({ path, label, icon: Icon }) => {
          const href = `/w/${workspace.slug}/${path}`;
          const active = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <NavLink
              key={path}
              component={Link}
              href={href}
              label={t(`pages.${label}`)}
              leftSection={<Icon size={18} stroke={1.6} />}
              rightSection={
                path === "inbox" && waiting ? (
                  <Badge size="sm" circle={waiting < 10} aria-label={t("waiting", { count: waiting })}>
                    {waiting}
                  </Badge>
                ) : undefined
              }
              active={active}
              aria-current={active ? "page" : undefined}
              onClick={onGo}
              style={{ borderRadius: "var(--mantine-radius-md)" }}
            />
          );
        })}
      </AppShell.Section>
      <AppShell.Section>
        <NavLink
          component="a"
          href={`/s/${workspace.slug}`}
          target="_blank"
          label={t("pages.site")}
          leftSection={<IconSite size={18} stroke={1.6} />}
          style={{ borderRadius: "var(--mantine-radius-md)" }}
        />
      </AppShell.Section>
    </>
  );
}
