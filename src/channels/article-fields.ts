import type { Finding, Limits, Preview, Publication } from "@/channels/adapter";
import { articleHtml } from "@/channels/article-html";
import { checkFields, checkLine } from "@/channels/check-fields";
import { checkImages, checkText } from "@/channels/check-parts";
import { fieldsPreview } from "@/channels/copied-preview";
import { fieldsOf } from "@/channels/default-parts";
import { countGraphemes, escapeHtml, fits, withoutTitle } from "@/channels/text";

/** What a site of articles would refuse: of an adaptation's fields, or of the item as it is. */
export function checkArticle(publication: Publication, limits: Limits, label: string): Finding[] {
  const own = publication.parts.length > 0;
  return [
    ...(own
      ? [
          ...checkFields(publication, limits, label),
          ...checkLine(publication, limits),
          ...checkImages(publication, limits, label),
        ]
      : checkItem(publication, limits, label)),
    ...checkFiles(publication, limits, label),
  ];
}

function checkItem({ title, excerpt, body }: Publication, { fields = [] }: Limits, label: string): Finding[] {
  if (title.trim() === "") return [{ severity: "Error", code: "title_missing", message: "A page needs a title." }];
  const empty: Finding = { severity: "Warning", code: "body_empty", message: "The page has no text." };
  const cut: Finding = {
    severity: "Warning",
    code: "excerpt_cut",
    message: `The excerpt is longer than ${label} takes: its end is left out.`,
  };
  const isCut = fields.some((field) => field.name === "excerpt" && !fits(excerpt.trim(), field));
  return [...checkText(title, 0, fields[0]!, label), ...(isCut ? [cut] : []), ...(body.trim() === "" ? [empty] : [])];
}

/** Pictures go along into the site's library. A link to any other file would end after a week: its words stay. */
const checkFiles = (publication: Publication, limits: Limits, label: string): Finding[] =>
  /(?<!!)\[[^[\]]{0,500}\]\(\s{0,20}<?asset:/.test(fieldsOf(publication, limits).body)
    ? [
        {
          severity: "Warning",
          code: "library_files",
          message: `The text links to files of the library: on ${label} the words stay, without the link.`,
        },
      ]
    : [];

/** An adaptation's fields one below the other; of an article that nobody adapted, the page as a whole. */
export const articlePreview =
  (limits: Limits) =>
  (publication: Publication): Preview => {
    if (publication.parts.length > 0) return fieldsPreview(limits)(publication);
    const { title, body } = fieldsOf(publication, limits);
    return {
      parts: [
        {
          html: `<h1>${escapeHtml(title)}</h1>\n${articleHtml(withoutTitle(body, title))}`,
          length: countGraphemes(body),
          limit: undefined,
          images: publication.images,
        },
      ],
    };
  };
