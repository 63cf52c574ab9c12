import { createRoute } from "@hono/zod-openapi";
import { ROLES } from "@/platform/actor";
import {
  body,
  Cursor,
  creates,
  Id,
  idParams,
  json,
  Limit,
  line,
  page,
  problems,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";
import type { ErrorCode } from "@/platform/errors";
import { SENTENCES } from "@/platform/issue-rules";
import { isTimeZone } from "@/platform/local-time";
import { SiteTheme } from "./theme";

const Role = z.enum(ROLES).openapi("Role");
const Name = line(120);
const Email = z.email().max(254).toLowerCase().openapi({ example: "kim@example.com" });
const TimeZone = z.string().max(64).refine(isTimeZone, SENTENCES.time_zone).openapi({ example: "Europe/Berlin" });

/** What the workspace's site, mails and pages look like. */
export const Branding = z
  .strictObject({
    primaryColor: z
      .string()
      .regex(/^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, SENTENCES.color)
      .optional(),
    logoUrl: z
      .url({ protocol: /^https$/ })
      .max(2_000)
      .optional(),
    logoAssetId: Id.optional().openapi({ description: "An image of the library; it goes before `logoUrl`." }),
    faviconAssetId: Id.optional().openapi({ description: "An image of the library." }),
    tagline: z.string().trim().max(200).optional(),
    footer: z.string().trim().max(500).optional(),
    theme: SiteTheme.optional().openapi({
      description: "How the public site looks; without it, as it does by itself.",
    }),
  })
  .openapi("Branding", { example: { primaryColor: "#0a7d5a", tagline: "Good things, plainly told" } });
export type Branding = z.output<typeof Branding>;

const MAX_APPROVAL_STEPS = 5;
const ApprovalSteps = z
  .array(z.strictObject({ role: z.enum([...ROLES, "Client"]) }))
  .max(MAX_APPROVAL_STEPS)
  .openapi({ example: [{ role: "Editor" }, { role: "Admin" }] });

export const Workspace = z
  .object({
    id: Id,
    name: z.string(),
    slug: z.string(),
    ownerId: Id,
    branding: Branding,
    timeZone: z.string(),
    region: z.string(),
    language: z.string(),
    approvalSteps: ApprovalSteps,
    lateAfterMinutes: z.int().nullable(),
    role: Role,
    support: z.boolean().optional().openapi({
      description: "In a list of one's own: that one is there as the operator's support, for a while.",
    }),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .openapi("Workspace", {
    example: {
      id: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
      name: "Acme",
      slug: "acme",
      ownerId: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      branding: { primaryColor: "#0a7d5a" },
      timeZone: "Europe/Berlin",
      region: "local",
      language: "en",
      approvalSteps: [{ role: "Editor" }, { role: "Admin" }],
      lateAfterMinutes: null,
      role: "Admin",
      createdAt: "2026-11-22T09:00:00.000Z",
      updatedAt: "2026-11-22T09:00:00.000Z",
    },
  });
export const WorkspacePage = page(Workspace).openapi("WorkspacePage");

export const Member = z
  .object({
    userId: Id,
    name: z.string(),
    email: z.string(),
    role: Role,
    status: z.literal("Active"),
    joinedAt: Timestamp,
  })
  .openapi("Member", {
    example: {
      userId: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      name: "Kim Example",
      email: "kim@example.com",
      role: "Editor",
      status: "Active",
      joinedAt: "2026-11-22T09:00:00.000Z",
    },
  });
export const MemberPage = page(Member).openapi("MemberPage");

const Invitation = z
  .object({
    id: Id,
    email: z.string(),
    role: Role,
    status: z.enum(["Invited", "Expired"]),
    invitedBy: Id,
    createdAt: Timestamp,
    expiresAt: Timestamp,
  })
  .openapi("Invitation", {
    example: {
      id: "4d1c2b3a-0000-4000-8000-000000000002",
      email: "kim@example.com",
      role: "Editor",
      status: "Invited",
      invitedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
      createdAt: "2026-11-22T09:00:00.000Z",
      expiresAt: "2026-11-29T09:00:00.000Z",
    },
  });
export const InvitationPage = page(Invitation).openapi("InvitationPage");

export const IssuedInvitation = Invitation.extend({
  inviteUrl: z.url().optional().openapi({
    description:
      "The link of the mail, with the token that `POST /invitations/accept` takes behind the `#`, which browsers send nowhere. It is told once: a repeated request with the same key goes without it.",
  }),
  mailed: z.boolean().openapi({
    description:
      "False where your own address is not confirmed: nobody is written to in your name, so pass the link on.",
  }),
}).openapi("IssuedInvitation", {
  example: {
    id: "4d1c2b3a-0000-4000-8000-000000000002",
    email: "kim@example.com",
    role: "Editor",
    status: "Invited",
    invitedBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
    createdAt: "2026-11-22T09:00:00.000Z",
    expiresAt: "2026-11-29T09:00:00.000Z",
    inviteUrl: "https://contentos.example.com/invitations/accept#token=u0Vq0mX3z6o0Hk0y4m7s",
    mailed: true,
  },
});

export const Joined = z.object({ workspaceId: Id, role: Role }).openapi("Joined");

export const CreateWorkspace = z
  .strictObject({
    name: Name,
    // A workspace that is to be made has no library as yet.
    branding: Branding.omit({ logoAssetId: true, faviconAssetId: true }).default({}),
    timeZone: TimeZone.default("UTC"),
    region: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, SENTENCES.slug)
      .max(40)
      .optional(),
  })
  .openapi("CreateWorkspace", { example: { name: "Acme", timeZone: "Europe/Berlin" } });

export const UpdateWorkspace = z
  .strictObject({
    name: Name.optional(),
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, SENTENCES.slug)
      .max(60)
      .optional(),
    branding: Branding.optional(),
    timeZone: TimeZone.optional(),
    language: z
      .string()
      .max(35)
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, SENTENCES.language)
      .optional(),
    approvalSteps: ApprovalSteps.optional(),
    lateAfterMinutes: z.int().min(1).max(525_600).nullable().optional(),
  })
  .openapi("UpdateWorkspace", { example: { approvalSteps: [{ role: "Editor" }] } });

