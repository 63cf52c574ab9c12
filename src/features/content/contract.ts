import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  creates,
  Id,
  Instant,
  idParams,
  inWorkspace,
  json,
  Limit,
  line,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export const STATUSES = ["Draft", "InReview", "Approved", "Published"] as const;
export const ContentStatus = z.enum(STATUSES).openapi("ContentStatus");

/** Markdown of at most 400,000 characters; an article of 3,000 words has about 20,000. */
const Body = z.string().max(400_000);
const Title = line(300);

/** What goes out beside title and body. */
export const ContentMetadata = z
  .strictObject({
    excerpt: z.string().trim().max(500).optional(),
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Lower-case letters, digits and single hyphens.")
      .max(120)
      .optional(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "A BCP 47 language tag, such as en or de-AT.")
      .optional(),
    description: z.string().trim().max(320).optional(),
    keyword: z.string().trim().max(120).optional(),
    canonicalUrl: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .optional(),
  })
  .openapi("ContentMetadata", { example: { excerpt: "What spring brings.", slug: "spring-launch", language: "en" } });
export type ContentMetadata = z.output<typeof ContentMetadata>;

const itemExample = {
  id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
  title: "Spring launch",
  status: "Draft",
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  assigneeId: null,
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
  publishedAt: null,
  archivedAt: null,
  currentVersion: {
    versionNumber: 1,
    contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  },
} as const;

const CurrentVersion = z.object({ versionNumber: z.int(), contentHash: z.string() });

export const ContentItem = z
  .object({
    id: Id,
    workspaceId: Id,
    title: z.string(),
    status: ContentStatus,
    createdBy: Id,
    assigneeId: Id.nullable(),
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
      updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  },
});

