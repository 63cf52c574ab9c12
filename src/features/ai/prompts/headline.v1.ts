import { DATA_NOT_INSTRUCTIONS, describePersona, type PersonaForPrompt, type Prompt } from "./prompt";

type Input = {
  title: string | undefined;
  text: string;
  language: string;
  count: number;
  maxLength: number;
  techniques: readonly string[];
  persona: PersonaForPrompt | undefined;
  brandVoice: string;
};

export const headlineV1: Prompt<Input> = {
  name: "headline",
  version: 1,
  system: `You write headlines for an editorial team. ${DATA_NOT_INSTRUCTIONS}

Rules for each headline:
- It says only what the source says. No number, name, quote, promise or superlative that isn't in the source.
- It is in the language of the source, in sentence case, without quotation marks around it, without emoji and without markup.
- No two headlines say the same in other words: each uses another angle.
- The best one for the reader comes first.

Shape: {"suggestions": [{"text": "the headline", "technique": "one of the given words", "reason": "one sentence why it works for this reader"}]}`,
  user: ({ title, text, language, count, maxLength, techniques, persona, brandVoice }, fence) =>
    [
      `Write ${count} headlines in the language "${language}", each of at most ${maxLength} characters.`,
      `Techniques: ${techniques.join(", ")}.`,
      ...(persona ? ["The reader:", fence("persona", describePersona(persona))] : []),
      ...(brandVoice ? ["How the brand speaks:", fence("voice", brandVoice)] : []),
      ...(title ? ["The headline so far:", fence("title", title)] : []),
      "The source:",
      fence("source", text),
    ].join("\n"),
};
