"use client";

import { setPrivacyChoice } from "@contentos/sdk";
import { useEffect } from "react";
import { useWrite } from "@/ui/query";

/** Brings what a browser says to the account of who has signed in there, once. */
export function KeepChoice() {
  const { mutate } = useWrite(setPrivacyChoice, { meta: { quiet: true } });
  useEffect(() => mutate({ body: { optedOut: true } }), [mutate]);
  return null;
}
