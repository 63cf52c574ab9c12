import type { Field } from "@/channels/adapter";
import { cutToFit } from "@/channels/default-parts";
import { fits, lengthOf, withoutTitle } from "@/channels/text";

/** What an adaptation's part can hold. */
export const MAX_PART_CHARS = 10_000;

/** A subject, a title or an excerpt: one line, cut at a word where it is too long. */
export function lineFor(text: string, field: Field): string {
  const line = text.replace(/\s+/g, " ").trim();
  return fits(line, field) ? line : (cutToFit(line, (cut) => cut, field) ?? "");
}

/** A text at its blank lines, in pieces as large as a part can hold; a block that is larger stays one. */
export function blocksIn(body: string): string[] {
  const parts: string[] = [];
  for (const block of body.split(/\n{2,}/)) {
    const joined = parts.length > 0 ? `${parts.at(-1)}\n\n${block}` : block;
    if (parts.length > 0 && joined.length <= MAX_PART_CHARS) parts[parts.length - 1] = joined;
    else parts.push(block);
  }
  return parts.filter((part) => part.trim() !== "");
}

/** What alone is larger than a part, at its lines, else at its words, else wherever it must be. */
function divided(block: string): string[] {
  if (block.length <= MAX_PART_CHARS) return [block];
  const pieces: string[] = [];
  for (const word of block.split(/(?<=\s)/)) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + word.length <= MAX_PART_CHARS) pieces[pieces.length - 1] = last + word;
    else pieces.push(...(word.match(new RegExp(`[^]{1,${MAX_PART_CHARS}}`, "g")) ?? []));
  }
  return pieces;
}

type Of = { title: string; link: string | undefined };

/** The text as it is, over as many parts as it takes; from where it would be too large as a whole, left out for the link. */
export function bodyParts(body: string, { title, link }: Of, field: Field): string[] {
  const tail = field.linked && link !== undefined && !body.includes(link) ? link : undefined;
  const room = (field.maxTotal ?? Number.POSITIVE_INFINITY) - (tail ? lengthOf(`\n\n${tail}`, field) : 0);
  const kept: string[] = [];
  let size = 0;
  const text = withoutTitle(body, title).trim();
  for (const block of text.split(/\n{2,}/).flatMap(divided)) {
    if (field.maxTotal !== undefined) size += lengthOf(`\n\n${block}`, field);
    if (size > room) break;
    kept.push(block);
  }
  const parts = blocksIn(kept.join("\n\n"));
  if (!tail || parts.length === 0) return parts;
  const joined = `${parts.at(-1)}\n\n${tail}`;
  return joined.length <= MAX_PART_CHARS ? [...parts.slice(0, -1), joined] : [...parts, tail];
}
