"use client";

import { Later } from "@/ui/later";
import { useViews, ViewButton, type ViewProps } from "./view-button";

const loadMenu = () => import("./view-menu").then((module) => module.ViewMenu);

/** The filters that were given a name: open one, keep what is shown as one, change the one that was opened. */
export function Views(props: ViewProps) {
  const { shown } = useViews(props.current);
  return (
    <Later popup="menu" button={<ViewButton shown={shown} />} load={loadMenu}>
      {(ViewMenu) => <ViewMenu {...props} />}
    </Later>
  );
}
