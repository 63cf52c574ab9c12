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
  page,
  Timestamp,
  z,
} from "@/platform/contract";
import { SENTENCES } from "@/platform/issue-rules";
import { base, ItemCount, made, one, Sort } from "../shapes";

export const Campaign = z
  .object({
    id: Id,
    workspaceId: Id,
    name: z.string(),
    goal: z.string(),
    startsOn: z.iso.date().nullable(),
    endsOn: z.iso.date().nullable(),
    archivedAt: Timestamp.nullable(),
    itemCount: ItemCount,
    createdBy: Id.nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Campaign", {
    example: {
      id: "8c1c2b3a-0000-4000-8000-000000000007",
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      name: "Spring menu",
      goal: "Forty reservations a week by the end of April.",
      startsOn: "2026-03-01",
      endsOn: "2026-04-30",
      archivedAt: null,
      itemCount: 8,
      ...made,
    },
  });
export const CampaignPage = page(Campaign).openapi("CampaignPage");

const Name = line(120);
const Goal = z.string().trim().max(2_000);
/** Dates of the calendar, without a time: both days belong to it. */
const Day = z.iso.date().refine((day) => !day.startsWith("0000"), SENTENCES.day);
const example = {
  name: "Spring menu",
  goal: "Forty reservations a week by the end of April.",
  startsOn: "2026-03-01",
  endsOn: "2026-04-30",
};

export const CreateCampaign = z
  .strictObject({
    name: Name,
    goal: Goal.default(""),
    startsOn: Day.nullable().default(null),
    endsOn: Day.nullable().default(null),
  })
  .openapi("CreateCampaign", { example });

export const UpdateCampaign = z
  .strictObject({
    name: Name.optional(),
    goal: Goal.optional(),
    startsOn: Day.nullable().optional(),
    endsOn: Day.nullable().optional(),
    baseUpdatedAt: BaseUpdatedAt,
  })
  .openapi("UpdateCampaign", { example });

export const ListCampaigns = z.strictObject({
  archived: z.enum(["true", "false"]).default("false"),
  sort: Sort,
  limit: Limit,
  cursor: Cursor,
});

export const listCampaigns = createRoute({
  ...base,
  operationId: "listCampaigns",
  method: "get",
  path: "/planning/campaigns",
  summary: "List campaigns, and how many items belong to each",
  request: { headers: inWorkspace, query: ListCampaigns },
  responses: { 200: json("A page of campaigns", CampaignPage), ...memberProblems("invalid_cursor") },
});

export const createCampaign = createRoute({
  ...base,
  operationId: "createCampaign",
  method: "post",
  path: "/planning/campaigns",
  summary: "Plan a campaign",
  request: { headers: creates, body: body(CreateCampaign) },
  responses: { 201: json("The new campaign", Campaign), ...memberProblems("conflict", "idempotency_key_reused") },
});

export const getCampaign = createRoute({
  ...base,
  operationId: "getCampaign",
  method: "get",
  path: "/planning/campaigns/{id}",
  summary: "Read a campaign",
  request: one,
  responses: { 200: json("The campaign", Campaign), ...memberProblems() },
});

export const updateCampaign = createRoute({
  ...base,
  operationId: "updateCampaign",
  method: "put",
  path: "/planning/campaigns/{id}",
  summary: "Change a campaign's name, goal or dates",
  request: { ...one, body: body(UpdateCampaign) },
  responses: { 200: json("The campaign", Campaign), ...memberProblems("conflict", "version_conflict") },
});

export const archiveCampaign = createRoute({
  ...base,
  operationId: "archiveCampaign",
  method: "post",
  path: "/planning/campaigns/{id}/archive",
  summary: "End a campaign: its items stay in it, and nothing new joins",
  request: one,
  responses: { 200: json("The campaign", Campaign), ...memberProblems("archived") },
});

export const restoreCampaign = createRoute({
  ...base,
  operationId: "restoreCampaign",
  method: "post",
  path: "/planning/campaigns/{id}/restore",
  summary: "Bring an archived campaign back",
  request: one,
  responses: { 200: json("The campaign", Campaign), ...memberProblems("conflict") },
});

export const removeCampaign = createRoute({
  ...base,
  operationId: "removeCampaign",
  method: "delete",
  path: "/planning/campaigns/{id}",
  summary: "Remove a campaign that no item belongs to",
  request: one,
  responses: { 204: { description: "Removed" }, ...memberProblems("in_use") },
});
