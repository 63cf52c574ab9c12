// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  AskWorkspaceErasure,
  Consents,
  Erasure,
  GiveConsents,
  PrivacyChoice,
  SetPrivacyChoice,
  WorkspaceErasure,
  WorkspaceErasureState,
} from "../schemas.ts";

export type AskWorkspaceErasureInput = {
  id: string;
  body: AskWorkspaceErasure;
};

/** Ask that a workspace is erased with everything in it, in some days. By its owner alone, who names it and shows once more that it is them. Until it is done nothing can be changed in it, and any of its Admins can take it back; all of them are told. Export it before: `POST /transfer/exports`. Refusals: invalid_json, unauthenticated, invalid_credentials, forbidden, second_factor_required, proof_required, cross_site_request, not_found, name_mismatch, workspace_read_only, erasure_waiting, legal_hold, idempotency_key_reused, too_large, unsupported_media_type. */
export const askWorkspaceErasure = /* @__PURE__ */ operation<AskWorkspaceErasureInput, WorkspaceErasure>("askWorkspaceErasure", "POST", "/workspaces/{id}/erasure", { keyed: true });

export type UndoWorkspaceErasureInput = {
  id: string;
};

/** Take back that a workspace is to be erased. By any of its Admins. What waited meanwhile goes on at once. Refusals: unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused. */
export const undoWorkspaceErasure = /* @__PURE__ */ operation<UndoWorkspaceErasureInput, WorkspaceErasureState>("undoWorkspaceErasure", "POST", "/workspaces/{id}/erasure/undo", { keyed: true });

export type SetPrivacyChoiceInput = {
  body: SetPrivacyChoice;
};

/** Opt out of sale and sharing, or take that back. Kept as a cookie, and with the account of who has signed in. A signal of the browser holds beside it, whatever is said here. Refusals: invalid_json, cross_site_request, too_large, unsupported_media_type. */
export const setPrivacyChoice = /* @__PURE__ */ operation<SetPrivacyChoiceInput, PrivacyChoice>("setPrivacyChoice", "PUT", "/privacy/choice", { open: true });

/** Ask that one's account is erased, in some days. Name, address, picture, sessions, drafts and memberships go, in all workspaces; what was written for a workspace stays there, by a former member. Whoever owns a workspace hands it over first. A legal hold of a workspace that one is or was in delays it: `heldBy` names that workspace. Refusals: unauthenticated, proof_required, cross_site_request, owns_workspaces, erasure_waiting, idempotency_key_reused. */
export const askErasure = /* @__PURE__ */ operation<Nothing, Erasure>("askErasure", "POST", "/privacy/erasure", { keyed: true });

/** Take back that one's account is to be erased. Refusals: unauthenticated, cross_site_request, not_found, idempotency_key_reused. */
export const undoErasure = /* @__PURE__ */ operation<Nothing, Erasure>("undoErasure", "POST", "/privacy/erasure/undo", { keyed: true });

export type GiveConsentsInput = {
  body: GiveConsents;
};

/** Agree to the texts as they were read. Refusals: invalid_json, unauthenticated, cross_site_request, document_changed, idempotency_key_reused, too_large, unsupported_media_type. */
export const giveConsents = /* @__PURE__ */ operation<GiveConsentsInput, Consents>("giveConsents", "POST", "/privacy/consents", { keyed: true });
