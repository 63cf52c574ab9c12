// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  AcceptInvitation,
  ChangeMember,
  ChangeSupport,
  ChangeSupportAccess,
  CreateWorkspace,
  HandOver,
  InviteMember,
  IssuedInvitation,
  Joined,
  Member,
  Support,
  UpdateWorkspace,
  Workspace,
} from "../schemas.ts";

export type ChangeSupportInput = {
  id: string;
  body: ChangeSupport;
};

/** Forbid the operator's support to enter, or allow it again. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const changeSupport = /* @__PURE__ */ operation<ChangeSupportInput, Support>("changeSupport", "PUT", "/workspaces/{id}/support");

export type ChangeSupportAccessInput = {
  id: string;
  accessId: string;
  body: ChangeSupportAccess;
};

/** End an access of the operator's support, or let it change something. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const changeSupportAccess = /* @__PURE__ */ operation<ChangeSupportAccessInput, Support>("changeSupportAccess", "PUT", "/workspaces/{id}/support/{accessId}");

export type CreateWorkspaceInput = {
  body: CreateWorkspace;
};

/** Found a workspace, with its site. Refusals: invalid_json, unauthenticated, cross_site_request, wrong_region, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createWorkspace = /* @__PURE__ */ operation<CreateWorkspaceInput, Workspace>("createWorkspace", "POST", "/workspaces", { keyed: true });

export type UpdateWorkspaceInput = {
  id: string;
  body: UpdateWorkspace;
};

/** Change settings; an approval policy binds what is submitted from now on. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, slug_taken, too_large, unsupported_media_type. */
export const updateWorkspace = /* @__PURE__ */ operation<UpdateWorkspaceInput, Workspace>("updateWorkspace", "PUT", "/workspaces/{id}");

export type HandOverInput = {
  id: string;
  body: HandOver;
};

/** Hand a workspace over to one of its Admins. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, too_large, unsupported_media_type. */
export const handOver = /* @__PURE__ */ operation<HandOverInput, Workspace>("handOver", "POST", "/workspaces/{id}/hand-over");

export type InviteMemberInput = {
  id: string;
  body: InviteMember;
};

/** Invite somebody by mail; a second invitation replaces the first. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, already_member, idempotency_key_reused, too_large, unsupported_media_type. */
export const inviteMember = /* @__PURE__ */ operation<InviteMemberInput, IssuedInvitation>("inviteMember", "POST", "/workspaces/{id}/members", { keyed: true });

export type ChangeMemberInput = {
  id: string;
  userId: string;
  body: ChangeMember;
};

/** Give a member another role. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, owner_protected, too_large, unsupported_media_type. */
export const changeMember = /* @__PURE__ */ operation<ChangeMemberInput, Member>("changeMember", "PUT", "/workspaces/{id}/members/{userId}");

export type RemoveMemberInput = {
  id: string;
  userId: string;
};

/** Remove a member. Refusals: unauthenticated, forbidden, cross_site_request, not_found, owner_protected. */
export const removeMember = /* @__PURE__ */ operation<RemoveMemberInput, undefined>("removeMember", "DELETE", "/workspaces/{id}/members/{userId}");

export type RevokeInvitationInput = {
  id: string;
  invitationId: string;
};

/** Take an invitation back. Refusals: unauthenticated, forbidden, cross_site_request, not_found. */
export const revokeInvitation = /* @__PURE__ */ operation<RevokeInvitationInput, undefined>("revokeInvitation", "DELETE", "/workspaces/{id}/invitations/{invitationId}");

export type AcceptInvitationInput = {
  body: AcceptInvitation;
};

/** Join the workspace of an invitation. Refusals: invalid_json, unauthenticated, cross_site_request, invitation_invalid, invitation_for_another_address, already_member, idempotency_key_reused, too_large, unsupported_media_type. */
export const acceptInvitation = /* @__PURE__ */ operation<AcceptInvitationInput, Joined>("acceptInvitation", "POST", "/invitations/accept", { keyed: true });
