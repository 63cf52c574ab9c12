import type { AdaptInput } from "./adapt.v1";
import { DATA_NOT_INSTRUCTIONS, describePersona, type Prompt } from "./prompt";

/** One post of some length, such as LinkedIn's, or a caption. */
export const adaptPostV1: Prompt<AdaptInput> = {
  name: "adapt-post",
  version: 1,
  system: `You rewrite an article of an editorial team as one post for a social network. ${DATA_NOT_INSTRUCTIONS}

Rules:
- Say only what the source says. Every number, name, quote, link and mention must be in the source, letter for letter.
- Keep the facts that matter. Leave out rather than invent.
- Write in the language of the source. No hashtags that the source doesn't have.
- Plain text without Markdown, in short paragraphs with a blank line between them. The first sentence stands alone above the fold.

Shape: {"parts": ["the whole text of the post"]}`,
  user: ({ network, maxLength, title, text, link, language, persona, brandVoice }, fence) =>
    [
      `Write one post for ${network} in the language "${language}", of at most ${maxLength ?? 1_000} characters.`,
      ...(link ? [`It ends with this link, as it is: ${link}`] : []),
      ...(persona ? ["The reader:", fence("persona", describePersona(persona))] : []),
      ...(brandVoice ? ["How the brand speaks:", fence("voice", brandVoice)] : []),
      "The title:",
      fence("title", title),
      "The source:",
      fence("source", text),
    ].join("\n"),
};
