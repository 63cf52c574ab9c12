import type { Who } from "./actors";
import { ROOMS } from "./rooms";
import {
  authorOf,
  HASH,
  home,
  id,
  inPlace,
  ofItem,
  type PersonName,
  type Place,
  person,
  q,
  type Row,
  ref,
  workspace,
} from "./vocabulary";

const STEPS = q('[{"role": "Editor"}, {"role": "Admin"}]');

const submission = (place: Place, item: string, status: string): Row => ({
  ...inPlace(place, `submission of ${item}`),
  ...ofItem(place, item),
  content_hash: HASH,
  steps: STEPS,
  status: q(status),
  submitted_by: person(authorOf(place)),
});
export const step = (place: Place, item: string, number: number, role: string): Row => ({
  ...inPlace(place, `step ${number} of ${item}`),
  ...ofItem(place, item),
  submission_id: ref(place, `submission of ${item}`),
  content_hash: HASH,
  step: String(number),
  role: q(role),
  written_by: person(authorOf(place)),
  submitted_by: person(authorOf(place)),
});
const approvedBy = (who: PersonName): Row => ({ status: q("Approved"), approved_by: person(who), decided_at: "now()" });
const item = (place: Place, name: string, status: string): Row => ({
  ...inPlace(place, name),
  status: q(status),
  created_by: person(authorOf(place)),
  current_content_hash: HASH,
});
const version = (place: Place, of: string): Row => ({
  ...inPlace(place, `version of ${of}`),
  ...ofItem(place, of),
  content_hash: HASH,
  updated_by: person(authorOf(place)),
});
const schedule = (place: Place): Row => ({
  ...inPlace(place, "schedule"),
  ...ofItem(place, "approved"),
  submission_id: ref(place, "submission of approved"),
  channel_id: ref(place, "channel"),
  content_hash: HASH,
  created_by: person(authorOf(place)),
});

/** The row of each table that the matrix reads, locks, changes and removes. */
export const ROWS: Record<string, (place: Place) => Row> = {
  users: (place) => ({ id: person(authorOf(place)) }),
  workspaces: (place) => ({
    id: workspace(place),
    slug: q(home(place)),
    owner_id: person(place === "theirs" ? "stranger" : "owner"),
    branding: q(JSON.stringify({ logoAssetId: id(place, "logo"), faviconAssetId: id(place, "old logo") })),
  }),
  workspace_members: (place) => ({ workspace_id: workspace(place), user_id: person(authorOf(place)) }),
  workspace_invitations: (place) => ({
    ...inPlace(place, "invitation"),
    email: q(`${place}@example.com`),
    role: q("Viewer"),
    token_hash: q(`token of ${place}`),
    invited_by: person(place === "theirs" ? "stranger" : "owner"),
    expires_at: "now() + interval '1 day'",
  }),
  workspace_former_slugs: (place) => ({ workspace_id: workspace(place), slug: q(`former-${place}`) }),
  workspace_keys: (place) => ({ workspace_id: workspace(place) }),
  billing_subscriptions: (place) => ({
    workspace_id: workspace(place),
    id: ref(home(place), "subscription"),
    account_id: ref(home(place), "account"),
  }),
  channels: (place) => ({ ...inPlace(place, "channel"), remote_account: q(place) }),
  channel_credentials: (place) => ({ workspace_id: workspace(place), channel_id: ref(place, "channel") }),
  channels_authorizations: (place) => ({
    workspace_id: workspace(place),
    created_by: person(authorOf(place)),
    network: q(place),
    expires_at: "now() + interval '10 minutes'",
  }),
  channels_wanted: (place) => ({
    workspace_id: workspace(place),
    network: q(place),
    created_by: person(authorOf(place)),
  }),
  personas: (place) => ({ ...inPlace(place, "persona"), name: q(place) }),
  content_items: (place) => item(place, "draft", "Draft"),
  content_versions: (place) => version(place, "draft"),
  content_adaptations: (place) => ({
    ...inPlace(place, "adaptation"),
    ...ofItem(place, "draft"),
    channel_id: ref(place, "channel"),
    content_hash: HASH,
    created_by: person(authorOf(place)),
  }),
  approval_submissions: (place) => submission(place, "reviewed", "Pending"),
  approval_workflows: (place) => step(place, "reviewed", 1, "Editor"),
  distribution_schedules: schedule,
  distribution_posting_times: (place) => ({
    workspace_id: workspace(place),
    channel_id: ref(place, "channel"),
  }),
  distribution_parts: (place) => ({
    ...inPlace(place, "part"),
    schedule_id: ref(place, "schedule"),
    channel_id: ref(place, "channel"),
  }),
  distribution_attempts: (place) => ({
    ...inPlace(place, "attempt"),
    schedule_id: ref(place, "schedule"),
    number: "1",
  }),
  site_pages: (place) => ({
    ...inPlace(place, "page"),
    content_item_id: ref(place, "approved"),
    slug: q(`page-${place}`),
  }),
  site_counters: (place) => ({
    workspace_id: workspace(place),
    page_id: ref(place, "page"),
    day: "current_date",
    metric_type: q("views"),
  }),
  analytics_metrics: (place) => ({ ...inPlace(place, "metric"), content_item_id: ref(place, "approved") }),
  analytics_fetches: (place) => ({
    workspace_id: workspace(place),
    schedule_id: ref(place, "schedule"),
    content_item_id: ref(place, "approved"),
    channel_id: ref(place, "channel"),
  }),
  audit_events: (place) => ({ ...inPlace(place, "audit"), actor_kind: q("Member"), actor_id: person(authorOf(place)) }),
  idempotency_keys: (place) => ({ ...inPlace(place, "key"), user_id: person(authorOf(place)) }),
  ...Object.assign({}, ...ROOMS.map(({ rows }) => rows)),
};

