"use client";

import { getConsents } from "@contentos/sdk";
import dynamic from "next/dynamic";
import { useRead } from "@/ui/query";

const ConsentAsking = dynamic(() => import("./consent-asking").then((module) => module.ConsentAsking));
const KeepChoice = dynamic(() => import("./keep-choice").then((module) => module.KeepChoice));
const DAY_MS = 86_400_000;

/** Asks anew whoever agreed to another version, and keeps with the account what their browser says of sale and sharing. */
export function ConsentAgain() {
  const { changed = [], choice } = useRead(getConsents, {}, { staleTime: DAY_MS }).data ?? {};
  return (
    <>
      {changed.length > 0 && <ConsentAsking asked={changed} />}
      {choice?.optedOut && !choice.account && <KeepChoice />}
    </>
  );
}
