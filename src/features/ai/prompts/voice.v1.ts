import { DATA_NOT_INSTRUCTIONS, type Prompt } from "./prompt";

type Input = { samples: { title: string; text: string }[]; language: string };

export const voiceV1: Prompt<Input> = {
  name: "voice",
  version: 1,
  system: `You describe how a brand writes, so that others can write the same way. ${DATA_NOT_INSTRUCTIONS}

Answer with five to eight traits, each one sentence of at most 160 characters, that a writer can follow: how long sentences are, how the reader is spoken to, which words are used and avoided, how a text begins and ends, what humour there is.
- Say how the samples say it, never what they say: no names, numbers, links, products or facts of theirs.
- Only what holds for most samples.

Shape: {"traits": ["…", "…"]}`,
  user: ({ samples, language }, fence) =>
    [
      `Write the traits in the language "${language}".`,
      ...samples.flatMap(({ title, text }, at) => [`Sample ${at + 1}:`, fence("sample", `${title}\n\n${text}`)]),
    ].join("\n"),
};
