// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  InvitationPage,
  MemberPage,
  Support,
  Workspace,
  WorkspacePage,
} from "../schemas.ts";

export type GetSupportInput = {
  id: string;
};

/** List who of the operator's was in a workspace, why and how long. Refusals: unauthenticated, forbidden, not_found. */
export const getSupport = /* @__PURE__ */ operation<GetSupportInput, Support>("getSupport", "GET", "/workspaces/{id}/support");

export type ListWorkspacesInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** The one whose address this is, or was until it moved on; `slug` of the answer is where it is now. */
  slug?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List one's own workspaces. Refusals: invalid_cursor, unauthenticated. */
export const listWorkspaces = /* @__PURE__ */ operation<ListWorkspacesInput, WorkspacePage>("listWorkspaces", "GET", "/workspaces");

export type GetWorkspaceInput = {
  id: string;
};

/** Read a workspace's settings. Refusals: unauthenticated, forbidden, not_found. */
export const getWorkspace = /* @__PURE__ */ operation<GetWorkspaceInput, Workspace>("getWorkspace", "GET", "/workspaces/{id}");

export type ListMembersInput = {
  id: string;
  /** `"joinedAt"` where it is left out. */
  sort?: "joinedAt" | "-joinedAt" | "name" | "-name" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List a workspace's members. Refusals: invalid_cursor, unauthenticated, forbidden, not_found. */
export const listMembers = /* @__PURE__ */ operation<ListMembersInput, MemberPage>("listMembers", "GET", "/workspaces/{id}/members");

export type ListInvitationsInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List open and expired invitations, newest first. Refusals: invalid_cursor, unauthenticated, forbidden, not_found. */
export const listInvitations = /* @__PURE__ */ operation<ListInvitationsInput, InvitationPage>("listInvitations", "GET", "/workspaces/{id}/invitations");
