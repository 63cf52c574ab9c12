import { createRoute } from "@hono/zod-openapi";
import { body, creates, Id, json, PUBLIC, problems, SIGNED_IN, Timestamp, z } from "@/platform/contract";
import { InLanguage, PrivacyChoice } from "./choices/contract";

const Erasure = z
  .object({
    id: Id,
    status: z.enum(["Waiting", "Undone", "Done"]),
    askedAt: Timestamp,
    dueAt: Timestamp.openapi({ description: "When it is done, unless it is taken back before." }),
    endedAt: Timestamp.nullable(),
    heldBy: z.array(z.string()).openapi({
      description: "Workspaces that you are or were in, and whose legal hold delays it: it is done when the hold ends.",
    }),
  })
  .openapi("Erasure", {
    example: {
      id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
      status: "Waiting",
      askedAt: "2026-11-22T09:00:00.000Z",
      dueAt: "2026-11-29T09:00:00.000Z",
      endedAt: null,
      heldBy: [],
    },
  });
export const ErasureAnswer = Erasure;
export const ErasureList = z.object({ items: z.array(Erasure) }).openapi("ErasureList");

/** Of no workspace. */
const keyed = creates.pick({ "idempotency-key": true });

const base = { tags: ["privacy"], security: SIGNED_IN };

export const askErasure = createRoute({
  ...base,
  operationId: "askErasure",
  method: "post",
  path: "/privacy/erasure",
  summary: "Ask that one's account is erased, in some days",
  description:
    "Name, address, picture, sessions, drafts and memberships go, in all workspaces; what was written for a workspace stays there, by a former member. Whoever owns a workspace hands it over first. A legal hold of a workspace that one is or was in delays it: `heldBy` names that workspace.",
  request: { headers: keyed },
  responses: {
    201: json("It is done at `dueAt`", ErasureAnswer),
    ...problems("unauthenticated", "proof_required", "owns_workspaces", "erasure_waiting", "idempotency_key_reused"),
  },
});

export const listErasures = createRoute({
  ...base,
  operationId: "listErasures",
  method: "get",
  path: "/privacy/erasure",
  summary: "List what one asked to be erased, newest first",
  responses: { 200: json("At most the last 20", ErasureList), ...problems("unauthenticated") },
});

export const undoErasure = createRoute({
  ...base,
  operationId: "undoErasure",
  method: "post",
  path: "/privacy/erasure/undo",
  summary: "Take back that one's account is to be erased",
  request: { headers: keyed },
  responses: {
    200: json("It is not done", ErasureAnswer),
    ...problems("unauthenticated", "not_found", "idempotency_key_reused"),
  },
});

export const exportPerson = createRoute({
  ...base,
  operationId: "exportPerson",
  method: "get",
  path: "/privacy/export",
  summary: "Take everything about oneself, of all workspaces, as a zip of JSON and CSV",
  description:
    "A file for each table and workspace, with every row that names you and that you may see; secrets are left out. `README.txt` says what is what.",
  responses: {
    200: {
      description: "The archive",
      content: { "application/zip": { schema: z.string().openapi({ format: "binary", example: "…" }) } },
    },
    ...problems("unauthenticated"),
  },
});

const Document = z.enum(["Terms", "Privacy"]);
const Version = z
  .string()
  .regex(/^[0-9a-f]{12}$/, "The version as it was read.")
  .openapi({ description: "Of the text as it was read, in its language, by its hash.", example: "3f2a9c01d4e5" });

const LegalDocument = z
  .object({ document: Document, version: Version, title: z.string(), html: z.string() })
  .openapi("LegalDocument", {
    example: { document: "Terms", version: "3f2a9c01d4e5", title: "Terms of use", html: "<p>These terms are …</p>" },
  });
export const LegalDocumentList = z.object({ items: z.array(LegalDocument) }).openapi("LegalDocumentList");

export const listDocuments = createRoute({
  ...base,
  security: PUBLIC,
  operationId: "listDocuments",
  method: "get",
  path: "/privacy/documents",
  summary: "Read the operator's terms and privacy policy, as they are now",
  description:
    "In this language where the operator has it, else in theirs. Each language has a version of its own: a consent names the one that was read, and counts for the document.",
  request: { query: InLanguage },
  responses: { 200: json("Both", LegalDocumentList), ...problems() },
});

export const Consents = z
  .object({
    items: z.array(z.object({ document: Document, version: Version, givenAt: Timestamp })),
    missing: z.array(Document).openapi({ description: "What stands there now, and was not agreed to." }),
    changed: z.array(Document).openapi({ description: "Of these, what was agreed to in another version." }),
    choice: PrivacyChoice.openapi({ description: "Beside it, whether one has opted out of sale and sharing." }),
  })
  .openapi("Consents", {
    example: {
      items: [{ document: "Terms", version: "3f2a9c01d4e5", givenAt: "2026-11-22T09:00:00.000Z" }],
      missing: [],
      changed: [],
      choice: { optedOut: false, signal: false, cookie: false, account: null },
    },
  });

export const getConsents = createRoute({
  ...base,
  operationId: "getConsents",
  method: "get",
  path: "/privacy/consents",
  summary: "List what one agreed to, and what is to be asked anew",
  responses: { 200: json("One's consents, newest first", Consents), ...problems("unauthenticated") },
});

export const GiveConsents = z
  .strictObject({
    documents: z
      .array(z.strictObject({ document: Document, version: Version }))
      .min(1)
      .max(2),
  })
  .openapi("GiveConsents", { example: { documents: [{ document: "Terms", version: "3f2a9c01d4e5" }] } });

export const giveConsents = createRoute({
  ...base,
  operationId: "giveConsents",
  method: "post",
  path: "/privacy/consents",
  summary: "Agree to the texts as they were read",
  request: { headers: keyed, body: body(GiveConsents) },
  responses: {
    201: json("One's consents", Consents),
    ...problems("unauthenticated", "document_changed", "idempotency_key_reused", "invalid_json", "too_large"),
  },
});
