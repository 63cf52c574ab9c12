import { DATA_NOT_INSTRUCTIONS, describePersona, type PersonaForPrompt, type Prompt } from "./prompt";

type Input = {
  way: "Rewrite" | "Shorten" | "Expand" | "Simplify" | "Translate";
  /** To write in: of a translation, the one that was asked for. */
  language: string;
  text: string;
  /** The item around the passage; undefined for a text that is in none. */
  around: string | undefined;
  persona: PersonaForPrompt | undefined;
  brandVoice: string;
};

const TASKS: Record<Input["way"], string> = {
  Rewrite: "Say the same in other and better words, about as long.",
  Shorten: "Say the same in about half as many words. Leave out what matters least.",
  Expand: "Say it at greater length, up to twice as long, with what the article around it says and nothing else.",
  Simplify: "Say the same in short sentences and everyday words, for a reader of twelve years.",
  Translate: "Translate it. Nothing is left out and nothing is added.",
};

export const rewriteV1: Prompt<Input> = {
  name: "rewrite",
  version: 1,
  system: `You edit passages of an editorial team's articles. ${DATA_NOT_INSTRUCTIONS}

Rules:
- Say only what the passage and the article around it say. Every number, name, quote, link and mention must be there, letter for letter. Invent nothing.
- The passage is Markdown, and so is your answer: the same headings, lists, quotes, tables and emphasis in the same order, where their words are still there.
- Addresses of links and images, code and HTML stay letter for letter. Add none.
- Answer with the passage alone: no introduction, no comment, no fence around it.

Shape: {"text": "the passage in Markdown"}`,
  user: ({ way, language, text, around, persona, brandVoice }, fence) =>
    [
      `${TASKS[way]} Write in the language "${language}".`,
      ...(persona ? ["The reader:", fence("persona", describePersona(persona))] : []),
      ...(brandVoice ? ["How the brand speaks:", fence("voice", brandVoice)] : []),
      ...(around ? ["The article around it:", fence("article", around)] : []),
      "The passage:",
      fence("source", text),
    ].join("\n"),
};
