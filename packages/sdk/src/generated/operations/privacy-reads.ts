// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  Consents,
  ErasureList,
  LegalDocumentList,
  OwnWorkspaceErasures,
  PrivacyChoice,
  PrivacyNotice,
  WorkspaceErasureState,
} from "../schemas.ts";

export type GetWorkspaceErasureInput = {
  id: string;
};

/** Read whether a workspace waits to be erased. Refusals: unauthenticated, forbidden, not_found. */
export const getWorkspaceErasure = /* @__PURE__ */ operation<GetWorkspaceErasureInput, WorkspaceErasureState>("getWorkspaceErasure", "GET", "/workspaces/{id}/erasure");

/** List which workspaces one asked to be erased, with the receipts. Refusals: unauthenticated. */
export const listOwnWorkspaceErasures = /* @__PURE__ */ operation<Nothing, OwnWorkspaceErasures>("listOwnWorkspaceErasures", "GET", "/privacy/workspaces");

/** Tell whether one has opted out of sale and sharing. For everybody, signed in or not. What is kept with an account is brought to the browser as a cookie. */
export const getPrivacyChoice = /* @__PURE__ */ operation<Nothing, PrivacyChoice>("getPrivacyChoice", "GET", "/privacy/choice", { open: true });

export type GetPrivacyNoticeInput = {
  /** `"en"` where it is left out. */
  language?: "en" | "de" | undefined;
};

/** Read the notice at collection: what is collected, what for, and for how long. */
export const getPrivacyNotice = /* @__PURE__ */ operation<GetPrivacyNoticeInput, PrivacyNotice>("getPrivacyNotice", "GET", "/privacy/notice", { open: true });

/** List what one asked to be erased, newest first. Refusals: unauthenticated. */
export const listErasures = /* @__PURE__ */ operation<Nothing, ErasureList>("listErasures", "GET", "/privacy/erasure");

export type ListDocumentsInput = {
  /** `"en"` where it is left out. */
  language?: "en" | "de" | undefined;
};

/** Read the operator's terms and privacy policy, as they are now. In this language where the operator has it, else in theirs. Each language has a version of its own: a consent names the one that was read, and counts for the document. */
export const listDocuments = /* @__PURE__ */ operation<ListDocumentsInput, LegalDocumentList>("listDocuments", "GET", "/privacy/documents", { open: true });

/** List what one agreed to, and what is to be asked anew. Refusals: unauthenticated. */
export const getConsents = /* @__PURE__ */ operation<Nothing, Consents>("getConsents", "GET", "/privacy/consents");

/** Take everything about oneself, of all workspaces, as a zip of JSON and CSV. A file for each table and workspace, with every row that names you and that you may see; secrets are left out. `README.txt` says what is what. Refusals: unauthenticated. */
export const exportPerson = /* @__PURE__ */ operation<Nothing, Blob>("exportPerson", "GET", "/privacy/export", { answers: "blob" });
