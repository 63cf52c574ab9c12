import { createRoute } from "@hono/zod-openapi";
import { ConnectableNetwork } from "@/features/channels/contract";
import { CreatePersona } from "@/features/personas/contract";
import { Brief, CreateTag, CreateTemplate, ViewFilter } from "@/features/planning/contract";
import { Branding, UpdateWorkspace } from "@/features/workspaces/contract";
import { body, creates, Id, idParams, json, line, problems, SIGNED_IN, z } from "@/platform/contract";
import type { ErrorCode } from "@/platform/errors";

const MAX_OF_A_KIND = 200;
const some = <S extends z.ZodType>(schema: S) => z.array(schema).max(MAX_OF_A_KIND).default([]);

const Name = line(120);
const { shape: ofWorkspace } = UpdateWorkspace;
const { shape: ofTemplate } = CreateTemplate;

/** As the room has it; a persona goes by name, and channels by network. */
const BlueprintBrief = Brief.omit({ personaId: true }).extend({
  persona: Name.nullable().default(null),
  channelMix: z
    .array(z.strictObject({ network: z.enum(["site", ...ConnectableNetwork.options]), count: z.int().min(1).max(100) }))
    .max(50)
    .default([]),
});

const BlueprintView = z.strictObject({
  name: line(60),
  filter: ViewFilter.omit({ tag: true, campaign: true, persona: true })
    .extend({ assignee: z.enum(["me", "none"]).optional(), tag: line(60).optional(), persona: Name.optional() })
    .openapi("BlueprintFilter"),
});

/** All by which a workspace is set up, without a word of what it is about: no ids, no people, no credentials. */
export const Blueprint = z
  .strictObject({
    version: z.literal(1),
    from: z.string().max(120).optional().openapi({ description: "The workspace's name that it was made of." }),
    settings: z
      .strictObject({
        branding: Branding.omit({ logoAssetId: true, faviconAssetId: true, logoUrl: true }).optional(),
        language: ofWorkspace.language,
        approvalSteps: ofWorkspace.approvalSteps,
        lateAfterMinutes: ofWorkspace.lateAfterMinutes,
      })
      .default({}),
    personas: some(CreatePersona),
    tags: some(CreateTag),
    templates: some(
      z.strictObject({
        name: ofTemplate.name,
        title: ofTemplate.title,
        body: ofTemplate.body,
        metadata: ofTemplate.metadata,
        brief: BlueprintBrief.nullable().default(null),
        tags: z.array(line(60)).max(50).default([]),
      }),
    ),
    views: some(BlueprintView),
    channels: some(ConnectableNetwork).openapi({ description: "The networks to connect accounts of." }),
  })
  .openapi("Blueprint", {
    example: {
      version: 1,
      from: "Acme",
      settings: { branding: { primaryColor: "#0a7d5a" }, approvalSteps: [{ role: "Editor" }, { role: "Client" }] },
      personas: [{ name: "Head of marketing", attributes: { goals: ["Publish every week"] } }],
      tags: [{ name: "Customer story", color: "#0a6b5e" }],
      templates: [{ name: "Customer story", title: "How they did it ({month})", tags: ["Customer story"] }],
      views: [{ name: "Waits for me", filter: { status: "InReview", assignee: "me" } }],
      channels: ["bluesky"],
    },
  });
export type Blueprint = z.output<typeof Blueprint>;

const Counts = z.object({ personas: z.int(), tags: z.int(), templates: z.int(), views: z.int() });

export const AppliedBlueprint = z
  .object({
    workspaceId: Id,
    made: Counts.openapi({ description: "How many of each were made." }),
    there: Counts.openapi({ description: "How many had a name that was taken, and were left as they are." }),
  })
  .openapi("AppliedBlueprint", {
    example: {
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      made: { personas: 1, tags: 1, templates: 1, views: 1 },
      there: { personas: 0, tags: 0, templates: 0, views: 0 },
    },
  });

const base = { tags: ["transfer"], security: SIGNED_IN, path: "/workspaces/{id}/blueprint" };
const inPath = <const C extends ErrorCode = never>(...codes: C[]) =>
  problems<C | "unauthenticated" | "forbidden" | "not_found">("unauthenticated", "forbidden", "not_found", ...codes);

export const getBlueprint = createRoute({
  ...base,
  operationId: "getBlueprint",
  method: "get",
  summary: "Read how a workspace is set up: policy, branding, personas, tags, templates, shared views and networks",
  request: { params: idParams },
  responses: { 200: json("The blueprint", Blueprint), ...inPath() },
});

export const applyBlueprint = createRoute({
  ...base,
  operationId: "applyBlueprint",
  method: "post",
  summary: "Set a workspace up as a blueprint says; what has a name that is taken stays as it is",
  request: { headers: creates.omit({ "x-workspace-id": true }), params: idParams, body: body(Blueprint) },
  responses: {
    200: json("What was made", AppliedBlueprint),
    ...inPath("conflict", "idempotency_key_reused", "invalid_json", "too_large"),
  },
});
