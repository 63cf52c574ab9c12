"use client";

import { type Approval, type Channel, getApproval, listAdaptations, listApprovals } from "@contentos/sdk";
import { useRead } from "@/ui/query";
import type { TextPart } from "./publication";

/**
 * What goes out on a channel: words of its own, those made by rule, the article itself; `unseen` where nobody has
 * approved anything for it, since it was connected later.
 */
export type ChannelText = {
  kind: "own" | "rule" | "article" | "unseen";
  parts: TextPart[];
  adaptationId: string | undefined;
  versionNumber: number;
};

type Item = { id: string; status: string; currentVersion: { versionNumber: number } };

/** What would go out where: of what is approved, else of the version as it is being written. */
export function useTexts({ id, status, currentVersion }: Item) {
  const isApproved = status === "Approved" || status === "Published";
  const approvals = useRead(listApprovals, { id, limit: 20 }, { enabled: isApproved });
  const approval = approvals.data?.items.find(isLastStep);
  const submission = useRead(getApproval, { id: approval?.id ?? "" }, { enabled: !!approval });
  const adaptations = useRead(listAdaptations, { id });
  const { versionNumber } = currentVersion;
  const written = (adaptations.data?.items ?? []).filter((one) => one.versionNumber === versionNumber);

  const textFor = (channel: Channel): ChannelText => {
    const byRule = channel.limits.form === "article" ? "article" : "rule";
    if (isApproved && submission.data) {
      const entry = submission.data.adaptations.find(({ channelId }) => channelId === channel.id);
      const kind = entry?.id ? "own" : entry || byRule === "article" ? byRule : "unseen";
      const adaptationId = entry?.id ?? undefined;
      return { kind, parts: entry?.parts ?? [], adaptationId, versionNumber: submission.data.versionNumber };
    }
    const own = written.findLast(({ channelId }) => channelId === channel.id);
    return { kind: own ? "own" : byRule, parts: own?.parts ?? [], adaptationId: own?.id, versionNumber };
  };
  return {
    approval,
    textFor,
    isPending: adaptations.isPending || (isApproved && (approvals.isPending || (!!approval && submission.isPending))),
    error: adaptations.error ?? approvals.error ?? submission.error,
  };
}

const isLastStep = ({ status, step, steps }: Approval) => status === "Approved" && step === steps;
