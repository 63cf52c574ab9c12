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
import { base, made, one, Sort } from "../shapes";

/** What a list of items is narrowed to, in the words of `GET /content`; what is left out narrows nothing. */
export const ViewFilter = z
  .strictObject({
    view: z.enum(["list", "board"]).optional(),
    status: z.enum(["Draft", "InReview", "Approved", "Published"]).optional(),
    q: z.string().trim().min(1).max(200).optional(),
    assignee: z
      .union([z.enum(["me", "none"]), Id], { error: "The id of a member, me, or none." })
      .optional()
      .openapi({ description: "The id of a member, `me` (whoever opens the view), or `none`." }),
    tag: Id.optional(),
    campaign: Id.optional(),
    persona: Id.optional(),
    overdue: z.literal(true).optional(),
    archived: z.literal(true).optional(),
    sort: z.enum(["-updatedAt", "-createdAt", "dueAt", "title"]).optional(),
  })
  .openapi("ViewFilter", { example: { status: "InReview", assignee: "me", sort: "dueAt" } });

const example = { name: "Waits for me", shared: true, filter: { status: "InReview", assignee: "me", sort: "dueAt" } };

export const SavedView = z
  .object({
    id: Id,
    workspaceId: Id,
    name: z.string(),
    shared: z.boolean(),
    filter: ViewFilter,
    createdBy: Id,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("SavedView", {
    example: {
      id: "8e1c2b3a-0000-4000-8000-000000000009",
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      ...example,
      ...made,
    },
  });
export const SavedViewPage = page(SavedView).openapi("SavedViewPage");

const Name = line(60);
const Shared = z.boolean().openapi({ description: "Whether all members see it; Editors and Admins share." });

export const CreateView = z
  .strictObject({ name: Name, shared: Shared.default(false), filter: ViewFilter })
  .openapi("CreateView", { example });
export const UpdateView = z
  .strictObject({
    name: Name.optional(),
    shared: Shared.optional(),
    filter: ViewFilter.optional(),
    baseUpdatedAt: BaseUpdatedAt,
  })
  .openapi("UpdateView", { example: { name: "Mine in review" } });
export const ListViews = z.strictObject({ sort: Sort, limit: Limit, cursor: Cursor });

export const listViews = createRoute({
  ...base,
  operationId: "listViews",
  method: "get",
  path: "/planning/views",
  summary: "List saved views of the items: one's own, and those that are shared",
  request: { headers: inWorkspace, query: ListViews },
  responses: { 200: json("A page of views", SavedViewPage), ...memberProblems("invalid_cursor") },
});

export const createView = createRoute({
  ...base,
  operationId: "createView",
  method: "post",
  path: "/planning/views",
  summary: "Keep a filter of the items under a name",
  request: { headers: creates, body: body(CreateView) },
  responses: { 201: json("The new view", SavedView), ...memberProblems("conflict", "idempotency_key_reused") },
});

export const updateView = createRoute({
  ...base,
  operationId: "updateView",
  method: "put",
  path: "/planning/views/{id}",
  summary: "Rename a view, share it, or let it show something else",
  request: { ...one, body: body(UpdateView) },
  responses: { 200: json("The view", SavedView), ...memberProblems("conflict", "version_conflict") },
});

export const removeView = createRoute({
  ...base,
  operationId: "removeView",
  method: "delete",
  path: "/planning/views/{id}",
  summary: "Remove a view; the items stay as they are",
  request: one,
  responses: { 204: { description: "Removed" }, ...memberProblems() },
});
