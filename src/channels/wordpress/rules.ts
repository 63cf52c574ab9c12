import type { ChannelRules } from "@/channels/adapter";
import { checkFields, checkLibraryImages, checkLine } from "@/channels/check-fields";
import { fieldsPreview } from "@/channels/copied-preview";
import { limits } from "@/channels/wordpress/limits";

/** The whole article, in Markdown: the block editor makes blocks of it where it is pasted. */
export const wordpressRules: ChannelRules = {
  network: "wordpress",
  label: "WordPress",
  limits,
  validate: (publication) => [
    ...checkFields(publication, limits, "WordPress"),
    ...checkLine(publication, limits),
    ...checkLibraryImages(publication, "WordPress"),
  ],
  preview: fieldsPreview(limits),
};
