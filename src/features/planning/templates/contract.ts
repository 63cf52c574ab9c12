import { createRoute } from "@hono/zod-openapi";
import {
  BaseUpdatedAt,
  body,
  Cursor,
  creates,
  Id,
  inWorkspace,
  json,
  Limit,
  line,
  memberProblems,
  orNull,
  page,
  Timestamp,
  z,
} from "@/platform/contract";
import { Body, ContentMetadata, Title } from "@/platform/writing";
import { Brief } from "../briefs/contract";
import { base, made, one, Sort } from "../shapes";
import { TagIds } from "../tags/contract";

const TitlePattern = Title.openapi({
  description: "`{date}`, `{month}` and `{year}` become those of the day on which an item is made of it.",
});

const example = {
  name: "Customer story",
  title: "How they did it ({month})",
  body: "## Before\n\n## What changed\n\n## In their words\n",
  metadata: { language: "en" },
  brief: { goal: "Show a result that a reader can picture.", keyMessages: ["They did it in a week."] },
};

const TemplateSummary = z
  .object({
    id: Id,
    workspaceId: Id,
    name: z.string(),
    title: z.string(),
    campaignId: Id.nullable(),
    tagIds: z.array(Id),
    createdBy: Id.nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("TemplateSummary", {
    example: {
      id: "8d1c2b3a-0000-4000-8000-000000000008",
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      name: example.name,
      title: example.title,
      campaignId: null,
      tagIds: ["8b1c2b3a-0000-4000-8000-000000000005"],
      ...made,
    },
  });

export const Template = TemplateSummary.extend({
  body: z.string(),
  metadata: ContentMetadata,
  brief: orNull(Brief),
}).openapi("Template", {
  example: {
    id: "8d1c2b3a-0000-4000-8000-000000000008",
    workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
    campaignId: null,
    tagIds: ["8b1c2b3a-0000-4000-8000-000000000005"],
    ...example,
    brief: { ...example.brief, personaId: null, keyword: "", audience: "", channelMix: [], notes: "" },
    ...made,
  },
});
export const TemplatePage = page(TemplateSummary).openapi("TemplatePage");

const Name = line(120);

export const CreateTemplate = z
  .strictObject({
    name: Name,
    title: TitlePattern,
    body: Body.default(""),
    metadata: ContentMetadata.default({}),
    brief: Brief.nullable().default(null),
    campaignId: Id.nullable().default(null),
    tagIds: TagIds.default([]),
  })
  .openapi("CreateTemplate", { example });

export const UpdateTemplate = z
  .strictObject({
    name: Name.optional(),
    title: TitlePattern.optional(),
    body: Body.optional(),
    metadata: ContentMetadata.optional(),
    brief: Brief.nullable().optional(),
    campaignId: Id.nullable().optional(),
    tagIds: TagIds.optional(),
    baseUpdatedAt: BaseUpdatedAt,
  })
  .openapi("UpdateTemplate", { example });

export const ListTemplates = z.strictObject({ sort: Sort, limit: Limit, cursor: Cursor });

export const listTemplates = createRoute({
  ...base,
  operationId: "listTemplates",
  method: "get",
  path: "/planning/templates",
  summary: "List templates, without their bodies",
  request: { headers: inWorkspace, query: ListTemplates },
  responses: { 200: json("A page of templates", TemplatePage), ...memberProblems("invalid_cursor") },
});

export const createTemplate = createRoute({
  ...base,
  operationId: "createTemplate",
  method: "post",
  path: "/planning/templates",
  summary: "Make a template that items can begin with",
  request: { headers: creates, body: body(CreateTemplate) },
  responses: {
    201: json("The new template", Template),
    ...memberProblems("conflict", "archived", "idempotency_key_reused"),
  },
});

export const getTemplate = createRoute({
  ...base,
  operationId: "getTemplate",
  method: "get",
  path: "/planning/templates/{id}",
  summary: "Read a template",
  request: one,
  responses: { 200: json("The template", Template), ...memberProblems() },
});

export const updateTemplate = createRoute({
  ...base,
  operationId: "updateTemplate",
  method: "put",
  path: "/planning/templates/{id}",
  summary: "Change a template; items that were made of it stay as they are",
  request: { ...one, body: body(UpdateTemplate) },
  responses: { 200: json("The template", Template), ...memberProblems("conflict", "archived", "version_conflict") },
});

export const removeTemplate = createRoute({
  ...base,
  operationId: "removeTemplate",
  method: "delete",
  path: "/planning/templates/{id}",
  summary: "Remove a template",
  request: one,
  responses: { 204: { description: "Removed" }, ...memberProblems() },
});
