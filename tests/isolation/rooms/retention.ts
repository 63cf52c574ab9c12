import { ADMINS, each, names } from "../actors";
import { holds } from "../case";
import type { RoomIsolation } from "../room";
import { inPlace, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const whose = (place: Place) => person(place === "theirs" ? "stranger" : "admin");
/** Two of one workspace. */
const rule = (place: Place): Row => ({
  workspace_id: workspace(place),
  what: q(place === "mine" ? "Audit" : "Webhooks"),
  days: place === "mine" ? "400" : "20",
  updated_by: whose(place),
});
const hold = (place: Place): Row => ({ workspace_id: workspace(place), updated_by: whose(place) });

/** Older than the rule says, and younger than what all workspaces lose. */
const aged = { created_at: "now() - interval '25 days'" };
const removes = (held: string) => `${held} select app.remove_old('Webhooks', 100)`;
const gone = `not exists (select from webhooks_deliveries where id = ${ref("others", "aged delivery")})`;
const kept = `exists (select from webhooks_deliveries where id = ${ref("others", "delivery")})`;

export const retention: RoomIsolation = {
  expectations: {
    "public.retention_rules": {
      select: ADMINS,
      insert: { columns: names("workspace_id what days updated_by"), by: ADMINS, signed: ["updated_by"] },
      update: each("days updated_by updated_at", ADMINS),
      notForKeys: { insert: true, update: names("days updated_by updated_at") },
    },
    "public.retention_holds": {
      select: ADMINS,
      insert: { columns: names("workspace_id since reason updated_by"), by: ADMINS, signed: ["updated_by"] },
      update: each("since reason updated_by updated_at", ADMINS),
      notForKeys: { insert: true, update: names("since reason updated_by updated_at") },
    },
  },
  rows: { retention_rules: rule, retention_holds: hold },
  fresh: {
    retention_rules: (place, me) => ({ ...rule(place), what: q("Notifications"), days: "30", updated_by: me }),
    retention_holds: (place, me) => ({ ...hold(place), updated_by: me }),
  },
  changes: {
    retention_rules: {
      days: (place, me) => `days = ${place === "mine" ? 500 : 25}, updated_by = ${me}`,
      updated_by: (_, me) => `updated_by = ${me}`,
      updated_at: (_, me) => `updated_at = now(), updated_by = ${me}`,
    },
    retention_holds: {
      since: (_, me) => `since = now(), updated_by = ${me}`,
      reason: (_, me) => `reason = 'x', updated_by = ${me}`,
      updated_by: (_, me) => `updated_by = ${me}`,
      updated_at: (_, me) => `updated_at = now(), updated_by = ${me}`,
    },
  },
  surroundings: (place) =>
    place !== "others"
      ? []
      : [
          [
            "webhooks_deliveries",
            {
              ...inPlace(place, "aged delivery"),
              endpoint_id: ref(place, "endpoint"),
              event_id: "2",
              status: q("Delivered"),
              ...aged,
            },
          ],
        ],
  cases: [
    {
      who: "System",
      label: "removes what is older than the workspace's rule, and leaves the rest",
      statement: `${removes("")}; ${holds(`${gone} and ${kept}`)}`,
      right: "1",
    },
    {
      who: "Admin",
      label: "removes nothing themselves",
      statement: `${removes("")}; ${holds(`not (${gone})`)}`,
      right: "1",
    },
    { who: "Editor", label: "counts what is old", statement: "select app.count_old('Audit', 400)", right: "42501" },
    { who: "Admin", label: "counts what is old", statement: "select app.count_old('Webhooks', 20)", right: "1" },
    {
      who: "System",
      label: "has a job come wherever there is a rule",
      statement: "select app.wake_retention()",
      right: "1",
    },
  ],
  openFunctions: {
    "app.retention_cutoff": "tells a job from when on its workspace lets something go",
    "app.count_old": "asks for an Admin's scope, and tells a number",
    "app.remove_old": "asks for a job's scope, and removes what its workspace's own rule says",
    "app.hold_files": "waits for its turn with the files of the scope's own workspace, and does nothing",
    "app.begin_blobs": "asks for a job's scope and a rule, and marks bytes that no file has",
    "app.end_blobs": "removes rows of bytes that were marked, for a job",
    "app.wake_retention": "has jobs come that remove what the workspaces' own rules say, and tells nothing",
  },
};
