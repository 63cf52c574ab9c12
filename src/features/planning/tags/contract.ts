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
import { base, ItemCount, made, one, Sort } from "../shapes";

/** How a tag is shown on an item. */
export const TagOfItem = z.object({ id: Id, name: z.string(), color: z.string() }).openapi("TagOfItem", {
  example: { id: "8b1c2b3a-0000-4000-8000-000000000005", name: "Customer story", color: "#0a6b5e" },
});

export const Tag = z
  .object({
    id: Id,
    workspaceId: Id,
    name: z.string(),
    color: z.string(),
    itemCount: ItemCount,
    createdBy: Id.nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Tag", {
    example: {
      id: "8b1c2b3a-0000-4000-8000-000000000005",
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      name: "Customer story",
      color: "#0a6b5e",
      itemCount: 12,
      ...made,
    },
  });
export const TagPage = page(Tag).openapi("TagPage");

const unique = (ids: string[]) => [...new Set(ids)];
/** As a set: an id that is named twice counts once. */
export const TagIds = z.array(Id).max(50).transform(unique);

const Name = line(60);
const Color = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, "A colour such as #0a6b5e.")
  .toLowerCase();
const example = { name: "Customer story", color: "#0a6b5e" };

export const CreateTag = z
  .strictObject({ name: Name, color: Color.default("#868e96") })
  .openapi("CreateTag", { example });
export const UpdateTag = z
  .strictObject({ name: Name.optional(), color: Color.optional(), baseUpdatedAt: BaseUpdatedAt })
  .openapi("UpdateTag", { example });
export const MergeTag = z
  .strictObject({ into: Id.openapi({ description: "The tag that stays." }) })
  .openapi("MergeTag", { example: { into: "8b1c2b3a-0000-4000-8000-000000000006" } });

export const ListTags = z.strictObject({ sort: Sort, limit: Limit, cursor: Cursor });
export const RemoveTag = z.strictObject({
  force: z
    .enum(["true", "false"])
    .default("false")
    .openapi({ description: "Whether to take it off the items that have it." }),
});

export const listTags = createRoute({
  ...base,
  operationId: "listTags",
  method: "get",
  path: "/planning/tags",
  summary: "List tags, and how many items have each",
  request: { headers: inWorkspace, query: ListTags },
  responses: { 200: json("A page of tags", TagPage), ...memberProblems("invalid_cursor") },
});

export const createTag = createRoute({
  ...base,
  operationId: "createTag",
  method: "post",
  path: "/planning/tags",
  summary: "Make a tag",
  request: { headers: creates, body: body(CreateTag) },
  responses: { 201: json("The new tag", Tag), ...memberProblems("conflict", "idempotency_key_reused") },
});

export const getTag = createRoute({
  ...base,
  operationId: "getTag",
  method: "get",
  path: "/planning/tags/{id}",
  summary: "Read a tag",
  request: one,
  responses: { 200: json("The tag", Tag), ...memberProblems() },
});

export const updateTag = createRoute({
  ...base,
  operationId: "updateTag",
  method: "put",
  path: "/planning/tags/{id}",
  summary: "Rename or recolour a tag, on every item that has it",
  request: { ...one, body: body(UpdateTag) },
  responses: { 200: json("The tag", Tag), ...memberProblems("conflict", "version_conflict") },
});

export const mergeTag = createRoute({
  ...base,
  operationId: "mergeTag",
  method: "post",
  path: "/planning/tags/{id}/merge",
  summary: "Make one tag of two: its items have the other one from now on",
  request: { ...one, body: body(MergeTag) },
  responses: { 200: json("The tag that stays", Tag), ...memberProblems() },
});

export const removeTag = createRoute({
  ...base,
  operationId: "removeTag",
  method: "delete",
  path: "/planning/tags/{id}",
  summary: "Remove a tag; one that items have is refused unless told to take it off them",
  request: { ...one, query: RemoveTag },
  responses: { 204: { description: "Removed" }, ...memberProblems("in_use") },
});
