import { createRoute } from "@hono/zod-openapi";
import {
  BY_REVIEW_LINK,
  Cursor,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  memberProblems,
  PUBLIC,
  page,
  problems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

/** The `typ` in a receipt's header (RFC 7515, 4.1.9), by which it is told from a token. */
export const RECEIPT_TYPE = "contentos-receipt+json";

export const Decision = z.enum(["Approved", "ChangesRequested", "Held"]).openapi("ReviewDecision");

const documentExample = {
  iss: "https://contentos.example.com",
  receipt: "9d1e2f3a-0000-4000-8000-000000000003",
  decision: "Approved",
  at: "2026-11-22T10:05:00.000Z",
  workspace: { id: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001", name: "Acme" },
  item: { id: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10", title: "Spring launch" },
  versionNumber: 2,
  contentHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  comment: null,
  guest: { id: "9d1e2f3a-0000-4000-8000-000000000002", name: "Kim of Acme", email: "kim@acme.example" },
  link: { id: "9d1e2f3a-0000-4000-8000-000000000001", name: "Acme, spring campaign" },
} as const;

/** What is signed, word for word. */
const ReceiptDocument = z
  .object({
    iss: z.string().openapi({ description: "The deployment that signed it." }),
    receipt: Id,
    decision: Decision,
    at: Timestamp,
    workspace: z.object({ id: Id, name: z.string() }),
    item: z.object({ id: Id, title: z.string() }),
    versionNumber: z.int(),
    contentHash: z.string().openapi({ description: "SHA-256 over all that was decided on: version and adaptations." }),
    comment: z.string().nullable(),
    guest: z.object({ id: Id, name: z.string(), email: z.string().nullable() }),
    link: z.object({ id: Id, name: z.string() }),
  })
  .openapi("ReviewReceiptDocument", { example: documentExample });

const example = {
  id: documentExample.receipt,
  decision: "Approved",
  contentItemId: documentExample.item.id,
  versionNumber: 2,
  contentHash: documentExample.contentHash,
  guestId: documentExample.guest.id,
  linkId: documentExample.link.id,
  comment: null,
  at: documentExample.at,
  document: documentExample,
  jws: "eyJhbGciOiJFZERTQSJ9.eyJkZWNpc2lvbiI6IkFwcHJvdmVkIn0.c2lnbmF0dXJl",
} as const;

export const Receipt = z
  .object({
    id: Id,
    decision: Decision,
    contentItemId: Id,
    versionNumber: z.int(),
    contentHash: z.string(),
    guestId: Id,
    linkId: Id,
    comment: z.string().nullable(),
    at: Timestamp,
    document: ReceiptDocument,
    jws: z.string().openapi({
      description:
        "The document, signed: compact JWS, EdDSA, `typ` contentos-receipt+json. Verify it with the keys of `GET /review/jwks.json`.",
    }),
  })
  .openapi("ReviewReceipt", { example });
export const ReceiptPage = page(Receipt).openapi("ReviewReceiptPage");

export const ReceiptKeys = z
  .object({
    keys: z.array(
      z.object({
        kty: z.string(),
        crv: z.string(),
        x: z.string(),
        kid: z.string(),
        alg: z.string(),
        use: z.string(),
      }),
    ),
  })
  .openapi("ReviewReceiptKeys", {
    example: {
      keys: [
        {
          kty: "OKP",
          crv: "Ed25519",
          x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
          kid: "2026-11-22",
          alg: "EdDSA",
          use: "sig",
        },
      ],
    },
  });

export const ListReceipts = z.strictObject({ limit: Limit, cursor: Cursor });

const tags = ["review"];

export const getReceipt = createRoute({
  tags,
  security: [...BY_REVIEW_LINK, ...SIGNED_IN],
  operationId: "getReceipt",
  method: "get",
  path: "/review/receipts/{id}",
  summary: "Read the signed receipt of a client's decision, as the client or as a member",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The receipt", Receipt), ...memberProblems() },
});

export const listReceipts = createRoute({
  tags,
  security: SIGNED_IN,
  operationId: "listReceipts",
  method: "get",
  path: "/content/{id}/receipts",
  summary: "List the receipts of what clients decided on an item, newest first",
  request: { headers: inWorkspace, params: idParams, query: ListReceipts },
  responses: { 200: json("A page of receipts", ReceiptPage), ...memberProblems("invalid_cursor") },
});

export const getReceiptKeys = createRoute({
  tags,
  security: PUBLIC,
  operationId: "getReceiptKeys",
  method: "get",
  path: "/review/jwks.json",
  summary: "The public keys that verify receipts, retired ones among them",
  description: "Those in use are at `/.well-known/jwks.json` too; a receipt is proved also after its key was rotated.",
  responses: { 200: json("A JWK set (RFC 7517)", ReceiptKeys), ...problems() },
});
