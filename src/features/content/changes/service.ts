import type { z } from "zod";
import type { WorkspaceTx } from "@/db/client";
import type { Actor } from "@/platform/actor";
import { canonicalHash } from "@/platform/canonical-json";
import { diffText } from "@/platform/text-diff";
import { findForEditing, noSuchBase, noSuchVersion } from "../access";
import { findVersions } from "../versions/queries";
import type { MergeVersion } from "./contract";
import { mergeFields, textAt } from "./merge";

type Tx = WorkspaceTx;
type Compared = { id: string; versionNumber: number; against?: number | undefined };

/** What a first version is compared with. */
const NOTHING = { title: "", body: "", metadata: {}, assets: [] as unknown[] };

export async function diffVersion(tx: Tx, { id, versionNumber, against = versionNumber - 1 }: Compared) {
  const rows = await findVersions(tx, id, versionNumber, against);
  const after = rows.find((row) => row.versionNumber === versionNumber);
  const before = against === 0 ? NOTHING : rows.find((row) => row.versionNumber === against);
  if (!after || !before) throw noSuchVersion();
  const title = diffText(before.title, after.title);
  const body = diffText(before.body, after.body);
  const metadata = diffMetadata(before.metadata, after.metadata);
  const all = [title, body, ...metadata];
  return {
    contentItemId: id,
    versionNumber,
    against: against === 0 ? null : against,
    title,
    body,
    metadata,
    assetsChanged: canonicalHash(before.assets) !== canonicalHash(after.assets),
    wordsAdded: all.reduce((sum, field) => sum + field.wordsAdded, 0),
    wordsRemoved: all.reduce((sum, field) => sum + field.wordsRemoved, 0),
  };
}

function diffMetadata(before: Record<string, unknown>, after: Record<string, unknown>) {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .sort()
    .map((key) => ({ key, before: textAt(before, key), after: textAt(after, key) }))
    .filter((field) => field.before !== field.after)
    .map((field) => ({ ...field, ...diffText(field.before ?? "", field.after ?? "") }));
}

/** Saves nothing. Where it is clean, saving it with `baseVersion: basedOn` succeeds, unless somebody saves before. */
export async function mergeVersion(
  tx: Tx,
  actor: Actor,
  { id, ...input }: z.output<typeof MergeVersion> & { id: string },
) {
  const item = await findForEditing(tx, actor, id);
  const rows = await findVersions(tx, id, input.baseVersion, item.currentVersionNumber);
  const current = rows.find((row) => row.versionNumber === item.currentVersionNumber)!;
  const base = rows.find((row) => row.versionNumber === input.baseVersion);
  if (!base) throw noSuchBase(item);
  return mergeFields(base, current, input);
}
