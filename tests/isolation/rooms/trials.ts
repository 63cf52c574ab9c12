import { EDITORS, each, INSIDE, names, SYSTEM } from "../actors";
import { type Case, change, holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, inPlace, ofItem, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const trial = (place: Place, name: string): Row => ({
  ...inPlace(place, name),
  ...ofItem(place, "approved"),
  page_id: ref(place, "page"),
  needs_approval: "true",
  confidence: "95",
  days: "14",
  created_by: person(authorOf(place)),
});
const variant = (place: Place, of: string, number: number): Row => ({
  workspace_id: workspace(place),
  trial_id: ref(place, of),
  number: String(number),
  headline: q(`Headline ${number} of ${place}`),
  weight: "0.5",
});
const counts = (place: Place, of: string, what: string) => holds(`app.count_trial(${ref(place, of)}, 0, ${q(what)})`);
const waiting = ref("others", "waiting trial");

const cases: Case[] = [
  {
    who: "Visitor",
    label: "is counted as one who saw a headline",
    statement: counts("others", "trial", "view"),
    right: "1",
  },
  {
    who: "Visitor",
    label: "is counted for a trial elsewhere",
    statement: counts("theirs", "trial", "view"),
    right: "0",
  },
  {
    who: "Visitor",
    label: "is counted for a trial that waits",
    statement: counts("others", "waiting trial", "view"),
    right: "0",
  },
  { who: "Admin", label: "counts themselves for a headline", statement: counts("others", "trial", "view"), right: "0" },
  {
    who: "Visitor",
    label: "follows a headline more often than it was seen",
    statement: `select app.count_trial(${ref("others", "trial")}, 0, 'click');
      ${holds(`(select clicks <= views from site_trial_variants where trial_id = ${ref("others", "trial")} and number = 0)`)}`,
    right: "1",
  },
  {
    who: "Visitor",
    label: "sees a trial that waits",
    statement: `select 1 from site_trials where id = ${waiting}`,
    right: "0",
  },
  {
    who: "Visitor",
    label: "sees a headline that waits",
    statement: `select 1 from site_trial_variants where trial_id = ${waiting}`,
    right: "0",
  },
  {
    who: "Editor",
    label: "puts headlines forward that need nobody's word, where the workspace asks for one",
    statement: `insert into site_trials (page_id, content_item_id, version_number, needs_approval, confidence, days, created_by)
      values (${ref("others", "page")}, ${ref("others", "approved")}, 1, false, 95, 14, ${person("editor")})`,
    right: "42501",
  },
  {
    who: "Editor",
    label: "starts a trial without anybody's word",
    statement: change("site_trials", waiting, "status = 'Running'"),
    right: "23514",
  },
  {
    who: "Editor",
    label: "approves headlines in somebody else's name",
    statement: change("site_trials", waiting, `approved_by = ${person("admin")}`),
    right: "42501",
  },
  {
    who: "Editor",
    label: "adds a headline to those that were approved",
    statement: `insert into site_trial_variants (trial_id, number, headline, weight) values (${ref("others", "trial")}, 4, 'New', 0.5)`,
    right: "42501",
  },
];

export const trials: RoomIsolation = {
  expectations: {
    "public.site_trials": {
      select: [...INSIDE, "Visitor"],
      insert: {
        columns: names(
          "workspace_id id page_id content_item_id version_number needs_approval confidence days created_by",
        ),
        by: EDITORS,
        signed: ["created_by"],
      },
      update: {
        ...each("status ends_at winner reason started_at ended_at", [...EDITORS, "System"]),
        approved_by: [...EDITORS, "System"],
      },
      given: ["created_at"],
    },
    "public.site_trial_variants": {
      select: [...INSIDE, "Visitor"],
      insert: { columns: names("workspace_id trial_id number headline weight"), by: EDITORS },
      update: { weight: SYSTEM },
      given: ["views", "clicks"],
    },
  },
  rows: {
    site_trials: (place) => ({ ...trial(place, "trial"), needs_approval: "false", status: q("Running") }),
    site_trial_variants: (place) => variant(place, "trial", 0),
  },
  surroundings: (place) => [
    ["site_trials", trial(place, "waiting trial")],
    ["site_trial_variants", variant(place, "waiting trial", 0)],
  ],
  fresh: {
    site_trials: (place, me) => ({ ...trial(place, "another trial"), created_by: me }),
    site_trial_variants: (place) => variant(place, "waiting trial", 1),
  },
  changes: {
    site_trials: {
      status: () => "status = 'Stopped', ended_at = now()",
      ended_at: () => "status = 'Stopped', ended_at = now()",
      winner: () => "winner = 1, status = 'Decided', ended_at = now()",
      reason: () => "reason = 'ByPerson'",
      approved_by: (_, me) => `approved_by = ${me}`,
    },
    site_trial_variants: { weight: () => "weight = 0.25" },
  },
  cases,
  openFunctions: {
    "app.count_trial": "asks for a visitor's scope, and counts its running trials only",
  },
};
