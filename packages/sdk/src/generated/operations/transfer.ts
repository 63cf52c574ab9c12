// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  AppliedBlueprint,
  Blueprint,
  ContentExport,
  ContentImport,
  StartExport,
  StartImport,
} from "../schemas.ts";

export type ApplyBlueprintInput = {
  id: string;
  body: Blueprint;
};

/** Set a workspace up as a blueprint says; what has a name that is taken stays as it is. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const applyBlueprint = /* @__PURE__ */ operation<ApplyBlueprintInput, AppliedBlueprint>("applyBlueprint", "POST", "/workspaces/{id}/blueprint", { keyed: true });

export type StartImportInput = {
  body: StartImport;
};

/** Import an uploaded file: Markdown, a zip of it, a WordPress export, a feed, a ContentOS export. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, import_running, idempotency_key_reused, conflict, too_large, unsupported_media_type. */
export const startImport = /* @__PURE__ */ operation<StartImportInput, ContentImport>("startImport", "POST", "/content/import", { scoped: true, keyed: true });

export type CancelImportInput = {
  id: string;
};

/** Stop an import; what has come in stays. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, import_over. */
export const cancelImport = /* @__PURE__ */ operation<CancelImportInput, ContentImport>("cancelImport", "POST", "/content/import/{id}/cancel", { scoped: true });

export type StartExportInput = {
  body: StartExport;
};

/** Export the workspace's content as an archive that another deployment imports without loss. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, export_running, idempotency_key_reused, too_large, unsupported_media_type. */
export const startExport = /* @__PURE__ */ operation<StartExportInput, ContentExport>("startExport", "POST", "/content/export", { scoped: true, keyed: true });
