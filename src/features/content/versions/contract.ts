import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Counting,
  Cursor,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  line,
  MAX_INTEGER,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { Body, ContentMetadata, Title } from "@/platform/writing";

export { ContentMetadata };

const summaryExample = {
  id: "4d1c2b3a-0000-4000-8000-000000000001",
  contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  versionNumber: 2,
  title: "Spring launch",
  contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  labels: ["Sent to client"],
  updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  updatedAt: "2026-11-22T09:00:00.000Z",
};
const versionExample = { ...summaryExample, body: "# Spring\n\nIt is here.", metadata: {}, assets: [] };

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
    labels: z.array(z.string()),
    updatedBy: Id,
    updatedAt: Timestamp,
  })
  .openapi("ContentVersion", { example: versionExample });

/** A version that was just saved. */
export const SavedVersion = ContentVersion.extend({
  merged: z.boolean().openapi({ description: "Whether it also has what somebody else had saved meanwhile." }),
}).openapi("SavedVersion", { example: { ...versionExample, labels: [], merged: false } });

const ContentVersionSummary = ContentVersion.omit({ body: true, metadata: true, assets: true }).openapi(
  "ContentVersionSummary",
  { example: summaryExample },
);
export const ContentVersionPage = page(ContentVersionSummary).openapi("ContentVersionPage");

/** What was written, and the version that was read before. What is left out stays as it is. */
export const versionInput = {
  body: Body,
  title: Title.optional(),
  metadata: ContentMetadata.optional(),
  baseVersion: Counting,
};

export const SaveVersion = z
  .strictObject({
    ...versionInput,
    onConflict: z.enum(["refuse", "merge"]).default("refuse").openapi({
      description:
        "What to do where somebody saved meanwhile. `merge` saves both where they changed different passages, and refuses with the passages where they didn't.",
    }),
  })
  .openapi("SaveVersion", { example: { body: "# Spring\n\nIt is here, and warm.", baseVersion: 1 } });

export const RestoreVersion = z
  .strictObject({ baseVersion: Counting })
  .openapi("RestoreVersion", { example: { baseVersion: 3 } });

export const LabelName = line(60).normalize("NFC");

export const ListVersions = z.strictObject({
  label: LabelName.optional().openapi({ description: "The version with this label, in any case." }),
  labelled: z.enum(["true", "false"]).default("false").openapi({ description: "Only versions with a label." }),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["content"], security: SIGNED_IN };

export const versionNumber = z.coerce
  .number()
  .int()
  .positive()
  .max(MAX_INTEGER)
  .openapi({ description: "From 1, without gaps.", example: 1 });
export const versionParams = z.strictObject({ id: Id, versionNumber });

export const listVersions = createRoute({
  ...base,
  operationId: "listVersions",
  method: "get",
  path: "/content/{id}/versions",
  summary: "List an item's versions, newest first",
  request: { headers: inWorkspace, params: idParams, query: ListVersions },
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
    201: json("The new version", SavedVersion),
    ...memberProblems("version_conflict", "archived", "idempotency_key_reused"),
  },
});

export const restoreVersion = createRoute({
  ...base,
  operationId: "restoreVersion",
  method: "post",
  path: "/content/{id}/versions/{versionNumber}/restore",
  summary: "Make a new version that says what an old one said",
  request: { headers: creates, params: versionParams, body: body(RestoreVersion) },
  responses: {
    201: json("The new version", ContentVersion),
    ...memberProblems("version_conflict", "archived", "conflict", "idempotency_key_reused"),
  },
});
