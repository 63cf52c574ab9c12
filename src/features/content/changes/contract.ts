import { createRoute } from "@hono/zod-openapi";
import { body, Id, idParams, inWorkspace, json, memberProblems, SIGNED_IN, z } from "@/platform/contract";
import { ContentMetadata, versionInput, versionNumber, versionParams } from "../versions/contract";

const diffShape = {
  operations: z
    .array(z.object({ kind: z.enum(["Equal", "Removed", "Added"]), text: z.string() }))
    .openapi({ description: "Equal and Removed, joined, are the one text; Equal and Added are the other." }),
  wordsAdded: z.int(),
  wordsRemoved: z.int(),
  granularity: z.enum(["Words", "Passages"]).openapi({
    description: "`Passages`, where some were too long to be divided into words; their words are estimated.",
  }),
};

export const VersionDiff = z
  .object({
    contentItemId: Id,
    versionNumber: z.int(),
    against: z.int().nullable().openapi({ description: "Null for the first version, which is compared with nothing." }),
    title: z.object(diffShape),
    body: z.object(diffShape),
    metadata: z
      .array(z.object({ key: z.string(), before: z.string().nullable(), after: z.string().nullable(), ...diffShape }))
      .openapi({ description: "Only what differs." }),
    assetsChanged: z.boolean(),
    wordsAdded: z.int(),
    wordsRemoved: z.int(),
  })
  .openapi("VersionDiff", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      versionNumber: 2,
      against: 1,
      title: {
        operations: [{ kind: "Equal", text: "Spring launch" }],
        wordsAdded: 0,
        wordsRemoved: 0,
        granularity: "Words",
      },
      body: {
        operations: [
          { kind: "Equal", text: "It is " },
          { kind: "Added", text: "nearly " },
          { kind: "Equal", text: "here." },
        ],
        wordsAdded: 1,
        wordsRemoved: 0,
        granularity: "Words",
      },
      metadata: [],
      assetsChanged: false,
      wordsAdded: 1,
      wordsRemoved: 0,
    },
  });

export const VersionMerge = z
  .object({
    clean: z.boolean().openapi({ description: "Whether nothing is left to decide." }),
    title: z.string(),
    body: z.string(),
    metadata: ContentMetadata,
    conflicts: z.array(
      z.object({
        field: z.string().openapi({ description: "`title`, `body`, or `metadata.` and its key." }),
        base: z.string().nullable(),
        theirs: z.string().nullable(),
        yours: z.string().nullable(),
        at: z.object({ start: z.int(), end: z.int() }).nullable().openapi({
          description: "Where `yours` stands in the merged body, in UTF-16 code units; null for a field as a whole.",
        }),
      }),
    ),
    basedOn: z.int().openapi({ description: "The current version: what `baseVersion` is when this is saved." }),
  })
  .openapi("VersionMerge", {
    example: {
      clean: false,
      title: "Spring launch",
      body: "The menu has eleven dishes.",
      metadata: {},
      conflicts: [{ field: "body", base: "ten", theirs: "twelve", yours: "eleven", at: { start: 13, end: 19 } }],
      basedOn: 2,
    },
  });

export const MergeVersion = z
  .strictObject(versionInput)
  .openapi("MergeVersion", { example: { body: "The menu has eleven dishes.", baseVersion: 1 } });

const base = { tags: ["content"], security: SIGNED_IN };

export const diffVersion = createRoute({
  ...base,
  operationId: "diffVersion",
  method: "get",
  path: "/content/{id}/versions/{versionNumber}/diff",
  summary: "Compare a version with the one before, or with another, word by word",
  request: {
    headers: inWorkspace,
    params: versionParams,
    query: z.strictObject({
      against: versionNumber.optional().openapi({ description: "The version before, where left out." }),
    }),
  },
  responses: { 200: json("What differs", VersionDiff), ...memberProblems() },
});

/** A POST, since what is merged is sent; it saves nothing. */
export const mergeVersion = createRoute({
  ...base,
  operationId: "mergeVersion",
  method: "post",
  path: "/content/{id}/versions/merge",
  summary: "Merge a text with what was saved meanwhile, without saving",
  request: { headers: inWorkspace, params: idParams, body: body(MergeVersion) },
  responses: { 200: json("The merge, and what is left to decide", VersionMerge), ...memberProblems("too_large") },
});