/** A person's own row, outside any workspace. */
export const PERSONAL: Record<string, Row> = {
  idempotency_keys: { id: ref("personal key"), user_id: person("writer"), workspace_id: "null" },
};

/** What the rows above stand on, and the rows of the cases that have a name. */
export function surroundings(place: Place): [table: string, row: Row][] {
  const decider = place === "theirs" ? "stranger" : "editor";
  const last = place === "theirs" ? "guest" : "owner";
  const items = {
    half: ["InReview", "Pending"],
    turn: ["InReview", "Pending"],
    client: ["InReview", "Pending"],
    open: ["InReview", "Pending"],
    unopened: ["InReview", "Pending"],
    approved: ["Approved", "Approved"],
    settling: ["InReview", "Approved"],
  } as const;
  return [
    ...Object.entries(items).flatMap(([name, [status, decision]]): [string, Row][] => [
      ["content_items", item(place, name, status)],
      ["content_versions", version(place, name)],
      ["approval_submissions", submission(place, name, decision)],
    ]),
    ["content_versions", { ...version(place, "approved"), id: ref(place, "second version"), version_number: "2" }],
    ["content_items", item(place, "reviewed", "InReview")],
    ["content_versions", version(place, "reviewed")],
    ["channels", { ...inPlace(place, "bare channel"), remote_account: q(`bare ${place}`) }],
    [
      "distribution_schedules",
      { ...schedule(place), id: ref(place, "bare schedule"), scheduled_time: "now() + interval '1 day'" },
    ],
    ["approval_workflows", { ...step(place, "half", 1, "Editor"), ...approvedBy(decider) }],
    ["approval_workflows", step(place, "half", 2, "Admin")],
    ["approval_workflows", { ...step(place, "turn", 1, "Editor"), ...approvedBy(decider) }],
    ["approval_workflows", step(place, "client", 1, "Client")],
    ["approval_workflows", step(place, "open", 1, "Viewer")],
    ["approval_workflows", { ...step(place, "approved", 1, "Editor"), ...approvedBy(decider) }],
    ["approval_workflows", { ...step(place, "approved", 2, "Admin"), ...approvedBy(last) }],
    ["content_items", item(place, "gone", "Published")],
    [
      "site_pages",
      {
        ...inPlace(place, "gone page"),
        content_item_id: ref(place, "gone"),
        slug: q(`gone-${place}`),
        remote_keys: "array['gone']",
        removed_at: "now()",
      },
    ],
    ...ROOMS.flatMap(({ surroundings }) => surroundings?.(place) ?? []),
  ];
}

