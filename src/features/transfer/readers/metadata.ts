import { ContentMetadata } from "@/features/content/contract";

type Given = { [K in keyof ContentMetadata]?: unknown };

/**
 * What of a source's fields our metadata takes. What doesn't fit is left out and told, so that an entry doesn't fail for
 * a slug; it stays with what the source said.
 */
export function metadataOf(given: Given): { metadata: ContentMetadata; notes: string[] } {
  const notes: string[] = [];
  const metadata: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(ContentMetadata.shape)) {
    const value = given[name as keyof ContentMetadata];
    if (value === undefined || value === null || value === "") continue;
    const parsed = field.safeParse(value);
    if (parsed.success) metadata[name] = parsed.data;
    else notes.push(`The field ${name} doesn't fit here and was left out: it stays with what the source said.`);
  }
  return { metadata: ContentMetadata.parse(metadata), notes };
}

const TITLE_CHARS = 300;

/** A title of one line that fits; cut where it is longer, and told. */
export function titleOf(text: string, fallback: string): { title: string; notes: string[] } {
  const title = text.replace(/\s+/g, " ").trim() || fallback;
  if (title.length <= TITLE_CHARS) return { title, notes: [] };
  const cut = title
    .slice(0, TITLE_CHARS - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, "");
  return { title: `${cut.trimEnd()}…`, notes: [`The title was longer than ${TITLE_CHARS} characters and was cut.`] };
}
