import { Id, Instant, line, z } from "./contract";
import { SENTENCES } from "./issue-rules";

/** An article of 3,000 words has about 20,000. */
export const MAX_BODY_CHARS = 400_000;
export const Body = z.string().max(MAX_BODY_CHARS);
export const Title = line(300);

/** What goes out beside title and body. */
export const ContentMetadata = z
  .strictObject({
    excerpt: z.string().trim().max(500).optional(),
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, SENTENCES.slug)
      .max(120)
      .optional(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, SENTENCES.language)
      .optional(),
    description: z.string().trim().max(320).optional(),
    keyword: z.string().trim().max(120).optional(),
    canonicalUrl: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .optional(),
    imageAssetId: Id.optional().openapi({ description: "The image of the library that stands for the whole." }),
    firstPublishedAt: Instant.optional().openapi({ description: "Of what was out elsewhere before it came here." }),
  })
  .openapi("ContentMetadata", { example: { excerpt: "What spring brings.", slug: "spring-launch", language: "en" } });
export type ContentMetadata = z.output<typeof ContentMetadata>;
