import { mergeText } from "@/platform/text-merge";
import { MAX_BODY_CHARS } from "@/platform/writing";

type Fields = { title: string; body: string; metadata: Record<string, unknown> };
/** As somebody sends it: what they left out, they didn't change. */
export type Written = {
  body: string;
  title?: string | undefined;
  metadata?: Record<string, unknown> | undefined;
  baseVersion: number;
};

type Text = string | null;
type Conflict = {
  field: string;
  base: Text;
  theirs: Text;
  yours: Text;
  at: { start: number; end: number } | null;
};

/**
 * What two people made of one version, in one. The body is merged by passages; a title and each of the metadata is one
 * thing to decide. Where both changed the same, yours stands and the conflict tells all three.
 */
export function mergeFields(base: Fields, theirs: Fields & { versionNumber: number }, written: Written) {
  const yours = { title: base.title, metadata: base.metadata, ...definedOf(written) };
  const conflicts: Conflict[] = [];
  const title = mergeValue("title", base.title, theirs.title, yours.title, conflicts)!;
  const body = mergeBody(base.body, theirs.body, written.body, conflicts);
  const metadata: Record<string, string> = {};
  const keys = new Set([base, theirs, yours].flatMap((version) => Object.keys(version.metadata)));
  for (const key of [...keys].sort()) {
    const [was, their, your] = [base, theirs, yours].map((version) => textAt(version.metadata, key)) as [
      Text,
      Text,
      Text,
    ];
    const value = mergeValue(`metadata.${key}`, was, their, your, conflicts);
    if (value !== null) metadata[key] = value;
  }
  return { clean: conflicts.length === 0, title, body, metadata, conflicts, basedOn: theirs.versionNumber };
}

const definedOf = ({ title, metadata }: Written) => ({
  ...(title !== undefined && { title }),
  ...(metadata !== undefined && { metadata }),
});

/** All metadata are texts; null is one that isn't set. */
export const textAt = (metadata: Record<string, unknown>, key: string): Text =>
  (metadata[key] as string | undefined) ?? null;

function mergeValue(field: string, base: Text, theirs: Text, yours: Text, conflicts: Conflict[]): Text {
  if (yours === base) return theirs;
  if (theirs !== base && theirs !== yours) conflicts.push({ field, base, theirs, yours, at: null });
  return yours;
}

/** Together, two texts that may be saved can be longer than one that may. */
function mergeBody(base: string, theirs: string, yours: string, conflicts: Conflict[]): string {
  const { text, conflicts: passages } = mergeText(base, theirs, yours);
  if (text.length > MAX_BODY_CHARS) {
    conflicts.push({ field: "body", base, theirs, yours, at: { start: 0, end: yours.length } });
    return yours;
  }
  conflicts.push(...passages.map((passage) => ({ field: "body", ...passage })));
  return text;
}
