import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  PUBLIC,
  page,
  problems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { AltText, FileName, KINDS, PURPOSES } from "./shapes";

export * from "./folders/contract";
export * from "./uploads/contract";

const Variant = z.object({
  name: z.string(),
  contentType: z.string(),
  width: z.int(),
  height: z.int(),
  sizeBytes: z.int(),
});

const assetExample = {
  id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
  purpose: "Asset",
  kind: "Image",
  fileName: "spring.jpg",
  contentType: "image/jpeg",
  altText: "Tulips in the rain",
  folderId: null,
  sizeBytes: 48_211,
  sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  width: 1600,
  height: 1200,
  animated: false,
  variants: [{ name: "640.webp", contentType: "image/webp", width: 640, height: 480, sizeBytes: 21_004 }],
  revision: 1,
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
} as const;

export const Asset = z
  .object({
    id: Id,
    workspaceId: Id,
    purpose: z.enum(PURPOSES),
    kind: z.enum(KINDS),
    fileName: z.string(),
    contentType: z.string().openapi({ description: "As the content tells." }),
    altText: z.string(),
    folderId: Id.nullable(),
    sizeBytes: z.int(),
    sha256: z.string(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    animated: z.boolean(),
    variants: z.array(Variant),
    revision: z.int(),
    createdBy: Id,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Asset", { example: assetExample });
export const AssetPage = page(Asset).openapi("AssetPage");

export const ASSET_SORTS = ["-createdAt", "createdAt", "fileName", "-fileName"] as const;
export const ListAssets = z.strictObject({
  folder: z
    .union([Id, z.literal("root")])
    .optional()
    .openapi({ description: "A folder's id, or `root` for what is in none.", example: "root" }),
  q: z.string().trim().min(1).max(200).optional().openapi({ description: "Part of the name or of the alt text." }),
  type: z.enum(KINDS).optional(),
  purpose: z.enum(PURPOSES).default("Asset"),
  sort: z.enum(ASSET_SORTS).default("-createdAt"),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["assets"], security: SIGNED_IN };

export const listAssets = createRoute({
  ...base,
  operationId: "listAssets",
  method: "get",
  path: "/assets",
  summary: "List the library",
  request: { headers: inWorkspace, query: ListAssets },
  responses: { 200: json("A page of assets", AssetPage), ...memberProblems("invalid_cursor") },
});

export const getAsset = createRoute({
  ...base,
  operationId: "getAsset",
  method: "get",
  path: "/assets/{id}",
  summary: "Read what is known of an asset",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The asset", Asset), ...memberProblems() },
});

export const UpdateAsset = z
  .strictObject({
    fileName: FileName.optional(),
    altText: AltText.optional(),
    folderId: Id.nullable().optional(),
    baseRevision: z
      .int()
      .positive()
      .optional()
      .openapi({ description: "`revision` as it was read: where it has changed since, nothing is overwritten." }),
  })
  .openapi("UpdateAsset", { example: { altText: "Red tulips in the rain", baseRevision: 1 } });

export const updateAsset = createRoute({
  ...base,
  operationId: "updateAsset",
  method: "put",
  path: "/assets/{id}",
  summary: "Change an asset's name, alt text or folder; its bytes never change",
  request: { headers: inWorkspace, params: idParams, body: body(UpdateAsset) },
  responses: { 200: json("The asset", Asset), ...memberProblems("version_conflict", "invalid_json") },
});

export const removeAsset = createRoute({
  ...base,
  operationId: "removeAsset",
  method: "delete",
  path: "/assets/{id}",
  summary: "Remove an asset that nothing uses any more; older versions may still name it",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Removed" }, ...memberProblems("in_use") },
});

const usageExample = {
  kind: "Item",
  id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  versionNumbers: [2, 3],
  adaptationIds: [],
  inForce: true,
} as const;
export const AssetUse = z
  .object({
    kind: z.enum(["Item", "Page"]),
    id: Id,
    versionNumbers: z.array(z.int()),
    adaptationIds: z.array(Id),
    inForce: z.boolean().openapi({ description: "Whether the current version or a live page is among them." }),
  })
  .openapi("AssetUse", { example: usageExample });
export const AssetUsage = page(AssetUse)
  .extend({ branding: z.array(z.enum(["logo", "favicon"])) })
  .openapi("AssetUsage", { example: { items: [usageExample], nextCursor: null, branding: ["logo"] } });
export const ListAssetUsage = z.strictObject({ limit: Limit, cursor: Cursor });

export const listAssetUsage = createRoute({
  ...base,
  operationId: "listAssetUsage",
  method: "get",
  path: "/assets/{id}/usage",
  summary: "List the items and pages that use an asset",
  request: { headers: inWorkspace, params: idParams, query: ListAssetUsage },
  responses: { 200: json("A page of uses", AssetUsage), ...memberProblems("invalid_cursor") },
});

const VariantName = z
  .string()
  .regex(/^[a-z0-9]{1,20}\.(webp|jpg)$/)
  .optional()
  .openapi({
    description: "One of the asset's variants; the file as it was uploaded without it.",
    example: "640.webp",
  });
export const ContentQuery = z.strictObject({ variant: VariantName });

const file = (description: string) => ({
  description,
  content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary", example: "…" }) } },
});

export const getAssetContent = createRoute({
  ...base,
  operationId: "getAssetContent",
  method: "get",
  path: "/assets/{id}/content",
  summary: "Read an asset's bytes, or a range of them",
  request: { headers: inWorkspace, params: idParams, query: ContentQuery },
  responses: {
    200: file("The bytes, of the type that the asset has"),
    206: file("The range that was asked for"),
    304: { description: "They are what the client has" },
    ...memberProblems("range_not_satisfiable"),
  },
});

export const AssetAddress = z.object({ url: z.url(), expiresAt: Timestamp }).openapi("AssetAddress", {
  example: {
    url: "https://content.example.com/api/v1/assets/file?token=eyJhbGciOiJkaXIi",
    expiresAt: "2026-11-22T10:00:00.000Z",
  },
});

export const getAssetUrl = createRoute({
  ...base,
  operationId: "getAssetUrl",
  method: "get",
  path: "/assets/{id}/url",
  summary: "Make an address that shows an asset to whoever has it, for an hour",
  request: { headers: inWorkspace, params: idParams, query: ContentQuery },
  responses: { 200: json("The address", AssetAddress), ...memberProblems() },
});

export const getFile = createRoute({
  tags: ["assets"],
  security: PUBLIC,
  operationId: "getFile",
  method: "get",
  path: "/assets/file",
  summary: "Read the bytes that an address was made for",
  request: {
    query: z.strictObject({
      token: z
        .string()
        .min(1)
        .max(4_000)
        .openapi({ description: "As `GET assets/:id/url` gave it.", example: "eyJhbGciOiJkaXIi" }),
    }),
  },
  responses: {
    200: file("The bytes"),
    206: file("The range that was asked for"),
    304: { description: "They are what the client has" },
    ...problems("not_found", "range_not_satisfiable"),
  },
});
