import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Counting,
  Id,
  idParams,
  inWorkspace,
  json,
  memberProblems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import { Body, ContentMetadata } from "@/platform/writing";

/** Half typed, so that nothing is asked of them but their length. */
const DraftTitle = z.string().max(300);
const DraftMetadata = z.partialRecord(ContentMetadata.keyof(), z.string().max(2_000));

export const Draft = z
  .object({
    contentItemId: Id,
    body: z.string(),
    title: z.string().nullable(),
    metadata: DraftMetadata.nullable(),
    baseVersion: z.int(),
    draftVersion: z.int().openapi({ description: "Counts the saves of this draft: name it in the next one." }),
    updatedAt: Timestamp,
    stale: z.boolean().openapi({ description: "Whether somebody saved a version since `baseVersion`." }),
    currentVersionNumber: z.int(),
  })
  .openapi("Draft", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      body: "Our **spring** menu is he",
      title: null,
      metadata: null,
      baseVersion: 1,
      draftVersion: 7,
      updatedAt: "2026-11-22T09:00:00.000Z",
      stale: false,
      currentVersionNumber: 1,
    },
  });

export const SaveDraft = z
  .strictObject({
    body: Body,
    title: DraftTitle.optional(),
    metadata: DraftMetadata.optional(),
    baseVersion: Counting,
    draftVersion: Counting.optional().openapi({
      description: "The draft that this one follows; left out where there was none.",
    }),
  })
  .openapi("SaveDraft", { example: { body: "Our **spring** menu is he", baseVersion: 1, draftVersion: 6 } });

const base = { tags: ["content"], security: SIGNED_IN };

export const getDraft = createRoute({
  ...base,
  operationId: "getDraft",
  method: "get",
  path: "/content/{id}/draft",
  summary: "Read what you have typed and not saved",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("Your draft", Draft), ...memberProblems() },
});

export const saveDraft = createRoute({
  ...base,
  operationId: "saveDraft",
  method: "put",
  path: "/content/{id}/draft",
  summary: "Keep what you have typed, for yourself; it makes no version",
  request: { headers: inWorkspace, params: idParams, body: body(SaveDraft) },
  responses: { 200: json("Your draft", Draft), ...memberProblems("draft_conflict", "archived", "too_large") },
});

export const removeDraft = createRoute({
  ...base,
  operationId: "removeDraft",
  method: "delete",
  path: "/content/{id}/draft",
  summary: "Throw your draft away",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "It is gone" }, ...memberProblems() },
});
