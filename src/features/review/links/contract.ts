import { createRoute } from "@hono/zod-openapi";
import {
  body,
  Cursor,
  creates,
  Id,
  Instant,
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

/** How many items one link shows at most. */
export const MOST_ITEMS = 50;

const Passcode = z.string().min(6).max(100).openapi({
  description: "Told to the client on another way than the link. Hashed with Argon2id.",
  example: "otter-73-lamp",
});
const Expiry = Instant.openapi({ description: "From this time on, the link does not work." });
const Items = z.array(Id).min(1).max(MOST_ITEMS);

const example = {
  id: "9d1e2f3a-0000-4000-8000-000000000001",
  name: "Acme, spring campaign",
  message: "Please look at the prices.",
  status: "Live",
  canComment: true,
  canDecide: true,
  hasPasscode: true,
  expiresAt: "2026-12-22T09:00:00.000Z",
  revokedAt: null,
  contentItemIds: ["2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10"],
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  createdAt: "2026-11-22T09:00:00.000Z",
  updatedAt: "2026-11-22T09:00:00.000Z",
} as const;

const link = z.object({
  id: Id,
  name: z.string(),
  message: z.string().nullable(),
  status: z.enum(["Live", "Expired", "Revoked"]),
  canComment: z.boolean(),
  canDecide: z.boolean(),
  hasPasscode: z.boolean(),
  expiresAt: Timestamp.nullable(),
  revokedAt: Timestamp.nullable(),
  contentItemIds: z.array(Id),
  createdBy: Id,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
const Guest = z.object({
  id: Id,
  name: z.string().openapi({ description: "As they say: nobody checks it." }),
  email: z.string().nullable(),
  openedAt: Timestamp,
});
const guest = {
  id: "9d1e2f3a-0000-4000-8000-000000000002",
  name: "Kim of Acme",
  email: "kim@acme.example",
  openedAt: "2026-11-22T10:00:00.000Z",
};

export const ReviewLink = link.openapi("ReviewLink", { example });
export const ReviewLinkPage = page(ReviewLink).openapi("ReviewLinkPage");
export const IssuedReviewLink = link
  .extend({
    url: z.url().optional().openapi({
      description:
        "For the client. The token in it is stored hashed and told once: a repeated request with the same key goes without.",
    }),
  })
  .openapi("IssuedReviewLink", {
    example: { ...example, url: "https://contentos.example.com/review#6YfVx0m1Jc3n2Qd5r8TzKq7WbEaHsLuPgNyXiOoRvCk" },
  });
export const ReviewLinkWithGuests = link
  .extend({ guests: z.array(Guest).openapi({ description: "Who opened it, the latest first; 100 at most." }) })
  .openapi("ReviewLinkWithGuests", { example: { ...example, guests: [guest] } });

const Name = line(120);
const Message = line(2_000);

export const CreateReviewLink = z
  .strictObject({
    name: Name,
    contentItemIds: Items,
    message: Message.optional(),
    expiresAt: Expiry.optional(),
    passcode: Passcode.optional(),
    canComment: z.boolean().default(true),
    canDecide: z.boolean().default(true),
  })
  .openapi("CreateReviewLink", {
    example: {
      name: "Acme, spring campaign",
      contentItemIds: ["2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10"],
      expiresAt: "2099-12-22T09:00:00Z",
      passcode: "otter-73-lamp",
    },
  });

export const UpdateReviewLink = z
  .strictObject({
    name: Name.optional(),
    message: Message.nullable().optional(),
    expiresAt: Expiry.nullable().optional().openapi({ description: "Null for never." }),
    passcode: Passcode.nullable().optional().openapi({
      description: "With another one, everybody opens the link anew; null for none.",
    }),
    canComment: z.boolean().optional(),
    canDecide: z.boolean().optional(),
  })
  .openapi("UpdateReviewLink", { example: { expiresAt: "2099-12-31T23:00:00Z", passcode: null } });

export const AddReviewItems = z
  .strictObject({ contentItemIds: Items })
  .openapi("AddReviewItems", { example: { contentItemIds: ["2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10"] } });

export const ListReviewLinks = z.strictObject({
  contentItemId: Id.optional(),
  status: z.enum(["Live", "Ended"]).optional().openapi({ description: "Ended: expired or revoked." }),
  limit: Limit,
  cursor: Cursor,
});

const base = { tags: ["review"], security: SIGNED_IN };
const itemParams = z.strictObject({ id: Id, contentItemId: Id });

export const createReviewLink = createRoute({
  ...base,
  operationId: "createReviewLink",
  method: "post",
  path: "/review/links",
  summary: "Make a link by which a client reviews without an account",
  request: { headers: creates, body: body(CreateReviewLink) },
  responses: {
    201: json("The link, with its address this once", IssuedReviewLink),
    ...memberProblems("archived", "idempotency_key_reused"),
  },
});

export const listReviewLinks = createRoute({
  ...base,
  operationId: "listReviewLinks",
  method: "get",
  path: "/review/links",
  summary: "List review links, newest first",
  request: { headers: inWorkspace, query: ListReviewLinks },
  responses: { 200: json("A page of links", ReviewLinkPage), ...memberProblems("invalid_cursor") },
});

export const getReviewLink = createRoute({
  ...base,
  operationId: "getReviewLink",
  method: "get",
  path: "/review/links/{id}",
  summary: "Read a review link and who opened it",
  request: { headers: inWorkspace, params: idParams },
  responses: { 200: json("The link", ReviewLinkWithGuests), ...memberProblems() },
});

export const updateReviewLink = createRoute({
  ...base,
  operationId: "updateReviewLink",
  method: "put",
  path: "/review/links/{id}",
  summary: "Change a link's expiry, passcode, rights or words",
  request: { headers: inWorkspace, params: idParams, body: body(UpdateReviewLink) },
  responses: { 200: json("The link", ReviewLink), ...memberProblems("link_revoked") },
});

export const revokeReviewLink = createRoute({
  ...base,
  operationId: "revokeReviewLink",
  method: "delete",
  path: "/review/links/{id}",
  summary: "Take a link back: it ends for everybody who has it",
  request: { headers: inWorkspace, params: idParams },
  responses: { 204: { description: "Revoked" }, ...memberProblems("link_revoked") },
});

export const addReviewItems = createRoute({
  ...base,
  operationId: "addReviewItems",
  method: "post",
  path: "/review/links/{id}/items",
  summary: "Show more items by a link",
  request: { headers: creates, params: idParams, body: body(AddReviewItems) },
  responses: {
    200: json("The link", ReviewLink),
    ...memberProblems("link_revoked", "archived", "idempotency_key_reused"),
  },
});

export const removeReviewItem = createRoute({
  ...base,
  operationId: "removeReviewItem",
  method: "delete",
  path: "/review/links/{id}/items/{contentItemId}",
  summary: "Show an item no longer by a link",
  request: { headers: inWorkspace, params: itemParams },
  responses: { 204: { description: "Removed" }, ...memberProblems("link_revoked") },
});
