import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  line,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export const Folder = z
  .object({
    id: Id,
    parentId: Id.nullable(),
    name: z.string(),
    createdBy: Id,
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Folder", {
    example: {
      id: "3e1c2d3e-0000-4000-8000-000000000001",
      parentId: null,
      name: "Spring",
      createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      createdAt: "2026-11-22T09:00:00.000Z",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });
export const FolderPage = page(Folder).openapi("FolderPage");

const Name = line(120);
const Parent = Id.nullable().openapi({ description: "The folder it stands in; null where it stands in none." });

export const CreateFolder = z
  .strictObject({ name: Name, parentId: Parent.default(null) })
  .openapi("CreateFolder", { example: { name: "Spring", parentId: null } });
export const UpdateFolder = z
  .strictObject({ name: Name.optional(), parentId: Parent.optional() })
  .openapi("UpdateFolder", { example: { name: "Spring and summer" } });
export const ListFolders = z.strictObject({
  parent: z
    .union([Id, z.literal("root")])
    .optional()
    .openapi({ description: "A folder's id, or `root` for the outermost; all without it.", example: "root" }),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["assets"], security: SIGNED_IN };

export const listFolders = createRoute({
  ...base,
  operationId: "listFolders",
  method: "get",
  path: "/assets/folders",
  summary: "List the library's folders by name",
  request: { headers: inWorkspace, query: ListFolders },
  responses: { 200: json("A page of folders", FolderPage), ...memberProblems("invalid_cursor") },
});

export const createFolder = createRoute({
  ...base,
  operationId: "createFolder",
  method: "post",
  path: "/assets/folders",
  summary: "Make a folder",
  request: { headers: creates, body: body(CreateFolder) },
  responses: {
    201: json("The new folder", Folder),
    ...memberProblems("conflict", "idempotency_key_reused", "invalid_json", "too_large"),
  },
});

export const updateFolder = createRoute({
  ...base,
  operationId: "updateFolder",
  method: "put",
  path: "/assets/folders/{id}",
  summary: "Rename a folder, or move it with all that is in it",
  request: { headers: inWorkspace, params: idParams, body: body(UpdateFolder) },
  responses: { 200: json("The folder", Folder), ...memberProblems("conflict", "invalid_json") },
});

export const removeFolder = createRoute({
  ...base,
  operationId: "removeFolder",
  method: "delete",
  path: "/assets/folders/{id}",
  summary: "Remove an empty folder",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Removed" }, ...memberProblems("in_use") },
});
