import { createRoute } from "@hono/zod-openapi";
import { body, creates, Id, json, memberProblems, SIGNED_IN, z } from "@/platform/contract";
import { ContentMetadata } from "@/platform/writing";
import { AI_PROBLEMS, AiCredits, STREAMED } from "../headline/contract";

export const REWRITE_WAYS = ["Rewrite", "Shorten", "Expand", "Simplify", "Translate"] as const;
export type RewriteWay = (typeof REWRITE_WAYS)[number];

/** What a model can answer in the time that a request has, in UTF-16 code units of Markdown. */
export const MAX_PASSAGE_CHARS = 12_000;

const Language = ContentMetadata.shape.language.unwrap();

export const RewriteText = z
  .strictObject({
    text: z.string().min(1).max(MAX_PASSAGE_CHARS).regex(/\S/, "Some words to rewrite.").openapi({
      description: "The Markdown of a selection, or of the whole text.",
    }),
    way: z.enum(REWRITE_WAYS),
    contentItemId: Id.optional().openapi({ description: "What else it may say is what this item says." }),
    language: Language.optional().openapi({ description: "To translate into; needed for that alone." }),
    personaId: Id.optional(),
  })
  .refine(({ way, language }) => (way === "Translate") === (language !== undefined), {
    path: ["language"],
    message: "A translation needs the language to translate into, and nothing else has one.",
  })
  .openapi("RewriteText", {
    example: { text: "Roses **want** to be pruned when spring is there.", way: "Shorten" },
  });

export const REWRITE_CHECKS = ["links", "mentions", "numbers", "names", "structure", "length"] as const;

export const RewriteCheck = z
  .object({
    id: z.enum(REWRITE_CHECKS),
    status: z.enum(["Pass", "Warn"]),
    evidence: z.array(z.string()).openapi({ description: "What the text had and the answer hasn't, 20 at most." }),
  })
  .openapi("RewriteCheck");

export const Rewritten = z
  .object({
    generationId: Id,
    text: z.string().openapi({ description: "Markdown, to be put in the place of what was sent." }),
    checks: z.array(RewriteCheck),
    model: z.string(),
    credits: AiCredits,
  })
  .openapi("Rewritten", {
    example: {
      generationId: "7a2d3c4b-0000-4000-8000-000000000001",
      text: "Prune roses **in** spring.",
      checks: [{ id: "links", status: "Pass", evidence: [] }],
      model: "mistralai/mistral-small",
      credits: { used: 1, remaining: 86, low: false },
    },
  });

export const rewriteText = createRoute({
  tags: ["ai"],
  security: SIGNED_IN,
  operationId: "rewriteText",
  method: "post",
  path: "/ai/rewrite",
  summary: "Rewrite, shorten, expand, simplify or translate a passage",
  description: `Nothing is changed: whoever asked takes the answer over, or doesn't. It has no number, name, quote, link, image, code or HTML that neither the passage nor the item has, or it is refused; what it lost of them is told in \`checks\`. ${STREAMED}`,
  request: { headers: creates, body: body(RewriteText) },
  responses: { 200: json("The passage, rewritten", Rewritten), ...memberProblems(...AI_PROBLEMS) },
});
