import { ADMINS, MEMBERS, names, SYSTEM } from "../actors";
import { type Case, holds } from "../case";
import type { RoomIsolation } from "../room";
import { HASH, inPlace, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const READERS = [...ADMINS, "System"] as const;

const change = (place: Place): Row => ({
  ...inPlace(place, "change"),
  actor_kind: q("System"),
  login: q("contentos_app"),
  operation: q("Changed"),
  table_name: q("personas"),
  row_id: ref(place, "persona"),
});
const seal = (place: Place, sequence: number, row: string): Row => ({
  workspace_id: workspace(place),
  sequence: String(sequence),
  kind: q("Event"),
  row_id: ref(place, row),
  sealed_at: "now()",
  hash: HASH,
});
/** Two places of one workspace. */
const SEQUENCES: Record<Place, number> = { mine: 101, others: 102, theirs: 101 };
const checkpoint = (place: Place): Row => ({
  workspace_id: workspace(place),
  sequence: String(SEQUENCES[place] - 100),
  hash: HASH,
  rows: "1",
  before: "now()",
});
/** Old enough to go, and sealed. */
const old = (name: string): Row => ({
  ...inPlace("others", name),
  actor_kind: q("System"),
  action: q("old"),
  at: "now() - interval '2 months'",
});

/** A change of each table that tells of its changes, by somebody who may make it. */
const CHANGES: [table: string, set: string, who: Case["who"]][] = [
  ["workspaces", "late_after_minutes = 77", "Admin"],
  ["workspace_members", "removed_at = now() where role = 'Viewer'", "Admin"],
  ["content_items", "archived_at = now() where id = %", "Admin"],
  ["content_adaptations", "removed_at = now()", "Admin"],
  ["personas", "name = name || ' newer'", "Admin"],
  ["planning_campaigns", "name = name || ' newer'", "Admin"],
  ["channels", "name = name || ' newer'", "Admin"],
  ["distribution_schedules", "status = 'OnHold'", "System"],
  ["distribution_posting_times", "minutes = '{600}'", "Admin"],
  ["review_links", "revoked_at = now()", "Admin"],
  ["retention_rules", "days = 500, updated_by = app.user_id() where what = 'Audit'", "Admin"],
  ["retention_holds", "since = now(), updated_by = app.user_id()", "Admin"],
  ["forwarding_destinations", "status = 'Paused', pause_reason = 'Manual', paused_at = now()", "Admin"],
];

const cases: Case[] = [
  ...CHANGES.map(
    ([table, set, who]): Case => ({
      who,
      label: `leaves a row of what changed in ${table}`,
      statement: `update ${table} set ${set.replace("%", ref("others", "draft"))}; ${holds(
        `exists (select from audit_changes where table_name = '${table}' and operation = 'Changed' and after is not null)`,
      )}`,
      right: "1",
    }),
  ),
  {
    who: "contentos_auth",
    label: "signs somebody in, which leaves a row in their workspaces",
    statement: `insert into auth_sessions (user_id, token, expires_at) values (${person("writer")}, 'new', now())`,
    right: "1",
  },
  {
    who: "System",
    label: "has the sealers come of whatever waits, in all workspaces",
    statement: `select 1 from app.wake_sealers(null) w where w.events = (select 1 + count(*) from audit_events where id not in (select row_id from audit_seals)) and w.changes > (select count(*) from audit_changes where id not in (select row_id from audit_seals))`,
    right: "1",
  },
  {
    who: "System",
    label: "lets old rows go, keeps where the chain goes on from, and leaves the rest",
    statement: `select app.retire_audit(now() - interval '31 days', 12, 'proof'); ${holds(
      `not exists (select from audit_events where action = 'old') and not exists (select from audit_changes where id = ${ref("others", "old change")})
       and not exists (select from audit_seals where sequence < 100) and (select count(*) from audit_seals) = 2
       and exists (select from audit_checkpoints where sequence = 12 and rows = 2 and proof = 'proof') and exists (select from audit_events where id = ${ref("others", "audit")})`,
    )}`,
    right: "1",
  },
  {
    who: "System",
    label: "lets young rows go",
    statement: "select app.retire_audit(now() - interval '29 days', 12, 'proof')",
    right: "42501",
  },
  ...MEMBERS.map(
    (who): Case => ({
      who,
      label: "lets old rows go",
      statement: "select app.retire_audit(now() - interval '31 days', 12, 'proof')",
      right: "42501",
    }),
  ),
];

export const audit: RoomIsolation = {
  expectations: {
    "public.audit_changes": {
      select: READERS,
      given: names("workspace_id id at actor_kind actor_id login operation table_name row_id before after"),
    },
    "public.audit_seals": {
      select: READERS,
      insert: { columns: names("workspace_id sequence kind row_id sealed_at hash"), by: SYSTEM },
    },
    "public.audit_checkpoints": {
      select: READERS,
      given: names("workspace_id sequence hash rows before at proof before_proofs"),
    },
  },
  rows: {
    audit_changes: change,
    audit_seals: (place) => seal(place, SEQUENCES[place], "audit"),
    audit_checkpoints: checkpoint,
  },
  fresh: {
    audit_changes: change,
    audit_seals: (place) => seal(place, 500, "another"),
    audit_checkpoints: checkpoint,
  },
  surroundings: (place) =>
    place === "others"
      ? [
          ["audit_events", old("old")],
          ["audit_seals", { ...seal(place, 11, "old"), sealed_at: "now() - interval '2 months'" }],
          ["audit_changes", { ...change(place), id: ref(place, "old change"), at: "now() - interval '2 months'" }],
          [
            "audit_seals",
            { ...seal(place, 12, "old change"), kind: q("Change"), sealed_at: "now() - interval '2 months'" },
          ],
          ["audit_events", { ...old("waiting"), at: "now()", action: q("waiting") }],
        ]
      : place === "theirs"
        ? [["audit_events", { ...inPlace(place, "waiting"), actor_kind: q("System"), action: q("waiting") }]]
        : [],
  cases,
  openFunctions: {
    "app.wake_sealer": "has a job come that seals what is committed, and tells nothing",
    "app.wake_sealers": "the same for all workspaces, and tells how many rows wait",
    "app.retire_audit": "asks for a job's scope, and lets rows go that are a month old at least",
  },
};
