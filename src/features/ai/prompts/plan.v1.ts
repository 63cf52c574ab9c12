import { DATA_NOT_INSTRUCTIONS, describePersona, type PersonaForPrompt, type Prompt } from "./prompt";

type Input = {
  count: number;
  language: string;
  best: { id: string; title: string; excerpt: string }[];
  campaigns: { name: string; goal: string }[];
  planned: string[];
  persona: PersonaForPrompt | undefined;
  brandVoice: string;
};

export const planV1: Prompt<Input> = {
  name: "plan",
  version: 1,
  system: `You suggest what an editorial team could write next. ${DATA_NOT_INSTRUCTIONS}

Rules for each idea:
- It grows out of one or two of the articles that did best, named by their ids: a question that they leave open, a next step, another reader. It repeats none of them and nothing that is planned.
- "title" has at most 90 characters. "goal" is one sentence: what it is to bring the reader. "keyword" is what somebody would search for, in one to four words.
- It names no number, person, quote or link that isn't in the articles. What is to be found out is for the team.
- Where campaigns are told, ideas help them too.

Shape: {"ideas": [{"title": "…", "goal": "…", "keyword": "…", "basedOn": ["B1"]}]}`,
  user: ({ count, language, best, campaigns, planned, persona, brandVoice }, fence) =>
    [
      `Suggest ${count} ideas in the language "${language}".`,
      ...(persona ? ["The reader:", fence("persona", describePersona(persona))] : []),
      ...(brandVoice ? ["How the brand speaks:", fence("voice", brandVoice)] : []),
      ...best.flatMap(({ id, title, excerpt }) => [`Did best, ${id}:`, fence("article", `${title}\n\n${excerpt}`)]),
      ...campaigns.flatMap(({ name, goal }) => ["A campaign:", fence("campaign", `${name}\n${goal}`)]),
      ...(planned.length > 0 ? ["Planned already:", fence("planned", planned.join("\n"))] : []),
    ].join("\n"),
};
