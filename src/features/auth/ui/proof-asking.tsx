"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onProofAsked, type Way } from "@/ui/proof";

const ProofDialog = dynamic(() => import("./proof-dialog").then((module) => module.ProofDialog), { ssr: false });

type Asked = { ways: Way[]; answer: (proved: boolean) => void };

/** Whatever is refused below it until somebody has shown that it is still them asks here, and goes on. */
export function ProofAsking() {
  const [asked, setAsked] = useState<Asked>();
  useEffect(() => onProofAsked((ways) => new Promise((answer) => setAsked({ ways, answer }))), []);
  if (!asked) return null;
  const answer = (proved: boolean) => {
    setAsked(undefined);
    asked.answer(proved);
  };
  return <ProofDialog ways={asked.ways} onAnswer={answer} />;
}