/** A further row, as somebody would write it: valid but for who writes it and where. `me` is null for a job. */
export const FRESH: Record<string, (place: Place, me: string, who: Who) => Row> = {
  workspace_invitations: (place, me) => ({
    ...ROWS.workspace_invitations!(place),
    email: q("new@example.com"),
    invited_by: me,
  }),
  workspace_keys: (place) => ROWS.workspace_keys!(place),
  billing_subscriptions: (place) => ({ workspace_id: workspace(place) }),
  channels: (place, me) => ({ ...ROWS.channels!(place), remote_account: q("new"), created_by: me }),
  channel_credentials: (place) => ({ workspace_id: workspace(place), channel_id: ref(place, "bare channel") }),
  channels_authorizations: (place, me) => ({
    ...ROWS.channels_authorizations!(place),
    network: q("new"),
    created_by: me,
  }),
  channels_wanted: (place, me) => ({ workspace_id: workspace(place), network: q("new"), created_by: me }),
  personas: (place, me) => ({ ...ROWS.personas!(place), name: q("new"), created_by: me }),
  content_items: (place, me) => ({ ...item(place, "draft", "Draft"), created_by: me }),
  content_versions: (place, me) => ({ ...version(place, "draft"), version_number: "2", updated_by: me }),
  content_adaptations: (place, me) => ({ ...ROWS.content_adaptations!(place), created_by: me }),
  approval_submissions: (place, me) => ({ ...submission(place, "draft", "Pending"), submitted_by: me }),
  approval_workflows: (place, me) => ({
    ...step(place, "draft", 1, "Editor"),
    submission_id: ref(place, "new submission"),
    submitted_by: me,
  }),
  distribution_schedules: (place, me) => ({
    ...schedule(place),
    scheduled_time: "now() + interval '2 days'",
    created_by: me,
  }),
  distribution_posting_times: (place) => ({
    ...ROWS.distribution_posting_times!(place),
    channel_id: ref(place, "bare channel"),
  }),
  distribution_parts: (place) => ({ ...ROWS.distribution_parts!(place), position: "2", remote_key: q("new") }),
  distribution_attempts: (place, _, who) => ({
    ...ROWS.distribution_attempts!(place),
    number: "2",
    kind: q(who === "System" ? "Publish" : "Resolve"),
    ended_at: "now()",
    outcome: q("Published"),
  }),
  site_pages: (place) => ({ ...ROWS.site_pages!(place), content_item_id: ref(place, "draft"), slug: q("new") }),
  analytics_metrics: (place) => ROWS.analytics_metrics!(place),
  analytics_fetches: (place) => ({
    ...ROWS.analytics_fetches!(place),
    schedule_id: ref(place, "bare schedule"),
    remote_id: q("new"),
  }),
  audit_events: (place, me, who) => ({
    ...ROWS.audit_events!(place),
    actor_kind: q(who === "System" ? "System" : who.startsWith("Guest") ? "Guest" : "Member"),
    actor_id: me,
  }),
  idempotency_keys: (place, me, who) => ({
    user_id: me,
    workspace_id: who.startsWith("Person") && place !== "theirs" ? "null" : workspace(place),
    key: q("new"),
  }),
  ...Object.assign({}, ...ROOMS.map(({ fresh }) => fresh)),
};

/** What somebody writes before that row, in the same transaction. */
export const BEFORE_FRESH: Record<string, (place: Place, me: string) => [table: string, row: Row]> = {
  approval_workflows: (place, me) => [
    "approval_submissions",
    { ...submission(place, "draft", "Pending"), id: ref(place, "new submission"), submitted_by: me },
  ],
};

const decision = (me: string) => `status = 'Approved', approved_by = ${me}, decided_at = now(), comment = 'Fine'`;

/** What a changed column becomes, where its type alone can't say. */
export const CHANGES: Record<string, Record<string, (place: Place, me: string) => string>> = {
  workspaces: {
    slug: () => "slug = 'elsewhere'",
    owner_id: () => `owner_id = ${person("admin")}`,
    late_after_minutes: () => "late_after_minutes = 5",
  },
  workspace_members: { role: () => "role = 'Editor'" },
  workspace_invitations: { role: () => "role = 'Admin'" },
  channels: { status: () => "status = 'Failing'", access_told_days: () => "access_told_days = 3" },
  channels_authorizations: { state_hash: () => "state_hash = sha256('x')" },
  content_items: {
    status: () => "status = 'InReview'",
    assignee_id: (_, me) => `assignee_id = ${me === "null" ? person("editor") : me}`,
    campaign_id: (place) => `campaign_id = ${ref(place, "campaign")}`,
    current_content_hash: () => `current_content_hash = ${q("1".repeat(64))}`,
  },
  content_adaptations: { content_hash: () => `content_hash = ${q("1".repeat(64))}` },
  approval_submissions: {
    status: () => "status = 'Superseded'",
    decided_at: () => "status = 'Superseded', decided_at = now()",
  },
  approval_workflows: {
    status: () => "status = 'Superseded'",
    approved_by: (_, me) => decision(me),
    decided_at: (_, me) => decision(me),
    comment: (_, me) => decision(me),
  },
  distribution_schedules: {
    status: () => "status = 'OnHold'",
    version_number: () => "version_number = 2",
    submission_id: (place) => `submission_id = ${ref(place, "submission of settling")}`,
    adaptation_id: (place) => `adaptation_id = ${ref(place, "adaptation")}`,
    content_hash: () => `content_hash = ${q("1".repeat(64))}`,
  },
  distribution_attempts: {
    outcome: () => "ended_at = now(), outcome = 'Lost'",
    ended_at: () => "ended_at = now(), outcome = 'Lost'",
  },
  site_pages: { slug: () => "slug = 'moved'" },
  ...Object.assign({}, ...ROOMS.map(({ changes }) => changes)),
};
