// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  AuditCheck,
  VerifyAudit,
} from "../schemas.ts";

export type VerifyAuditInput = {
  body: VerifyAudit;
};

/** Make every hash of the log anew, and compare. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused, too_large, unsupported_media_type. */
export const verifyAudit = /* @__PURE__ */ operation<VerifyAuditInput, AuditCheck>("verifyAudit", "POST", "/audit/verify", { scoped: true, keyed: true });
