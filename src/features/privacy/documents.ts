import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { renderMarkdown } from "@/platform/markdown";
import { OUR_NOTICES } from "./notices";
import { OUR_TEXTS } from "./texts";

type DocumentName = keyof typeof OUR_TEXTS;
type Language = keyof typeof OUR_NOTICES;
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

/**
 * The operator's own texts, or ours where they have none. Read anew each time, so that one can be put in its place while
 * ContentOS runs; any other text is another version, whoever forgot to count.
 * @param folder of `terms.md` and `privacy.md`
 */
export const readDocuments = (folder: string) =>
  Promise.all(
    DOCUMENTS.map(async (document) => {
      const text = (await readOwn(folder, `${document.toLowerCase()}.md`)) ?? OUR_TEXTS[document];
      return { document, ...shown(text, document) };
    }),
  );

/**
 * The notice at collection, which nobody agrees to: the operator's in this language, their only one, or ours.
 * @param folder of `choices.md` and, where there is one, `choices.de.md`
 */
export async function readNotice(folder: string, language: Language) {
  const own = (await readOwn(folder, `choices.${language}.md`)) ?? (await readOwn(folder, "choices.md"));
  return shown(own ?? OUR_NOTICES[language], "Your privacy choices");
}
