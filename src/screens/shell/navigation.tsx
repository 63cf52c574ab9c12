"use client";

import type { Workspace } from "@contentos/sdk";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { useInboxCount } from "@/features/approval/ui/hooks";
import { NearLink } from "@/ui/near-link";
import { IconSite } from "./icons";
import classes from "./navigation.module.css";
import { PLACES } from "./pages";

type Props = { workspace: Workspace; onGo: () => void };

export function Navigation({ workspace, onGo }: Props) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const waiting = useInboxCount();
  return (
    <>
      <div className={classes.places}>
        {PLACES.map(({ path, label, icon: Icon }) => {
          const href = `/w/${workspace.slug}/${path}`;
          const active = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <NearLink
              key={path}
              href={href}
              className={classes.place}
              aria-current={active ? "page" : undefined}
              onClick={onGo}
            >
              <Icon size={18} stroke={1.6} />
              <span className={classes.label}>{t(`pages.${label}`)}</span>
              {path === "inbox" && !!waiting && (
                <span className={classes.waiting} role="img" aria-label={t("waiting", { count: waiting })}>
                  {waiting}
                </span>
              )}
            </NearLink>
          );
        })}
      </div>
      <div>
        <a href={`/s/${workspace.slug}`} target="_blank" rel="noreferrer" className={classes.place}>
          <IconSite size={18} stroke={1.6} />
          <span className={classes.label}>{t("pages.site")}</span>
        </a>
      </div>
    </>
  );
}
