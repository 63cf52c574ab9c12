import { createRoute } from "@hono/zod-openapi";
import {
  BaseUpdatedAt,
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

const lines = (max: number) => z.array(line(300)).max(max).optional();

/** Whom the words are for. All of it is optional: a persona grows. */
const PersonaAttributes = z
  .strictObject({
    description: z.string().trim().max(2_000).optional(),
    jobTitles: lines(20),
    industry: z.string().trim().max(200).optional(),
    companySize: z.string().trim().max(100).optional(),
    goals: lines(50),
    pains: lines(50),
    objections: lines(50),
    tone: z.string().trim().max(500).optional(),
    vocabulary: lines(200),
    channels: lines(50),
    notes: z.string().trim().max(10_000).optional(),
  })
  .openapi("PersonaAttributes", {
    example: { goals: ["Publish every week"], pains: ["Approval takes days"], tone: "Plain and friendly" },
  });

export const Persona = z
  .object({
    id: Id,
    workspaceId: Id,
    name: z.string(),
    attributes: PersonaAttributes,
    createdBy: Id.nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Persona", {
    example: {
      id: "6a1c2b3a-0000-4000-8000-000000000003",
      workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      name: "Head of marketing",
      attributes: { goals: ["Publish every week"], tone: "Plain and friendly" },
      createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      createdAt: "2026-11-22T09:00:00.000Z",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });
export const PersonaPage = page(Persona).openapi("PersonaPage");

const Name = line(120);
const example = { name: "Head of marketing", attributes: { goals: ["Publish every week"] } };

export const CreatePersona = z
  .strictObject({ name: Name, attributes: PersonaAttributes.default({}) })
  .openapi("CreatePersona", { example });

export const UpdatePersona = z
  .strictObject({
    name: Name.optional(),
    attributes: PersonaAttributes.optional(),
    baseUpdatedAt: BaseUpdatedAt,
  })
  .openapi("UpdatePersona", { example });

const PERSONA_SORTS = ["name", "-name", "createdAt", "-createdAt"] as const;
export const ListPersonas = z.strictObject({
  sort: z.enum(PERSONA_SORTS).default("name"),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["personas"], security: SIGNED_IN };

export const listPersonas = createRoute({
  ...base,
  operationId: "listPersonas",
  method: "get",
  path: "/personas",
  summary: "List personas",
  request: { headers: inWorkspace, query: ListPersonas },
  responses: { 200: json("A page of personas", PersonaPage), ...memberProblems("invalid_cursor") },
});

export const createPersona = createRoute({
  ...base,
  operationId: "createPersona",
  method: "post",
  path: "/personas",
  summary: "Define an audience",
  request: { headers: creates, body: body(CreatePersona) },
  responses: {
    201: json("The new persona", Persona),
    ...memberProblems("conflict", "idempotency_key_reused", "invalid_json", "too_large"),
  },
});

export const getPersona = createRoute({
  ...base,
  operationId: "getPersona",
  method: "get",
  path: "/personas/{id}",
  summary: "Read a persona",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The persona", Persona), ...memberProblems() },
});

export const updatePersona = createRoute({
  ...base,
  operationId: "updatePersona",
  method: "put",
  path: "/personas/{id}",
  summary: "Change a persona; attributes are replaced as a whole",
  request: { headers: inWorkspace, params: idParams, body: body(UpdatePersona) },
  responses: { 200: json("The persona", Persona), ...memberProblems("conflict", "version_conflict", "invalid_json") },
});

export const removePersona = createRoute({
  ...base,
  operationId: "removePersona",
  method: "delete",
  path: "/personas/{id}",
  summary: "Remove a persona",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Removed" }, ...memberProblems() },
});
