"use client";

import type { NotificationData } from "@mantine/notifications";
import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";

const Notifications = dynamic(() => import("@mantine/notifications").then((module) => module.Notifications), {
  ssr: false,
});

let any = false;
const watching = new Set<() => void>();
const watch = (change: () => void) => {
  watching.add(change);
  return () => watching.delete(change);
};

/** Where notices are shown; it comes with the first of them. */
export function Notices() {
  const shown = useSyncExternalStore(
    watch,
    () => any,
    () => false,
  );
  return shown ? <Notifications position="bottom-center" /> : null;
}

const store = () => import("@mantine/notifications").then((module) => module.notifications);

/** Says something for a moment. What can't be fetched is not said: whoever is offline is told so above the page. */
export const notices = {
  show(notice: NotificationData) {
    any = true;
    for (const change of watching) change();
    store().then(
      (notifications) => notifications.show(notice),
      () => {},
    );
  },
  hide(id: string) {
    if (!any) return;
    store().then(
      (notifications) => notifications.hide(id),
      () => {},
    );
  },
};