const WORKSPACE_SORTS = ["name", "-name", "createdAt", "-createdAt"] as const;
export const ListWorkspaces = z.strictObject({
  sort: z.enum(WORKSPACE_SORTS).default("name"),
  slug: z.string().max(200).optional().openapi({
    description: "The one whose address this is, or was until it moved on; `slug` of the answer is where it is now.",
  }),
  limit: Limit,
  cursor: Cursor,
});

const MEMBER_SORTS = ["joinedAt", "-joinedAt", "name", "-name"] as const;
export const ListMembers = z.strictObject({
  sort: z.enum(MEMBER_SORTS).default("joinedAt"),
  limit: Limit,
  cursor: Cursor,
});

export const ListInvitations = z.strictObject({ limit: Limit, cursor: Cursor });

export const InviteMember = z
  .strictObject({ email: Email, role: Role })
  .openapi("InviteMember", { example: { email: "kim@example.com", role: "Editor" } });

const memberParams = z.strictObject({ id: Id, userId: Id });
const invitationParams = z.strictObject({ id: Id, invitationId: Id });
/** The workspace is in the path, or is made here. */
const idempotent = creates.pick({ "idempotency-key": true });

const base = { tags: ["workspaces"], security: SIGNED_IN };
/** The refusals of an operation whose workspace stands in its path. */
const inPath = <const C extends ErrorCode = never>(...codes: C[]) =>
  problems<C | "unauthenticated" | "forbidden" | "not_found">("unauthenticated", "forbidden", "not_found", ...codes);

export const listWorkspaces = createRoute({
  ...base,
  operationId: "listWorkspaces",
  method: "get",
  path: "/workspaces",
  summary: "List one's own workspaces",
  request: { query: ListWorkspaces },
  responses: { 200: json("A page of workspaces", WorkspacePage), ...problems("unauthenticated", "invalid_cursor") },
});

export const createWorkspace = createRoute({
  ...base,
  operationId: "createWorkspace",
  method: "post",
  path: "/workspaces",
  summary: "Found a workspace, with its site",
  request: { headers: idempotent, body: body(CreateWorkspace) },
  responses: {
    201: json("The new workspace", Workspace),
    ...problems("unauthenticated", "wrong_region", "conflict", "idempotency_key_reused", "invalid_json", "too_large"),
  },
});

