"use client";

import dynamic from "next/dynamic";
import { useMe } from "./use-me";

const VerifyAsking = dynamic(() => import("./verify-asking").then((module) => module.VerifyAsking));

/** Until an address is confirmed; never where no mail is sent. */
export function VerifyBanner() {
  const { data } = useMe();
  return data?.emailVerification === "Pending" ? <VerifyAsking email={data.user.email} /> : null;
}
