import type { WorkspaceTx } from "@/db/client";
import { emit } from "@/db/outbox";
import { record } from "@/features/audit";
import type { Actor } from "@/platform/actor";
import { AppError } from "@/platform/errors";
import { lockForEditing, noSuchVersion, requireLive } from "../access";
import * as queries from "./queries";

type Tx = WorkspaceTx;
type Labelling = { id: string; versionNumber: number; labels: string[] };

const sameName = (one: string) => (other: { name: string }) => one.toLowerCase() === other.name.toLowerCase();

/** A label stands once in an item, so that it names one version; it doesn't move by itself. */
export async function labelVersion(tx: Tx, actor: Actor, { id, versionNumber, labels }: Labelling) {
  const item = await lockForEditing(tx, actor, id);
  requireLive(item);
  if (versionNumber > item.currentVersionNumber) throw noSuchVersion();
  requireDifferent(labels);
  const all = await queries.labelsOf(tx, id);
  const before = all.filter((label) => label.versionNumber === versionNumber);
  const elsewhere = all.filter((label) => label.versionNumber !== versionNumber);
  for (const name of labels) {
    const taken = elsewhere.find(sameName(name));
    if (taken) throw labelTaken(taken);
  }
  const gone = before.filter(({ name }) => !labels.includes(name));
  const added = labels.filter((name) => !before.some((label) => label.name === name));
  if (gone.length > 0)
    await queries.removeLabels(
      tx,
      gone.map((label) => label.id),
    );
  if (added.length > 0) {
    const place = { contentItemId: id, versionNumber, createdBy: actor.userId };
    await queries.insertLabels(
      tx,
      added.map((name) => ({ ...place, name })),
    );
  }
  if (gone.length + added.length > 0) {
    await record(tx, actor, {
      action: "content.version_labelled",
      subjectType: "content_item",
      subjectId: id,
      detail: { versionNumber, added: added.length, removed: gone.length },
    });
    await emit(tx, { type: "content.version_labelled", subjectId: id, payload: { versionNumber } });
  }
  const now = (await queries.labelsOf(tx, id)).filter((label) => label.versionNumber === versionNumber);
  return { contentItemId: id, versionNumber, labels: now.map(({ name }) => name) };
}

function requireDifferent(labels: string[]) {
  const issues = labels.flatMap((name, at) =>
    labels.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < at
      ? [{ path: `labels.${at}`, message: "This label is there already." }]
      : [],
  );
  if (issues.length > 0) throw new AppError("invalid_request", "Name each label once.", { issues });
}

const labelTaken = ({ name, versionNumber }: { name: string; versionNumber: number }) =>
  new AppError(
    "label_taken",
    `Version ${versionNumber} has the label "${name}": take it off there first, or choose another.`,
    { extensions: { label: name, versionNumber } },
  );
