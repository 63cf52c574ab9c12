import { DATA_NOT_INSTRUCTIONS, describePersona, type PersonaForPrompt, type Prompt } from "./prompt";

/** What all prompts of an adaptation are given. */
export type AdaptInput = {
  network: string;
  form: "article" | "thread";
  maxParts: number;
  maxLength: number | undefined;
  /** Where the parts are not alike, in their order. */
  fields?: { name: string; maxLength: number | undefined }[];
  title: string;
  text: string;
  link: string | undefined;
  language: string;
  persona: PersonaForPrompt | undefined;
  brandVoice: string;
};

export const adaptV1: Prompt<AdaptInput> = {
  name: "adapt",
  version: 1,
  system: `You rewrite an article of an editorial team for another channel. ${DATA_NOT_INSTRUCTIONS}

Rules:
- Say only what the source says. Every number, name, quote, link and mention must be in the source, letter for letter.
- Keep the facts that matter. Leave out rather than invent.
- Write in the language of the source. No hashtags that the source doesn't have.
- Each part stands for itself and is within the limit. Don't number the parts.

Shape: {"parts": ["the text of the first part", "…"]}`,
  user: ({ network, form, maxParts, maxLength, title, text, link, language, persona, brandVoice }, fence) =>
    [
      form === "thread"
        ? `Write a thread for ${network} of 1 to ${maxParts} parts in the language "${language}", each of at most ${maxLength ?? 1_000} characters. The first part makes people want to read on.`
        : `Write an article for ${network} in Markdown in the language "${language}", in one part, without a title.`,
      ...(link && form === "thread" ? [`The last part has this link, as it is: ${link}`] : []),
      ...(persona ? ["The reader:", fence("persona", describePersona(persona))] : []),
      ...(brandVoice ? ["How the brand speaks:", fence("voice", brandVoice)] : []),
      "The title:",
      fence("title", title),
      "The source:",
      fence("source", text),
    ].join("\n"),
};
