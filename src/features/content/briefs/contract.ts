import { createRoute } from "@hono/zod-openapi";
import { Brief } from "@/features/planning/contract";
import {
  body,
  Id,
  idParams,
  inWorkspace,
  json,
  MAX_INTEGER,
  memberProblems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

const VersionOfBrief = z.int().min(0).max(MAX_INTEGER);

export const ContentBrief = z
  .object({
    contentItemId: Id,
    version: VersionOfBrief.openapi({ description: "0 where nobody has written one." }),
    ...Brief.shape,
    persona: z
      .object({ id: Id, name: z.string(), removed: z.boolean() })
      .nullable()
      .openapi({ description: "Whom it is for; one that was removed since is still named." }),
    updatedBy: Id.nullable(),
    updatedAt: Timestamp.nullable(),
  })
  .openapi("ContentBrief", {
    example: {
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      version: 1,
      goal: "Fill the tables on weekdays.",
      personaId: "6a1c2b3a-0000-4000-8000-000000000003",
      persona: { id: "6a1c2b3a-0000-4000-8000-000000000003", name: "Regular of the café", removed: false },
      keyword: "spring menu",
      audience: "Regulars who came in winter.",
      channelMix: [{ network: "site", count: 1 }],
      keyMessages: ["Twelve dishes, four of them new."],
      notes: "",
      updatedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });

export const SaveBrief = z
  .strictObject({
    ...Brief.shape,
    baseVersion: VersionOfBrief.openapi({ description: "`version` as it was read; 0 for the first one." }),
  })
  .openapi("SaveBrief", {
    example: {
      goal: "Fill the tables on weekdays.",
      personaId: "6a1c2b3a-0000-4000-8000-000000000003",
      keyword: "spring menu",
      channelMix: [{ channelId: "9d3c1b2a-0000-4000-8000-000000000001", count: 3 }],
      keyMessages: ["Twelve dishes, four of them new."],
      baseVersion: 0,
    },
  });

const base = { tags: ["content"], security: SIGNED_IN };
const one = { headers: inWorkspace, params: idParams };

export const getBrief = createRoute({
  ...base,
  operationId: "getBrief",
  method: "get",
  path: "/content/{id}/brief",
  summary: "Read what an item is to do",
  request: one,
  responses: { 200: json("The brief", ContentBrief), ...memberProblems() },
});

export const saveBrief = createRoute({
  ...base,
  operationId: "saveBrief",
  method: "put",
  path: "/content/{id}/brief",
  summary: "Say what an item is to do, as a whole; based on the brief that was read",
  request: { ...one, body: body(SaveBrief) },
  responses: { 200: json("The brief", ContentBrief), ...memberProblems("archived", "version_conflict") },
});
