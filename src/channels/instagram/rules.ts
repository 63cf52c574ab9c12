import type { ChannelRules, Finding, Publication } from "@/channels/adapter";
import { checkParts } from "@/channels/check-parts";
import { mentionsIn, postsPreview, tagsIn } from "@/channels/copied-preview";
import { imagesOf, textsOf } from "@/channels/default-parts";
import { limits, TAGS_ADVISED } from "@/channels/instagram/limits";
import { countTags } from "@/channels/text";

/** Not refused, but good to know before somebody copies it: a caption's addresses are words, and there is no post without a picture. */
function warnings(publication: Publication): Finding[] {
  const linked = textsOf(publication, limits).some((text) => /https?:\/\//i.test(text));
  const tags = Math.max(0, ...textsOf(publication, limits).map(countTags));
  const pictured = imagesOf(publication, limits).flat().length > 0 || publication.images.length > 0;
  const warning = (code: string, message: string): Finding => ({ severity: "Warning", code, message });
  return [
    ...(linked
      ? [warning("links_are_words", "Instagram shows addresses in a caption as words: nobody can click them.")]
      : []),
    ...(tags > TAGS_ADVISED
      ? [warning("many_tags", `The caption has ${tags} hashtags; Instagram may count no more than ${TAGS_ADVISED}.`)]
      : []),
    ...(pictured ? [] : [warning("image_missing", "Instagram takes no post without an image or a video.")]),
  ];
}

export const instagramRules: ChannelRules = {
  network: "instagram",
  label: "Instagram",
  limits,
  validate: (publication) => [...checkParts(publication, limits, "Instagram"), ...warnings(publication)],
  preview: postsPreview(limits, (text) => [...mentionsIn(text), ...tagsIn(text)]),
};