export const getWorkspace = createRoute({
  ...base,
  operationId: "getWorkspace",
  method: "get",
  path: "/workspaces/{id}",
  summary: "Read a workspace's settings",
  request: { params: idParams },
  responses: { 200: json("The workspace", Workspace), ...inPath() },
});

export const updateWorkspace = createRoute({
  ...base,
  operationId: "updateWorkspace",
  method: "put",
  path: "/workspaces/{id}",
  summary: "Change settings; an approval policy binds what is submitted from now on",
  request: { params: idParams, body: body(UpdateWorkspace) },
  responses: { 200: json("The workspace", Workspace), ...inPath("slug_taken", "invalid_json") },
});

export const handOver = createRoute({
  ...base,
  operationId: "handOver",
  method: "post",
  path: "/workspaces/{id}/hand-over",
  summary: "Hand a workspace over to one of its Admins",
  request: {
    params: idParams,
    body: body(
      z
        .strictObject({ userId: Id })
        .openapi("HandOver", { example: { userId: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02" } }),
    ),
  },
  responses: { 200: json("The workspace", Workspace), ...inPath("conflict", "invalid_json") },
});

export const listMembers = createRoute({
  ...base,
  operationId: "listMembers",
  method: "get",
  path: "/workspaces/{id}/members",
  summary: "List a workspace's members",
  request: { params: idParams, query: ListMembers },
  responses: { 200: json("A page of members", MemberPage), ...inPath("invalid_cursor") },
});

export const inviteMember = createRoute({
  ...base,
  operationId: "inviteMember",
  method: "post",
  path: "/workspaces/{id}/members",
  summary: "Invite somebody by mail; a second invitation replaces the first",
  request: { headers: idempotent, params: idParams, body: body(InviteMember) },
  responses: {
    201: json("The invitation", IssuedInvitation),
    ...inPath("already_member", "idempotency_key_reused", "invalid_json"),
  },
});

export const changeMember = createRoute({
  ...base,
  operationId: "changeMember",
  method: "put",
  path: "/workspaces/{id}/members/{userId}",
  summary: "Give a member another role",
  request: {
    params: memberParams,
    body: body(z.strictObject({ role: Role }).openapi("ChangeMember", { example: { role: "Writer" } })),
  },
  responses: { 200: json("The member", Member), ...inPath("owner_protected", "invalid_json") },
});

export const removeMember = createRoute({
  ...base,
  operationId: "removeMember",
  method: "delete",
  path: "/workspaces/{id}/members/{userId}",
  summary: "Remove a member",
  request: { params: memberParams },
  responses: { 204: { description: "Removed" }, ...inPath("owner_protected") },
});

export const listInvitations = createRoute({
  ...base,
  operationId: "listInvitations",
  method: "get",
  path: "/workspaces/{id}/invitations",
  summary: "List open and expired invitations, newest first",
  request: { params: idParams, query: ListInvitations },
  responses: { 200: json("A page of invitations", InvitationPage), ...inPath("invalid_cursor") },
});

export const revokeInvitation = createRoute({
  ...base,
  operationId: "revokeInvitation",
  method: "delete",
  path: "/workspaces/{id}/invitations/{invitationId}",
  summary: "Take an invitation back",
  request: { params: invitationParams },
  responses: { 204: { description: "Taken back" }, ...inPath() },
});

export const acceptInvitation = createRoute({
  ...base,
  operationId: "acceptInvitation",
  method: "post",
  path: "/invitations/accept",
  summary: "Join the workspace of an invitation",
  request: {
    headers: idempotent,
    body: body(
      z
        .strictObject({ token: z.string().min(1).max(200) })
        .openapi("AcceptInvitation", { example: { token: "u0Vq0mX3z6o0Hk0y4m7sJmR7v0dGQWfW3m8b2n1c9aE" } }),
    ),
  },
  responses: {
    200: json("The workspace that was joined", Joined),
    ...problems(
      "unauthenticated",
      "invitation_invalid",
      "invitation_for_another_address",
      "already_member",
      "idempotency_key_reused",
      "invalid_json",
    ),
  },
});
