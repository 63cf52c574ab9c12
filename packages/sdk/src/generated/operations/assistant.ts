// Written by `npm run generate` from the contracts: change those instead.
import { operation } from "../../operation.ts";
import type {
  AskWorkspace,
  ProposePlan,
  ProposedPlan,
  WorkspaceAnswer,
} from "../schemas.ts";

export type AskWorkspaceInput = {
  body: AskWorkspace;
};

/** Ask what the workspace's items say. Looked up in the current versions of items that aren't archived. Each sentence cites what was found, and says nothing that isn't there. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, ai_not_configured, ai_no_allowed_model, ai_canceled, credits_exhausted, conflict, idempotency_key_reused, too_large, unsupported_media_type, ai_limit, ai_failed, ai_key_refused. */
export const askWorkspace = /* @__PURE__ */ operation<AskWorkspaceInput, WorkspaceAnswer>("askWorkspace", "POST", "/assistant/ask", { scoped: true, keyed: true });

export type ProposePlanInput = {
  body: ProposePlan;
};

/** Propose what to write in a week, and when. Times are told by rule: hours at which what went out did well, on days on which nothing is due. A model adds ideas that grow out of what did best; where none is set up, the times are proposed alone. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, ai_not_configured, ai_no_allowed_model, ai_canceled, credits_exhausted, conflict, idempotency_key_reused, too_large, unsupported_media_type, ai_limit, ai_failed, ai_key_refused. */
export const proposePlan = /* @__PURE__ */ operation<ProposePlanInput, ProposedPlan>("proposePlan", "POST", "/assistant/plan", { scoped: true, keyed: true });
