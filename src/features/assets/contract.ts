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
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { MAX_NAME_CHARS } from "./file-types";

const PURPOSES = ["Asset", "Import"] as const;
const KINDS = ["Image", "Video", "Audio", "Document", "Text", "Archive"] as const;
const STATUSES = ["Open", "Processing", "Ready", "Refused", "Aborted"] as const;

/** A name and no path: neither slashes nor what a terminal or a header would take for a command. */
const FileName = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME_CHARS)
  .regex(/^[^/\\\p{Cc}\p{Zl}\p{Zp}]+$/u, "A name without slashes and control characters.")
  .refine((name) => !/^\.+$/.test(name), "A name, and not only dots.");
const AltText = z.string().trim().max(1_000);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits in lower case.");
const ContentType = z.string().trim().min(3).max(200);

const Part = z.object({
  number: z.int(),
  sizeBytes: z.int(),
  received: z.boolean(),
  method: z.literal("PUT").optional(),
  url: z.url().optional().openapi({ description: "Send exactly these bytes of the file here, with these headers." }),
  headers: z.record(z.string(), z.string()).optional(),
});

const uploadExample = {
  id: "8b1c2d3e-0000-4000-8000-000000000001",
  status: "Open",
  purpose: "Asset",
  fileName: "spring.jpg",
  contentType: "image/jpeg",
  sizeBytes: 48_211,
  partBytes: 5_242_880,
  parts: [
    {
      number: 1,
      sizeBytes: 48_211,
      received: false,
      method: "PUT",
      url: "https://content.example.com/api/v1/assets/uploads/8b1c2d3e-0000-4000-8000-000000000001/parts/1?token=…",
      headers: { "content-type": "image/jpeg" },
    },
  ],
  reason: null,
  assetId: null,
  createdAt: "2026-11-22T09:00:00.000Z",
  expiresAt: "2026-11-23T09:00:00.000Z",
} as const;

export const Upload = z
  .object({
    id: Id,
    status: z.enum(STATUSES),
    purpose: z.enum(PURPOSES),
    fileName: z.string(),
    contentType: z.string(),
    sizeBytes: z.int(),
    partBytes: z.int().openapi({ description: "Every part has so many bytes; the last one what is left." }),
    parts: z.array(Part).openapi({
      description:
        "In an open upload, those that have not been received say where to send them. Empty in the repeated answer to a request with the same key: read the upload instead.",
    }),
    reason: z.string().nullable().openapi({ description: "Why it was refused." }),
    assetId: Id.nullable().openapi({ description: "What came of it, once it is Ready." }),
    createdAt: Timestamp,
    expiresAt: Timestamp,
  })
  .openapi("Upload", { example: uploadExample });

export const CreateUpload = z
  .strictObject({
    fileName: FileName,
    contentType: ContentType,
    sizeBytes: z.int().min(1),
    sha256: Sha256.optional().openapi({ description: "Of the whole file: it is refused where it arrives otherwise." }),
    purpose: z.enum(PURPOSES).default("Asset"),
    altText: AltText.default(""),
    folderId: Id.optional(),
  })
  .openapi("CreateUpload", {
    example: { fileName: "spring.jpg", contentType: "image/jpeg", sizeBytes: 48_211, altText: "Tulips in the rain" },
  });

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

export const createUpload = createRoute({
  ...base,
  operationId: "createUpload",
  method: "post",
  path: "/assets/uploads",
  summary: "Begin to upload a file: the answer says where its parts go",
  request: { headers: creates, body: body(CreateUpload) },
  responses: {
    201: json("The open upload", Upload),
    ...memberProblems("idempotency_key_reused", "invalid_json", "too_large", "unsupported_media_type"),
  },
});

export const getUpload = createRoute({
  ...base,
  operationId: "getUpload",
  method: "get",
  path: "/assets/uploads/{id}",
  summary: "Read an upload of one's own: what has arrived, where the rest goes, and what came of it",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The upload", Upload), ...memberProblems() },
});

export const completeUpload = createRoute({
  ...base,
  operationId: "completeUpload",
  method: "post",
  path: "/assets/uploads/{id}/complete",
  summary: "Say that all parts were sent: the file is checked and becomes an asset",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The upload", Upload), ...memberProblems("upload_closed", "upload_incomplete") },
});

export const abortUpload = createRoute({
  ...base,
  operationId: "abortUpload",
  method: "delete",
  path: "/assets/uploads/{id}",
  summary: "Give an open upload up",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Given up" }, ...memberProblems("upload_closed") },
});

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
