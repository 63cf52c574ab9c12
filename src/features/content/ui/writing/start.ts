import type { Draft } from "@contentos/sdk";
import type { LocalCopy, Words } from "./local-copy";

type Found = Words & { draftVersion: number | undefined; at: string };
export type Start = Words & {
  draftVersion: number | undefined;
  /** When the words were written that stand in the text again; none where it is the version that was saved. */
  restoredFrom: string | undefined;
  /** Others of one's own, which were written elsewhere and are older. */
  other: Found | undefined;
};
type Version = { versionNumber: number; title: string; body: string };

/** What the editor begins with: the version, or what one had written on and not saved, here or elsewhere. */
export function startOf(version: Version, draft: Draft | undefined, local: LocalCopy | undefined): Start {
  const { versionNumber, title, body } = version;
  const same = (words: Words) => words.title === title && words.body === body;
  const kept: Found | undefined = local && { ...local, draftVersion: local.draftVersion };
  const sent: Found | undefined = draft && {
    title: draft.title ?? title,
    body: draft.body,
    baseVersion: draft.baseVersion,
    draftVersion: draft.draftVersion,
    at: draft.updatedAt,
  };
  const [first, second] = inOrder(sent, kept, local);
  const draftVersion = draft?.draftVersion;
  if (!first || same(first))
    return { title, body, baseVersion: versionNumber, draftVersion, restoredFrom: undefined, other: undefined };
  const other = second && !same(second) && (second.body !== first.body || second.title !== first.title);
  return { ...first, draftVersion, restoredFrom: first.at, other: other ? second : undefined };
}

/** Which is newer: the copy here tells which draft it follows, so that no clock is asked where that says it. */
function inOrder(sent: Found | undefined, kept: Found | undefined, local: LocalCopy | undefined) {
  if (!sent || !kept || !local) return [kept && !local?.sent ? kept : (sent ?? undefined), undefined];
  if (local.sent) return [sent, undefined];
  if (local.draftVersion === sent.draftVersion) return [kept, undefined];
  return Date.parse(kept.at) > Date.parse(sent.at) ? [kept, sent] : [sent, kept];
}
