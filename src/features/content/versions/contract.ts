import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  creates,
  Id,
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

/** Markdown of at most 400,000 characters; an article of 3,000 words has about 20,000. */
export const Body = z.string().max(400_000);
export const Title = line(300);

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
    imageAssetId: Id.optional().openapi({ description: "The image of the library that stands for the whole." }),
  })
  .openapi("ContentMetadata", { example: { excerpt: "What spring brings.", slug: "spring-launch", language: "en" } });
export type ContentMetadata = z.output<typeof ContentMetadata>;

/** Files of the library that the text names as `asset:<id>`, and the image of its metadata. */
export const VersionAssets = z.array(z.object({ id: Id, sha256: z.string(), altText: z.string() }));

export const ContentVersion = z
  .object({
    id: Id,
    contentItemId: Id,
    versionNumber: z.int(),
    title: z.string(),
    body: z.string(),
    metadata: ContentMetadata,
    assets: VersionAssets,
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
      assets: [],
      contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });

const ContentVersionSummary = ContentVersion.omit({ body: true, metadata: true, assets: true }).openapi(
  "ContentVersionSummary",
  {
    example: {
      id: "4d1c2b3a-0000-4000-8000-000000000001",
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      versionNumber: 2,
      title: "Spring launch",
      contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  },
);
export const ContentVersionPage = page(ContentVersionSummary).openapi("ContentVersionPage");

export const SaveVersion = z
  .strictObject({
    body: Body,
    title: Title.optional(),
    metadata: ContentMetadata.optional(),
    baseVersion: z.int().positive(),
  })
  .openapi("SaveVersion", { example: { body: "# Spring\n\nIt is here, and warm.", baseVersion: 1 } });

const base = { tags: ["content"], security: SIGNED_IN };

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
