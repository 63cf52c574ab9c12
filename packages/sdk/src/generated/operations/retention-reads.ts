// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../../operation.ts";
import type {
  Retention,
  RetentionPreview,
} from "../schemas.ts";

/** Read for how long what is kept, and whether a legal hold stops that anything goes. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getRetention = /* @__PURE__ */ operation<Nothing, Retention>("getRetention", "GET", "/retention", { scoped: true });

export type PreviewRetentionInput = {
  what: "Audit" | "Webhooks" | "Notifications" | "Versions" | "Drafts" | "Files" | "Answers" | "Metrics" | "Events";
  /** How long, in days. */
  days: number;
};

/** Count what would go. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const previewRetention = /* @__PURE__ */ operation<PreviewRetentionInput, RetentionPreview>("previewRetention", "GET", "/retention/preview", { scoped: true });
