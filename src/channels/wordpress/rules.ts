import type { ChannelRules, Finding, Publication } from "@/channels/adapter";
import { checkFields, checkLibraryImages, checkLine } from "@/channels/check-fields";
import { checkImages } from "@/channels/check-parts";
import { fieldsOf } from "@/channels/default-parts";
import { limits } from "@/channels/wordpress/limits";
import { preview } from "@/channels/wordpress/preview";

/** A post of WordPress's own: an adaptation's fields, or the item as it is. */
function validate(publication: Publication): Finding[] {
  if (publication.parts.length === 0) return [...checkArticle(publication), ...checkFiles(publication)];
  return [
    ...checkFields(publication, limits, "WordPress"),
    ...checkLine(publication, limits),
    ...checkImages(publication, limits, "WordPress"),
    ...checkFiles(publication),
  ];
}

function checkArticle({ title, body }: Publication): Finding[] {
  if (title.trim() === "") return [{ severity: "Error", code: "title_missing", message: "A page needs a title." }];
  if (body.trim() !== "") return [];
  return [{ severity: "Warning", code: "body_empty", message: "The page has no text." }];
}

/** Pictures go along into the site's library. A link to any other file would end after a week: its words stay. */
const checkFiles = (publication: Publication): Finding[] =>
  /(?<!!)\[[^[\]]{0,500}\]\(\s{0,20}<?asset:/.test(fieldsOf(publication, limits).body)
    ? [
        {
          severity: "Warning",
          code: "library_files",
          message: "The text links to files of the library: on WordPress the words stay, without the link.",
        },
      ]
    : [];

export const wordpressRules: ChannelRules = { network: "wordpress", label: "WordPress", limits, validate, preview };

/** The whole article, in Markdown, for who puts it there by hand: the block editor makes blocks of it where it is pasted. */
export const wordpressCopyRules: ChannelRules = {
  ...wordpressRules,
  validate: (publication) => [
    ...checkFields(publication, limits, "WordPress"),
    ...checkLine(publication, limits),
    ...checkLibraryImages(publication, "WordPress"),
  ],
};
