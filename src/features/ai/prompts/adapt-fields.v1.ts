import type { AdaptInput } from "./adapt.v1";
import { DATA_NOT_INSTRUCTIONS, describePersona, type Prompt } from "./prompt";

/** Parts that are not alike: a newsletter's subject, preheader and body, a post's title, excerpt and body. */
export const adaptFieldsV1: Prompt<AdaptInput> = {
  name: "adapt-fields",
  version: 1,
  system: `You rewrite an article of an editorial team for a place that takes it in named pieces. ${DATA_NOT_INSTRUCTIONS}

Rules:
- Say only what the source says. Every number, name, quote, link and mention must be in the source, letter for letter.
- Keep the facts that matter, the headings, the links and the images. Leave out rather than invent.
- Write in the language of the source.
- The pieces come in the order in which they are asked for. All but the body are one line of plain text; the body is Markdown.

Shape: {"parts": ["the first piece", "the second piece", "the body"]}`,
  user: ({ network, fields = [], title, text, language, persona, brandVoice }, fence) =>
    [
      `Write these ${fields.length} pieces for ${network} in the language "${language}":`,
      ...fields.map(({ name, maxLength }) => `- ${name}${maxLength ? `, at most ${maxLength} characters` : ""}`),
      ...(persona ? ["The reader:", fence("persona", describePersona(persona))] : []),
      ...(brandVoice ? ["How the brand speaks:", fence("voice", brandVoice)] : []),
      "The title:",
      fence("title", title),
      "The source:",
      fence("source", text),
    ].join("\n"),
};
