import { type Document, isMap, parseDocument } from "yaml";
import { SourceProblem } from "./entry";
import { LIMITS } from "./limits";

/** A file that begins with YAML between two lines of three hyphens. `yaml` is what stands between them. */
export type FrontMatter = { yaml: string | null; body: string };

const FENCED = /^---[ \t]*\n(?:([\s\S]*?)\n)??---[ \t]*(?:\n|$)/;

/**
 * Divides a text; line ends are LF, and the body is what follows.
 * @throws {SourceProblem} for front matter that doesn't end, is too long, or is TOML
 */
export function divide(text: string): FrontMatter {
  const unified = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  if (/^\+\+\+[ \t]*\n/.test(unified))
    throw new SourceProblem("Its front matter is TOML (+++): convert it to YAML between lines of ---.");
  if (!/^---[ \t]*\n/.test(unified)) return { yaml: null, body: unified };
  const found = FENCED.exec(unified);
  // A rule at the very beginning, and no second one: plain Markdown.
  if (!found) return { yaml: null, body: unified };
  const yaml = found[1] ?? "";
  if (yaml.length > LIMITS.frontMatterChars)
    throw new SourceProblem(`Its front matter has more than ${LIMITS.frontMatterChars} characters.`);
  return { yaml, body: unified.slice(found[0].length) };
}

/** Dates stay the texts that they are, since YAML 1.2 knows none; aliases may not multiply. */
const OPTIONS = { version: "1.2", schema: "core", logLevel: "silent", prettyErrors: false } as const;
const MAX_ALIASES = 50;

export const documentOf = (yaml: string): Document => parseDocument(yaml, OPTIONS);

/** @throws {SourceProblem} where it is no YAML, or not a list of fields */
export function fieldsOf(yaml: string): Record<string, unknown> {
  const document = documentOf(yaml);
  const [error] = document.errors;
  if (error) throw new SourceProblem(`Its front matter is no YAML: ${error.message.slice(0, 120)}`);
  if (document.contents === null) return {};
  if (!isMap(document.contents)) throw new SourceProblem("Its front matter is no list of fields (`name: value`).");
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as Record<string, unknown>;
  } catch (cause) {
    throw new SourceProblem("Its front matter has aliases that multiply: write them out.", { cause });
  }
}
