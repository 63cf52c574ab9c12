import type { Issue } from "./issue-rules";

export type { Issue };

/** Every way a request can be refused. The status lives here and nowhere else. */
export const ERROR_STATUS = {
  invalid_request: 400,
  invalid_json: 400,
  invalid_cursor: 400,
  workspace_required: 400,
  local_time_invalid: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  refresh_token_reused: 401,
  totp_required: 401,
  totp_invalid: 401,
  passkey_invalid: 401,
  forbidden: 403,
  own_work: 403,
  key_not_allowed: 403,
  key_scope: 403,
  key_required: 403,
  passcode_required: 403,
  passcode_wrong: 403,
  cross_site_request: 403,
  signature_invalid: 403,
  account_suspended: 403,
  second_factor_required: 403,
  sso_required: 403,
  reauthentication_required: 403,
  proof_required: 403,
  sso_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  version_conflict: 409,
  draft_conflict: 409,
  label_taken: 409,
  email_taken: 409,
  reset_token_invalid: 409,
  verification_token_invalid: 409,
  totp_on: 409,
  totp_off: 409,
  sso_not_configured: 409,
  domain_not_verified: 409,
  slug_taken: 409,
  wrong_region: 409,
  already_member: 409,
  last_admin: 409,
  owner_protected: 409,
  invitation_invalid: 409,
  invitation_for_another_address: 409,
  idempotency_key_reused: 409,
  not_draft: 409,
  not_pending: 409,
  archived: 409,
  thread_resolved: 409,
  in_use: 409,
  domain_taken: 409,
  domain_limit: 409,
  domain_unverified: 409,
  policy_unsatisfiable: 409,
  not_approved: 409,
  adaptation_not_approved: 409,
  adaptation_pinned: 409,
  not_published_here: 409,
  channel_disconnected: 409,
  channel_limits: 409,
  channel_built_in: 409,
  link_revoked: 409,
  key_revoked: 409,
  too_many: 409,
  endpoint_paused: 409,
  delivery_pending: 409,
  nothing_to_hold: 409,
  not_under_review: 409,
  schedule_not_open: 409,
  schedule_not_unknown: 409,
  schedule_exists: 409,
  no_posting_time: 409,
  removal_unsupported: 409,
  stream_unavailable: 409,
  cursor_expired: 410,
  storage_missing: 409,
  upload_closed: 409,
  upload_incomplete: 409,
  owns_workspaces: 409,
  erasure_waiting: 409,
  legal_hold: 409,
  name_mismatch: 409,
  workspace_read_only: 409,
  document_changed: 409,
  import_running: 409,
  import_over: 409,
  export_running: 409,
  export_not_ready: 409,
  ai_not_configured: 409,
  ai_no_allowed_model: 409,
  ai_canceled: 409,
  credits_exhausted: 409,
  plan_limit: 409,
  workspace_over_plan: 409,
  plan_set_by_operator: 409,
  payment_required: 409,
  payment_failed: 409,
  channel_refused: 422,
  channel_unreachable: 422,
  too_large: 413,
  range_not_satisfiable: 416,
  unsupported_media_type: 415,
  rate_limited: 429,
  ai_limit: 429,
  internal: 500,
  ai_failed: 502,
  ai_key_refused: 502,
  payments_unreachable: 502,
  timeout: 503,
  disk_full: 503,
  overloaded: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/**
 * What a code alone doesn't tell and a person needs: the problem's member `reason`, by which the application says it in the
 * reader's language. `needs_…` is the least role that may.
 */
export const REASONS = [
  "needs_writer",
  "needs_editor",
  "needs_admin",
  "needs_owner",
  "not_yours",
  "same_moment",
  "name_taken",
  "current_password",
  "other_step",
] as const;
export type Reason = (typeof REASONS)[number];

type Details = ErrorOptions & {
  issues?: Issue[];
  reason?: Reason;
  /** More members of the problem document that a client can act on, such as the current version. */
  extensions?: Record<string, unknown>;
  retryAfterSeconds?: number;
};

/** A refusal that a person can act on: `message` says what to do, `cause` is for the log. */
export class AppError extends Error {
  override name = "AppError";
  readonly issues: Issue[] | undefined;
  readonly reason: Reason | undefined;
  readonly extensions: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    { issues, reason, extensions, retryAfterSeconds, ...options }: Details = {},
  ) {
    super(message, options);
    this.issues = issues;
    this.reason = reason;
    this.extensions = extensions;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What stops a start: one sentence that says what is wrong and what to do. */
export class StartError extends Error {
  override name = "StartError";
}
