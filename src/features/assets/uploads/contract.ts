import { createRoute } from "@hono/zod-openapi";
import {
  body,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  memberProblems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { AltText, FileName, PURPOSES } from "../shapes";

const STATUSES = ["Open", "Processing", "Ready", "Refused", "Aborted"] as const;
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
      url: "https://content.example.com/api/v1/assets/uploads/8b1c2d3e-0000-4000-8000-000000000001/parts/1?token=eyJhbGciOiJkaXIi",
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
    ...memberProblems(
      "idempotency_key_reused",
      "invalid_json",
      "too_large",
      "unsupported_media_type",
      "storage_missing",
    ),
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
