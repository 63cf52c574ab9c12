import { createRoute } from "@hono/zod-openapi";
import { TagIds, TagOfItem } from "@/features/planning/contract";
import {
  body,
  Counting,
  Cursor,
  creates,
  Id,
  Instant,
  idParams,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { SENTENCES } from "@/platform/issue-rules";
import { Body, ContentMetadata, Title } from "@/platform/writing";
import { VersionAssets } from "./versions/contract";

export * from "./adaptations/contract";
export * from "./briefs/contract";
export * from "./changes/contract";
export * from "./drafts/contract";
export * from "./labels/contract";
export * from "./versions/contract";

export const STATUSES = ["Draft", "InReview", "Approved", "Published"] as const;
export const ContentStatus = z.enum(STATUSES).openapi("ContentStatus");

const itemExample = {
  id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
  title: "Spring launch",
  status: "Draft",
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  assigneeId: null,
  dueAt: "2026-11-27T16:00:00.000Z",
  campaignId: null,
  tags: [{ id: "8b1c2b3a-0000-4000-8000-000000000005", name: "Customer story", color: "#0a6b5e" }],
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
  publishedAt: null,
  archivedAt: null,
  currentVersion: {
    versionNumber: 1,
    contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  },
};

const CurrentVersion = z.object({ versionNumber: z.int(), contentHash: z.string() });

export const ContentItem = z
  .object({
    id: Id,
    workspaceId: Id,
    title: z.string(),
    status: ContentStatus,
    createdBy: Id,
    assigneeId: Id.nullable(),
    dueAt: Timestamp.nullable(),
    campaignId: Id.nullable(),
    tags: z.array(TagOfItem),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    publishedAt: Timestamp.nullable(),
    archivedAt: Timestamp.nullable(),
    currentVersion: CurrentVersion,
  })
  .openapi("ContentItem", { example: itemExample });

export const ContentItemWithBody = ContentItem.extend({
  currentVersion: CurrentVersion.extend({
    body: z.string(),
    metadata: ContentMetadata,
    assets: VersionAssets,
    updatedBy: Id,
    updatedAt: Timestamp,
  }),
}).openapi("ContentItemWithBody", {
  example: {
    ...itemExample,
    currentVersion: {
      ...itemExample.currentVersion,
      body: "# Spring\n\nIt is here.",
      metadata: { language: "en" },
      assets: [],
      updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  },
});

export const ContentItemPage = page(ContentItem).openapi("ContentItemPage");

/** An item's place in the plan: none of it goes out, so that a change of it makes no version. */
const plan = {
  dueAt: Instant.nullable().optional().openapi({ description: "When it is to be out." }),
  campaignId: Id.nullable().optional(),
  tagIds: TagIds.optional().openapi({ description: "All the tags that it is to have." }),
  assigneeId: Id.nullable().optional(),
};

export const CreateContent = z
  .strictObject({
    title: Title.optional().openapi({ description: "May be left out where a template gives it." }),
    body: Body.optional(),
    metadata: ContentMetadata.optional(),
    ...plan,
    templateId: Id.optional().openapi({
      description: "What it begins with: title, body, metadata, brief, campaign and tags, as far as they aren't given.",
    }),
  })
  .refine(({ title, templateId }) => title !== undefined || templateId !== undefined, {
    path: ["title"],
    error: SENTENCES.title_or_template,
  })
  .openapi("CreateContent", { example: { title: "Spring launch", body: "# Spring\n\nIt is here." } });

export const UpdateContent = z
  .strictObject({
    title: Title.optional(),
    metadata: ContentMetadata.optional(),
    ...plan,
    baseVersion: Counting.optional(),
  })
  .openapi("UpdateContent", { example: { title: "Spring launch, at last" } });

const SORTS = ["createdAt", "updatedAt", "dueAt", "title"] as const;
export type SortColumn = (typeof SORTS)[number];

/** Several may be given, as `tag=…&tag=…` or `tag=…,…`. */
const Tags = z.preprocess(
  (given) =>
    given === undefined ? given : [given].flat().flatMap((each) => (typeof each === "string" ? each.split(",") : each)),
  z
    .array(Id)
    .max(10)
    .transform((ids) => [...new Set(ids)])
    .optional()
    .openapi({ description: "Items that have this tag; of several, repeated or with commas between, all of them." }),
);

export const ListContent = z.strictObject({
  status: ContentStatus.optional(),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .openapi({ description: "Words of the title, each of which may go on: `spr lau` finds Spring launch." }),
  author: Id.optional(),
  assignee: z
    .union([z.enum(["me", "none"]), Id], { error: "The id of a member, me, or none." })
    .optional()
    .openapi({ description: "The id of a member, `me`, or `none`." }),
  tag: Tags,
  campaign: Id.optional(),
  persona: Id.optional(),
  createdFrom: Instant.optional().openapi({ description: "Made at this time or later." }),
  createdTo: Instant.optional().openapi({ description: "Made before this time." }),
  dueFrom: Instant.optional().openapi({ description: "Due at this time or later." }),
  dueTo: Instant.optional().openapi({ description: "Due before this time." }),
  overdue: z
    .enum(["true", "false"])
    .default("false")
    .openapi({ description: "`true`: those whose due date has passed and that aren't Published." }),
  archived: z.enum(["true", "false"]).default("false"),
  sort: z
    .enum(SORTS.flatMap((column) => [column, `-${column}`] as const))
    .default("-createdAt")
    .openapi({ description: "What has no due date comes last, in either direction." }),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["content"], security: SIGNED_IN };

export const createContent = createRoute({
  ...base,
  operationId: "createContent",
  method: "post",
  path: "/content",
  summary: "Create a draft, with its first version",
  request: { headers: creates, body: body(CreateContent) },
  responses: {
    201: json("The new item", ContentItem),
    ...memberProblems("archived", "idempotency_key_reused", "invalid_json", "too_large"),
  },
});

export const listContent = createRoute({
  ...base,
  operationId: "listContent",
  method: "get",
  path: "/content",
  summary: "List content items",
  request: { headers: inWorkspace, query: ListContent },
  responses: { 200: json("A page of items", ContentItemPage), ...memberProblems("invalid_cursor") },
});

export const getContent = createRoute({
  ...base,
  operationId: "getContent",
  method: "get",
  path: "/content/{id}",
  summary: "Read an item with its current version",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The item", ContentItemWithBody), ...memberProblems() },
});

export const updateContent = createRoute({
  ...base,
  operationId: "updateContent",
  method: "put",
  path: "/content/{id}",
  summary: "Change title, metadata or its place in the plan; what goes out makes a new version",
  request: { headers: inWorkspace, params: idParams, body: body(UpdateContent) },
  responses: { 200: json("The item", ContentItem), ...memberProblems("version_conflict", "archived") },
});

export const archiveContent = createRoute({
  ...base,
  operationId: "archiveContent",
  method: "post",
  path: "/content/{id}/archive",
  summary: "Take an item off the lists; nothing is lost",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The item", ContentItem), ...memberProblems("archived") },
});

export const restoreContent = createRoute({
  ...base,
  operationId: "restoreContent",
  method: "post",
  path: "/content/{id}/restore",
  summary: "Bring an archived item back",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The item", ContentItem), ...memberProblems("conflict") },
});
