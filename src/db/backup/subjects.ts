/** Tables of what lasts a day at most, or lives with a process: a restore signs everybody out and begins them anew. */
export const LEFT_OUT = new Set([
  "auth_attempts",
  "auth_refresh_tokens",
  "auth_saml_sessions",
  "auth_sessions",
  "auth_verifications",
  "events_presence",
  "http_limits",
  "idempotency_keys",
  "migrations",
  "review_idempotency_keys",
]);

/** Jobs are the worker's own tables: what it has yet to do is part of a backup. */
export const JOB_TABLES = ["_private_tasks", "_private_job_queues", "_private_jobs", "_private_known_crontabs"];

/** Tables with a workspace's id that outlive it. */
export const OUTLIVES_WORKSPACE = new Set(["privacy_workspace_erasures"]);

/** A row by its columns' names, each value as Postgres writes it. */
export type Row = Record<string, string | null>;

/** Of whom a row is, and what of it goes with them. */
export type OfPeople = {
  /** The column with their id; without it they are told by each address that stands in the columns. */
  person?: string;
  /** What is sealed by their key; the whole row where none is named. */
  columns?: readonly string[];
  /** What the row says once the key is gone. A row that was sealed as a whole goes. */
  gone?: (row: Row) => Row;
  /** Rows where this column is true are the workspace's. */
  unless?: string;
};

const theirs: OfPeople = { person: "user_id" };
const nobody = (row: Row) => `${row.id}@erased.invalid`;

/** Where names, addresses and devices of people are: as `app.wipe_person` leaves them, so a missing key does. */
export const PEOPLE: Record<string, OfPeople> = {
  auth_accounts: theirs,
  auth_passkeys: theirs,
  auth_recovery_codes: theirs,
  // Not as a whole: memberships of groups refer to it. It is removed when the erasure is done again.
  auth_scim_users: {
    person: "user_id",
    columns: ["external_id", "profile"],
    gone: () => ({ external_id: null, profile: "{}" }),
  },
  auth_totp: theirs,
  content_drafts: theirs,
  notifications: theirs,
  notifications_deliveries: theirs,
  notifications_preferences: theirs,
  planning_views: { person: "created_by", unless: "shared" },
  privacy_choices: theirs,
  review_guests: { columns: ["name", "email"], gone: () => ({ name: "Former client", email: null }) },
  transfer_entries: { columns: ["provenance", "original"], gone: () => ({ provenance: "{}", original: null }) },
  transfer_origins: {
    columns: ["author_name", "author_email", "prefix"],
    gone: () => ({ author_name: null, author_email: null, prefix: null }),
  },
  users: {
    person: "id",
    columns: ["email", "name", "image"],
    gone: (row) => ({
      email: nobody(row),
      name: "Former member",
      image: null,
      email_verified: "false",
      suspended_at: row.suspended_at ?? new Date().toISOString(),
    }),
  },
  workspace_invitations: {
    columns: ["email"],
    gone: (row) => ({
      email: nobody(row),
      revoked_at: row.accepted_at ? null : (row.revoked_at ?? new Date().toISOString()),
    }),
  },
};

const ADDRESS = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** Every address in a value, in lower case; bytes are read as text. */
export function addressesIn(value: string): string[] {
  const text = value.startsWith("\\x") ? Buffer.from(value.slice(2), "hex").toString("utf8") : value;
  return [...new Set([...text.matchAll(ADDRESS)].map(([address]) => address.toLowerCase()))];
}
