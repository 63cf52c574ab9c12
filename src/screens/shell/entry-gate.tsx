"use client";

import { getWorkspace, isProblem } from "@contentos/sdk";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useRead } from "@/ui/query";
import { ENTRY_REASONS } from "./entry-reasons";

const EntryClosed = dynamic(() => import("./entry-closed").then((module) => module.EntryClosed));

/** What a workspace asks for before it lets its people in, with the way there. Their own account stays open. */
export function EntryGate({ id, slug, children }: { id: string; slug: string; children: ReactNode }) {
  const pathname = usePathname();
  const { error } = useRead(getWorkspace, { id }, { staleTime: 60_000, retry: false });
  const reason = ENTRY_REASONS.find((code) => isProblem(error, code));
  const account = `/w/${slug}/settings/account`;
  return !reason || pathname === account ? children : <EntryClosed reason={reason} account={account} />;
}
