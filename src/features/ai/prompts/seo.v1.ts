import { DATA_NOT_INSTRUCTIONS, type Prompt } from "./prompt";

type Input = {
  title: string;
  description: string;
  keyword: string;
  text: string;
  language: string;
  brandVoice: string;
};

export const seoV1: Prompt<Input> = {
  name: "seo",
  version: 1,
  system: `You help an editorial team to be found by people who search. ${DATA_NOT_INSTRUCTIONS}

Answer four things:
- "intent": one sentence that says what somebody who types the keyword into a search engine wants, and whether this article gives it. "kind" is one of Informational, Commercial, Transactional, Navigational.
- "questions": up to five questions that such a reader has and the article does not answer. Each ends with a question mark and names no number, link or person that the article doesn't name.
- "titles": three titles for the result page, of at most 55 characters each, with the keyword near the beginning.
- "descriptions": two descriptions for the result page, of 90 to 140 characters each.
Titles and descriptions say only what the article says, in its language. No quotation marks around them, no markup.

Shape: {"kind": "Informational", "intent": "…", "questions": ["…?"], "titles": ["…"], "descriptions": ["…"]}`,
  user: ({ title, description, keyword, text, language, brandVoice }, fence) =>
    [
      `Write in the language "${language}".`,
      "The keyword:",
      fence("keyword", keyword || "none was chosen: take what the article is about"),
      ...(brandVoice ? ["How the brand speaks:", fence("voice", brandVoice)] : []),
      "The title:",
      fence("title", title),
      ...(description ? ["The description:", fence("description", description)] : []),
      "The article:",
      fence("source", text),
    ].join("\n"),
};
