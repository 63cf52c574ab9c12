import { createRoute } from "@hono/zod-openapi";
import {
  Cursor,
  Id,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

const KINDS = ["Item", "Comment", "Asset"] as const;
const STATUSES = ["Draft", "InReview", "Approved", "Published"] as const;

/** Text in pieces, so that nobody has to trust markup: what matched is marked, the rest isn't. */
const Segment = z.object({ text: z.string(), match: z.boolean() });
export type Segment = z.output<typeof Segment>;

const hitExample = {
  kind: "Item",
  id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  threadId: null,
  title: "Spring launch",
  status: "Draft",
  authorId: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  score: 3,
  highlights: {
    title: [
      { text: "Spring", match: true },
      { text: " launch", match: false },
    ],
    text: [{ text: "It is here.", match: false }],
  },
  updatedAt: "2026-11-22T09:00:00.000Z",
  archivedAt: null,
} as const;

export const SearchHit = z
  .object({
    kind: z.enum(KINDS),
    id: Id,
    contentItemId: Id.nullable().openapi({ description: "The item that it is, or is about." }),
    threadId: Id.nullable().openapi({ description: "Of a comment." }),
    title: z.string().openapi({ description: "Of a comment: its item's." }),
    status: z.enum(STATUSES).nullable().openapi({ description: "Of an item." }),
    authorId: Id.nullable(),
    score: z
      .int()
      .min(1)
      .max(4)
      .openapi({ description: "4: the title as a whole; 3: in the title; 2: what it is about; 1: it is mentioned." }),
    highlights: z.object({ title: z.array(Segment), text: z.array(Segment) }),
    updatedAt: Timestamp,
    archivedAt: Timestamp.nullable(),
  })
  .openapi("SearchHit", { example: hitExample });

export const SearchPage = page(SearchHit)
  .extend({ total: z.int().openapi({ description: "How many there are on all pages." }) })
  .openapi("SearchPage", { example: { items: [hitExample], total: 1, nextCursor: null } });

const Kinds = z
  .string()
  .regex(/^(Item|Comment|Asset)(,(Item|Comment|Asset)){0,2}$/, "Item, Comment and Asset, with commas between.")
  .transform((kinds) => kinds.split(",") as (typeof KINDS)[number][])
  .optional()
  .openapi({ description: "Which kinds are looked for; all, unless said.", example: "Item,Comment" });

export const Search = z.strictObject({
  q: z.string().trim().min(1).max(300).openapi({
    description:
      'Words that must all be there; the last one may go on. "In quotes": as it stands. -word: what must not be there.',
    example: "spring launch",
  }),
  kinds: Kinds,
  status: z.enum(STATUSES).optional().openapi({ description: "Of items; nothing else has one." }),
  author: Id.optional().openapi({ description: "Who made the item, wrote the comment or brought the file." }),
  archived: z
    .enum(["true", "false"])
    .default("false")
    .openapi({ description: "Archived items and what was said about them, instead of the others." }),
  limit: Limit,
  cursor: Cursor,
});

export const search = createRoute({
  tags: ["search"],
  security: SIGNED_IN,
  operationId: "search",
  method: "get",
  path: "/search",
  summary: "Find what was written: the best first, and of equals the newest",
  request: { headers: inWorkspace, query: Search },
  responses: { 200: json("A page of what was found", SearchPage), ...memberProblems("invalid_cursor") },
});