export const ContentVersion = z
  .object({
    id: Id,
    contentItemId: Id,
    versionNumber: z.int(),
    title: z.string(),
    body: z.string(),
    metadata: ContentMetadata,
    contentHash: z.string(),
    updatedBy: Id,
    updatedAt: Timestamp,
  })
  .openapi("ContentVersion", {
    example: {
      id: "4d1c2b3a-0000-4000-8000-000000000001",
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      versionNumber: 2,
      title: "Spring launch",
      body: "# Spring\n\nIt is here.",
      metadata: {},
      contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });

const ContentVersionSummary = ContentVersion.omit({ body: true, metadata: true }).openapi("ContentVersionSummary", {
  example: {
    id: "4d1c2b3a-0000-4000-8000-000000000001",
    contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
    versionNumber: 2,
    title: "Spring launch",
    contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
    updatedAt: "2026-11-22T09:00:00.000Z",
  },
});

const Part = z.strictObject({ text: z.string().min(1).max(10_000) });
const Parts = z.array(Part).min(1).max(50);

export const Adaptation = z
  .object({
    id: Id,
    contentItemId: Id,
    versionNumber: z.int(),
    channelId: Id,
    parts: z.array(z.object({ text: z.string() })),
    contentHash: z.string(),
    findings: z.array(
      z.object({
        severity: z.enum(["Error", "Warning"]),
        code: z.string(),
        message: z.string(),
        position: z.int().optional(),
      }),
    ),
    createdBy: Id,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Adaptation", {
    example: {
      id: "6e2d3c4b-0000-4000-8000-000000000001",
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      versionNumber: 2,
      channelId: "9d3c1b2a-0000-4000-8000-000000000001",
      parts: [{ text: "Spring is here." }],
      contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      findings: [],
      createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      createdAt: "2026-11-22T09:00:00.000Z",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });

export const ContentItemPage = page(ContentItem).openapi("ContentItemPage");
export const ContentVersionPage = page(ContentVersionSummary).openapi("ContentVersionPage");
export const AdaptationPage = page(Adaptation).openapi("AdaptationPage");

export const CreateContent = z
  .strictObject({
    title: Title,
    body: Body.default(""),
    metadata: ContentMetadata.default({}),
    assigneeId: Id.optional(),
  })
  .openapi("CreateContent", { example: { title: "Spring launch", body: "# Spring\n\nIt is here." } });

export const UpdateContent = z
  .strictObject({
    title: Title.optional(),
    metadata: ContentMetadata.optional(),
    assigneeId: Id.nullable().optional(),
    baseVersion: z.int().positive().optional(),
  })
  .openapi("UpdateContent", { example: { title: "Spring launch, at last" } });

export const SaveVersion = z
  .strictObject({
    body: Body,
    title: Title.optional(),
    metadata: ContentMetadata.optional(),
    baseVersion: z.int().positive(),
  })
  .openapi("SaveVersion", { example: { body: "# Spring\n\nIt is here, and warm.", baseVersion: 1 } });

export const SORTS = ["-createdAt", "createdAt", "-updatedAt", "updatedAt", "title", "-title"] as const;

export const ListContent = z.strictObject({
  status: ContentStatus.optional(),
  q: z.string().trim().min(1).max(200).optional().openapi({ description: "Words of the title." }),
  author: Id.optional(),
  createdFrom: Instant.optional().openapi({ description: "Made at this time or later." }),
  createdTo: Instant.optional().openapi({ description: "Made before this time." }),
  archived: z.enum(["true", "false"]).default("false"),
  sort: z.enum(SORTS).default("-createdAt"),
  limit: Limit,
  cursor: Cursor,
});

const tags = ["content"];
const security = SIGNED_IN;
const base = { tags, security } as const;

export const createContent = createRoute({
  ...base,
  operationId: "createContent",
  method: "post",
  path: "/content",
  summary: "Create a draft, with its first version",
  request: { headers: creates, body: body(CreateContent) },
  responses: {
    201: json("The new item", ContentItem),
    ...memberProblems("idempotency_key_reused", "invalid_json", "too_large"),
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
  summary: "Change title, metadata or assignee; what goes out makes a new version",
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

const versionParams = z.strictObject({
  id: Id,
  versionNumber: z.coerce
    .number()
    .int()
    .positive()
    .max(2_147_483_647)
    .openapi({ description: "From 1, without gaps.", example: 1 }),
});

export const listVersions = createRoute({
  ...base,
  operationId: "listVersions",
  method: "get",
  path: "/content/{id}/versions",
  summary: "List an item's versions, newest first",
  request: { headers: inWorkspace, params: idParams, query: z.strictObject({ limit: Limit, cursor: Cursor }) },
  responses: {
    200: json("A page of versions", ContentVersionPage),
    ...memberProblems("invalid_cursor"),
  },
});

export const getVersion = createRoute({
  ...base,
  operationId: "getVersion",
  method: "get",
  path: "/content/{id}/versions/{versionNumber}",
  summary: "Read one version",
  request: { headers: inWorkspace, params: versionParams },
  responses: { 200: json("The version", ContentVersion), ...memberProblems() },
});

export const saveVersion = createRoute({
  ...base,
  operationId: "saveVersion",
  method: "post",
  path: "/content/{id}/versions",
  summary: "Save a new version, based on the one that was read",
  request: { headers: creates, params: idParams, body: body(SaveVersion) },
  responses: {
    201: json("The new version", ContentVersion),
    ...memberProblems("version_conflict", "archived", "idempotency_key_reused"),
  },
});

const adaptationParams = z.strictObject({ id: Id, adaptationId: Id });

export const listAdaptations = createRoute({
  ...base,
  operationId: "listAdaptations",
  method: "get",
  path: "/content/{id}/adaptations",
  summary: "List an item's adaptations",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The adaptations", AdaptationPage), ...memberProblems() },
});

export const createAdaptation = createRoute({
  ...base,
  operationId: "createAdaptation",
  method: "post",
  path: "/content/{id}/adaptations",
  summary: "Rewrite the current version for one channel, by hand",
  request: {
    headers: creates,
    params: idParams,
    body: body(
      z.strictObject({ channelId: Id, parts: Parts }).openapi("CreateAdaptation", {
        example: { channelId: "9d3c1b2a-0000-4000-8000-000000000001", parts: [{ text: "Spring is here." }] },
      }),
    ),
  },
  responses: { 201: json("The adaptation", Adaptation), ...memberProblems("archived", "idempotency_key_reused") },
});

export const updateAdaptation = createRoute({
  ...base,
  operationId: "updateAdaptation",
  method: "put",
  path: "/content/{id}/adaptations/{adaptationId}",
  summary: "Change an adaptation's parts",
  request: {
    headers: inWorkspace,
    params: adaptationParams,
    body: body(
      z
        .strictObject({ parts: Parts })
        .openapi("UpdateAdaptation", { example: { parts: [{ text: "Spring is here." }] } }),
    ),
  },
  responses: { 200: json("The adaptation", Adaptation), ...memberProblems("archived") },
});
