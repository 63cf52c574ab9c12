import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { renderMarkdown } from "@/platform/markdown";
import { OUR_NOTICES } from "./notices";
import { OUR_TEXTS } from "./texts";

type DocumentName = keyof typeof OUR_TEXTS;
type Language = keyof typeof OUR_NOTICES;
const LANGUAGES = Object.keys(OUR_NOTICES) as Language[];
const DOCUMENTS = Object.keys(OUR_TEXTS) as DocumentName[];

/** Undefined where there is none. */
const readOwn = (folder: string, file: string) =>
  readFile(join(folder, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });

function shown(text: string, otherwise: string) {
  const title = /^# (.+)$/m.exec(text)?.[1]?.trim() ?? otherwise;
  const version = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return { version, title, html: renderMarkdown(text, { title }) };
}

/** The operator's in this language, theirs for all, or theirs in another: who has a text of their own has none of ours beside it. */
async function ownText(folder: string, document: DocumentName, language: Language) {
  const name = document.toLowerCase();
  for (const file of [`${name}.${language}.md`, `${name}.md`, ...LANGUAGES.map((other) => `${name}.${other}.md`)]) {
    const text = await readOwn(folder, file);
    if (text !== undefined) return text;
  }
  return undefined;
}

/**
 * The operator's own texts, or ours where they have none. Read anew each time, so that one can be put in its place while
 * ContentOS runs; any other text is another version, whoever forgot to count, and so is one in another language.
 * @param folder of `terms.md` and `privacy.md` and, where there are any, `terms.de.md` and the like
 */
export const readDocuments = (folder: string, language: Language) =>
  Promise.all(
    DOCUMENTS.map(async (document) => {
      const text = (await ownText(folder, document, language)) ?? OUR_TEXTS[document][language];
      return { document, ...shown(text, document) };
    }),
  );

/** The texts as somebody may have them before them now, in any language: who agreed to one of a document agreed to it. */
export const readAllDocuments = async (folder: string) =>
  (await Promise.all(LANGUAGES.map((language) => readDocuments(folder, language)))).flat();

/**
 * The notice at collection, which nobody agrees to: the operator's in this language, their only one, or ours.
 * @param folder of `choices.md` and, where there is one, `choices.de.md`
 */
export async function readNotice(folder: string, language: Language) {
  const own = (await readOwn(folder, `choices.${language}.md`)) ?? (await readOwn(folder, "choices.md"));
  return shown(own ?? OUR_NOTICES[language], "Your privacy choices");
}
