import { createRoute } from "@hono/zod-openapi";
import { body, creates, Id, json, line, memberProblems, SIGNED_IN, z } from "@/platform/contract";
import { Body, ContentMetadata, Title } from "@/platform/writing";
import { AI_PROBLEMS, AiCredits } from "../headline/contract";
import { CATEGORIES, CHECK_IDS, SKIPPED_BECAUSE } from "./table";

const Field = z.enum(["title", "description", "slug", "body"]);
const Passage = z.object({
  field: Field,
  start: z.int().openapi({ description: "In UTF-16 code units of the field as it was sent or stored." }),
  end: z.int(),
  quote: z.string().openapi({ description: "The beginning of it, up to 200 characters." }),
});
const Status = z.enum(["Pass", "Warn", "Fail"]);

export const SeoCheck = z
  .object({
    id: z.enum(CHECK_IDS),
    category: z.enum(CATEGORIES),
    weight: z.int().openapi({ description: "What it counts for in the score: 1, 2 or 3." }),
    status: Status,
    reason: z
      .string()
      .openapi({ description: "Which of the check's sentences it is: stable, for who says it in other words." }),
    message: z.string(),
    evidence: z.object({
      params: z
        .record(z.string(), z.union([z.number(), z.string()]))
        .openapi({ description: "What was measured, by the names that the sentence has for it." }),
      passages: z.array(Passage).openapi({ description: "The first 20 places that the check speaks of." }),
      passageCount: z.int(),
      items: z
        .array(z.object({ id: Id, title: z.string() }))
        .openapi({ description: "Other items that it speaks of, 10 at most." }),
    }),
  })
  .openapi("SeoCheck");

export const SeoSuggestion = z
  .object({
    kind: z.enum(["SearchIntent", "MissingQuestion", "Rewrite"]),
    text: z.string(),
    intent: z.enum(["Informational", "Commercial", "Transactional", "Navigational"]).optional(),
    field: z.enum(["title", "description"]).optional().openapi({ description: "What a rewrite is of." }),
    widthPx: z.int().optional().openapi({ description: "Of a rewrite, as a result page sets it." }),
  })
  .openapi("SeoSuggestion");

export const SeoAnalysis = z
  .object({
    score: z.int().min(0).max(100),
    categories: z.array(z.object({ id: z.enum(CATEGORIES), score: z.int() })),
    language: z.object({
      code: z.string().openapi({ description: "Its two letters; `und` where it isn't known." }),
      source: z.enum(["Given", "Item", "Detected", "Workspace"]),
      judged: z.boolean().openapi({ description: "Whether sentences of this language are judged: en, de, es and fr." }),
    }),
    keyword: z.string().openapi({ description: "Empty where none was chosen." }),
    counts: z.object({ words: z.int(), sentences: z.int(), paragraphs: z.int(), readingEase: z.number().nullable() }),
    isWhole: z.boolean().openapi({
      description: "Whether all of the text was judged: of more than 100,000 characters, the beginning is.",
    }),
    checks: z.array(SeoCheck).openapi({ description: "What failed first, and of that what counts most." }),
    skipped: z.array(z.object({ id: z.enum(CHECK_IDS), because: z.enum(SKIPPED_BECAUSE) })),
    suggestions: z.array(SeoSuggestion).optional(),
    asked: z
      .object({ generationId: Id, model: z.string(), credits: AiCredits })
      .optional()
      .openapi({ description: "Of the model, where one was asked." }),
  })
  .openapi("SeoAnalysis", {
    example: {
      score: 74,
      categories: [{ id: "Keyword", score: 80 }],
      language: { code: "en", source: "Item", judged: true },
      keyword: "spring menu",
      counts: { words: 412, sentences: 31, paragraphs: 9, readingEase: 63.4 },
      isWhole: true,
      checks: [
        {
          id: "passive-voice",
          category: "Readability",
          weight: 1,
          status: "Warn",
          reason: "some",
          message: "3 sentences (12%) are passive. Say who does it.",
          evidence: {
            params: { count: 3, percent: 12 },
            passages: [{ field: "body", start: 120, end: 151, quote: "The menu was written by Harriet." }],
            passageCount: 1,
            items: [],
          },
        },
      ],
      skipped: [{ id: "freshness", because: "NotPublished" }],
    },
  });

export const AnalyzeSeo = z
  .strictObject({
    contentItemId: Id.optional(),
    text: Body.optional().openapi({
      description: "Markdown. With an item: what stands for its saved text, such as a draft.",
    }),
    title: Title.optional().openapi({ description: "For the item's own, or with a text." }),
    description: ContentMetadata.shape.description.openapi({ description: "For the item's own, or with a text." }),
    slug: ContentMetadata.shape.slug,
    language: ContentMetadata.shape.language.openapi({
      description: "For the item's own, or with a text; told from the text where none is said.",
    }),
    keyword: line(120).optional().openapi({ description: "For that of the item's brief." }),
    useModel: z.boolean().default(false).openapi({ description: "Adds a model's suggestions." }),
  })
  .refine(({ contentItemId, text }) => contentItemId !== undefined || text !== undefined, {
    path: ["text"],
    error: "Give an item, a text, or both.",
  })
  .openapi("AnalyzeSeo", {
    example: { text: "# Spring\n\nThe spring menu is here.", title: "The spring menu", keyword: "spring menu" },
  });

export const analyzeSeo = createRoute({
  tags: ["ai"],
  security: SIGNED_IN,
  operationId: "analyzeSeo",
  method: "post",
  path: "/ai/seo",
  summary: "Check how an item or a text will be found and read",
  description:
    "Computed here, which costs no credit. With `useModel`, a model adds what somebody wants who searches for it, questions that the text leaves open, and titles and descriptions that a result page shows in full.",
  request: { headers: creates, body: body(AnalyzeSeo) },
  responses: {
    200: json("Score and checks", SeoAnalysis),
    ...memberProblems(...AI_PROBLEMS, "too_large"),
  },
});
