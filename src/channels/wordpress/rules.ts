import type { ChannelRules } from "@/channels/adapter";
import { articlePreview, checkArticle } from "@/channels/article-fields";
import { checkFields, checkLibraryImages, checkLine } from "@/channels/check-fields";
import { limits } from "@/channels/wordpress/limits";

/** A post of WordPress's own: an adaptation's fields, or the item as it is. */
export const wordpressRules: ChannelRules = {
  network: "wordpress",
  label: "WordPress",
  limits,
  validate: (publication) => checkArticle(publication, limits, "WordPress"),
  preview: articlePreview(limits),
};

/** The whole article, in Markdown, for who puts it there by hand: the block editor makes blocks of it where it is pasted. */
export const wordpressCopyRules: ChannelRules = {
  ...wordpressRules,
  validate: (publication) => [
    ...checkFields(publication, limits, "WordPress"),
    ...checkLine(publication, limits),
    ...checkLibraryImages(publication, "WordPress"),
  ],
};
