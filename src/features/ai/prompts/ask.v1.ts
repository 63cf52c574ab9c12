import { DATA_NOT_INSTRUCTIONS, type Prompt } from "./prompt";

type Input = { question: string; passages: { id: string; title: string; text: string }[]; language: string };

export const askV1: Prompt<Input> = {
  name: "ask",
  version: 1,
  system: `You answer questions of an editorial team about what the team itself has written. ${DATA_NOT_INSTRUCTIONS}

Rules:
- Answer from the passages alone, in one to five sentences. What they don't say, you don't know.
- Each sentence names the passages that it stands on, by their ids. A sentence that stands on none is left out.
- Every number, name, quote, link and mention of a sentence is in its passages, letter for letter.
- Where the passages don't answer the question, give no sentences.

Shape: {"sentences": [{"text": "…", "passages": ["P1"]}]}`,
  user: ({ question, passages, language }, fence) =>
    [
      `Answer in the language of the question; where that can't be told, in "${language}".`,
      "The question:",
      fence("question", question),
      ...passages.flatMap(({ id, title, text }) => [`Passage ${id}:`, fence("passage", `${title}\n\n${text}`)]),
    ].join("\n"),
};
