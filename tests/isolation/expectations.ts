import {
  ADMINS,
  AUTHORS,
  CLOSED,
  EDITORS,
  type Expectation,
  each,
  GUESTS,
  INSIDE,
  MEMBERS,
  names,
  SYSTEM,
  WRITERS,
} from "./actors";
import { ROOMS } from "./rooms";

export const EXPECTATIONS: Record<string, Expectation | typeof CLOSED> = {
  "app.scope_key": CLOSED,
  "public.migrations": CLOSED,
  "public.auth_accounts": CLOSED,
  "public.auth_sessions": CLOSED,
  "public.auth_verifications": CLOSED,
  "public.auth_refresh_tokens": CLOSED,
  "public.auth_signing_keys": CLOSED,
  "public.auth_totp": CLOSED,
  "public.auth_recovery_codes": CLOSED,
  "public.auth_passkeys": CLOSED,
  "public.auth_attempts": CLOSED,
  "public.auth_saml_assertions": CLOSED,
  "public.auth_saml_keys": CLOSED,
  "public.auth_saml_sessions": CLOSED,
  "public.http_limits": CLOSED,
  "public.auth_events": CLOSED,

  "public.users": {
    select: [...INSIDE, "Person"],
    readable: names("id email email_verified name image created_at"),
    given: names("id email email_verified name image suspended_at created_at updated_at"),
  },
  // What visitors and clients may see of a workspace is its site's; the row has no secrets.
  "public.workspaces": {
    select: [...INSIDE, "Visitor", "Person", "PersonOther", ...GUESTS],
    update: {
      ...each("name slug branding time_zone language approval_steps late_after_minutes updated_at", ADMINS),
      owner_id: ["Owner"],
    },
    notForKeys: {
      update: names("name slug branding time_zone language approval_steps late_after_minutes updated_at owner_id"),
    },
    given: names("id region created_at primary_host"),
    client: { readable: names("id name branding time_zone") },
  },
  "public.workspace_members": {
    select: [...INSIDE, "Person"],
    update: each("role removed_at", ADMINS),
    notForKeys: { update: names("role removed_at") },
    given: names("workspace_id user_id joined_at"),
  },
  "public.workspace_invitations": {
    select: ADMINS,
    insert: {
      columns: names("workspace_id id email role token_hash invited_by expires_at"),
      by: ADMINS,
      signed: ["invited_by"],
    },
    update: each("role token_hash expires_at revoked_at", ADMINS),
    notForKeys: { select: true, insert: true, update: names("role token_hash expires_at revoked_at") },
    given: names("created_at accepted_at"),
  },
  "public.workspace_former_slugs": {
    select: [...ADMINS, "System", "Person", "PersonOther"],
    given: names("workspace_id slug left_at"),
  },
  "public.workspace_keys": {
    select: [...ADMINS, "System"],
    insert: { columns: names("workspace_id wrapped_key"), by: ADMINS },
    given: ["created_at"],
  },
  "public.billing_subscriptions": {
    select: [...ADMINS, "System"],
    given: names("workspace_id id tier next_billing_date account_id paid_since"),
  },

  "public.channels": {
    select: INSIDE,
    insert: {
      columns: names("workspace_id id network name remote_account created_by checked_at"),
      by: ADMINS,
      signed: ["created_by"],
    },
    update: each("name status health_message checked_at access_ends_at access_told_days updated_at removed_at", [
      ...ADMINS,
      "System",
    ]),
    given: ["created_at"],
  },
  "public.channel_credentials": {
    select: [...ADMINS, "System"],
    insert: { columns: names("workspace_id channel_id sealed"), by: ADMINS },
    update: each("sealed updated_at", [...ADMINS, "System"]),
  },
  "public.channels_authorizations": {
    select: ["WriterOwn"],
    insert: {
      columns: names("workspace_id created_by network state_hash expires_at"),
      by: ADMINS,
      signed: ["created_by"],
    },
    update: each("state_hash expires_at", ["WriterOwn"]),
  },
  "public.channels_wanted": {
    select: INSIDE,
    insert: { columns: names("workspace_id network created_by"), by: ADMINS, signed: ["created_by"] },
    update: each("removed_at", ADMINS),
    given: ["created_at"],
  },
  "public.personas": {
    select: INSIDE,
    insert: { columns: names("workspace_id id name attributes created_by"), by: EDITORS, signed: ["created_by"] },
    update: each("name attributes updated_at removed_at", EDITORS),
    given: ["created_at"],
  },

  // A job publishes, and writes nothing that goes out; a Writer's item is published by somebody else.
  "public.content_items": {
    select: [...INSIDE, "Guest"],
    insert: {
      columns: names(
        "workspace_id id title created_by assignee_id due_at campaign_id current_version_number current_content_hash",
      ),
      by: WRITERS,
      signed: ["created_by"],
    },
    update: {
      ...each("title assignee_id due_at campaign_id current_version_number current_content_hash archived_at", AUTHORS),
      ...each("status updated_at", [...AUTHORS, "System"]),
      published_at: [...EDITORS, "System"],
    },
    given: ["created_at"],
    client: { readable: names("workspace_id id title status archived_at") },
  },
  "public.content_versions": {
    select: INSIDE,
    insert: {
      columns: names(
        "workspace_id id content_item_id version_number title body metadata assets content_hash updated_by",
      ),
      by: AUTHORS,
      signed: ["updated_by"],
    },
    given: ["updated_at"],
    client: { readable: names("workspace_id content_item_id version_number title body metadata updated_by") },
  },
  "public.content_adaptations": {
    select: INSIDE,
    insert: {
      columns: names("workspace_id id content_item_id version_number channel_id network parts content_hash created_by"),
      by: AUTHORS,
      signed: ["created_by"],
    },
    update: each("parts content_hash updated_at removed_at", AUTHORS),
    given: ["created_at"],
  },

  // The change here is that a new version supersedes it; decisions have cases of their own.
  "public.approval_submissions": {
    select: INSIDE,
    insert: {
      columns: names(
        "workspace_id id content_item_id version_number content_hash adaptations steps status submitted_by decided_at",
      ),
      by: AUTHORS,
      signed: ["submitted_by"],
    },
    update: each("status decided_at", AUTHORS),
    given: ["submitted_at"],
    client: {
      readable: names(
        "workspace_id id content_item_id version_number content_hash adaptations steps status submitted_by submitted_at decided_at",
      ),
      update: each("status decided_at", []),
    },
  },
  // The step is an Editor's. `status` is superseding; the other columns come with a decision.
  "public.approval_workflows": {
    select: INSIDE,
    insert: {
      columns: names(
        "workspace_id id submission_id content_item_id version_number content_hash step role status written_by submitted_by submitted_at",
      ),
      by: AUTHORS,
      signed: ["submitted_by", "written_by"],
    },
    update: { status: AUTHORS, ...each("approved_by decided_at comment", EDITORS) },
    notForKeys: { update: names("approved_by decided_at comment") },
    client: {
      readable: names(
        "workspace_id id submission_id content_item_id version_number content_hash step role status written_by submitted_by submitted_at approved_by decided_at comment decided_by_guest",
      ),
      insert: {
        columns: names(
          "workspace_id id submission_id content_item_id version_number content_hash step role status written_by submitted_by submitted_at",
        ),
        by: [],
      },
      update: each("status decided_by_guest decided_at comment", []),
    },
  },

  // A Writer's new version puts what was scheduled of the old one on hold; a job says what became of it.
  "public.distribution_schedules": {
    select: INSIDE,
    insert: {
      columns: names(
        "workspace_id id content_item_id version_number submission_id channel_id adaptation_id content_hash scheduled_time time_zone due_at job_id created_by",
      ),
      by: EDITORS,
      signed: ["created_by"],
    },
    update: {
      ...each("version_number submission_id adaptation_id content_hash scheduled_time time_zone", EDITORS),
      ...each("status hold_reason message updated_at due_at job_id tried_from", [...AUTHORS, "System"]),
      ...each("late_ms published_at published_url remote_id removed_at", [...EDITORS, "System"]),
    },
    given: ["created_at"],
  },
  "public.distribution_posting_times": {
    select: INSIDE,
    insert: { columns: names("workspace_id channel_id minutes"), by: EDITORS },
    update: each("minutes updated_at", EDITORS),
  },
  "public.distribution_parts": {
    select: INSIDE,
    insert: {
      columns: names("workspace_id id schedule_id channel_id position remote_key text created_at"),
      by: SYSTEM,
    },
    update: each("remote_id remote_url published_at removed_at", SYSTEM),
  },
  // Editors resolve what is Unknown.
  "public.distribution_attempts": {
    select: INSIDE,
    insert: {
      columns: names("workspace_id id schedule_id number kind started_at ended_at outcome error"),
      by: [...EDITORS, "System"],
    },
    update: each("ended_at outcome error", [...EDITORS, "System"]),
  },
  "public.site_pages": {
    select: [...INSIDE, "Visitor"],
    insert: {
      columns: names(
        "workspace_id id content_item_id version_number remote_keys slug title body html excerpt language word_count image_url canonical_url published_at updated_at",
      ),
      by: SYSTEM,
    },
    update: each(
      "version_number remote_keys slug former_slugs title body html excerpt language word_count image_url canonical_url published_at updated_at removed_at",
      SYSTEM,
    ),
  },
  "public.site_counters": { select: INSIDE, given: names("workspace_id page_id day metric_type value") },
  "public.analytics_metrics": {
    select: INSIDE,
    insert: {
      columns: names("workspace_id id content_item_id schedule_id channel_id metric_type value source recorded_at"),
      by: SYSTEM,
    },
  },
  "public.analytics_fetches": {
    select: INSIDE,
    insert: {
      columns: names("workspace_id schedule_id content_item_id channel_id remote_id published_at since next_at latest"),
      by: SYSTEM,
    },
    update: each("since fetches fetched_at failed_at failures error next_at latest", SYSTEM),
  },

  "public.audit_events": {
    select: [...ADMINS, "System"],
    insert: {
      columns: names("workspace_id id actor_kind actor_id action subject_type subject_id detail request_id"),
      by: INSIDE,
      signed: ["actor_id"],
    },
    given: names("at api_key_id"),
    client: {
      insert: {
        columns: names("workspace_id id actor_kind actor_id action subject_type subject_id detail request_id"),
        by: GUESTS,
        signed: ["actor_id"],
      },
    },
  },
  "public.idempotency_keys": {
    select: ["WriterOwn", "Person"],
    insert: {
      columns: names("user_id workspace_id key fingerprint"),
      by: [...MEMBERS, "Person", "PersonOther"],
      signed: ["user_id"],
    },
    update: each("status response", ["WriterOwn", "Person"]),
    given: names("id created_at api_key_id"),
  },
  ...Object.assign({}, ...ROOMS.map(({ expectations }) => expectations)),
};

/** What auth's log-in may do, in a word for each; it reaches every row of these and no other table. */
export const AUTH_MAY: Record<string, string> = {
  "public.users": "select insert update",
  "public.auth_accounts": "select insert update delete",
  "public.auth_sessions": "select insert update delete",
  "public.auth_verifications": "select insert update delete",
  "public.auth_refresh_tokens": "select insert update delete",
  "public.auth_signing_keys": "select insert update",
  "public.auth_totp": "select insert update delete",
  "public.auth_recovery_codes": "select insert update delete",
  "public.auth_passkeys": "select insert update delete",
  "public.auth_attempts": "select insert update delete",
  "public.auth_saml_assertions": "select insert delete",
  "public.auth_saml_keys": "select insert update",
  "public.auth_saml_sessions": "select insert",
  "public.http_limits": "select insert update delete",
  "public.auth_events": "select",
  "public.auth_scim_users": "select",
  // Before anybody is signed in: whose provider an address means.
  "public.auth_sso_connections": "select",
  "public.auth_sso_domains": "select",
};
