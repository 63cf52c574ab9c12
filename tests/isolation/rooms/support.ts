import { ADMINS, each, INSIDE, names } from "../actors";
import { type Case, change, holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, inPlace, type Place, person, q, type Row, ref, session, workspace } from "../vocabulary";

/** Over, so that nobody's way in is changed by it; of the Writers, so that a person meets their own. */
const access = (place: Place): Row => ({
  ...inPlace(place, "support"),
  user_id: person(authorOf(place)),
  reason: q("Ticket 311: a schedule is on hold."),
  begun_at: "now() - interval '2 hours'",
  ends_at: "now() - interval '1 hour'",
  ended_at: "now() - interval '1 hour'",
});
const rule = (place: Place): Row => ({ workspace_id: workspace(place) });
const LIVE = ref("live support");
const OURS = workspace("mine");
const enter = `select app.enter_session(${session("supporter")}, ${OURS})`;
const beginAs = (email: string, slug = "ours") => `app.begin_support(${q(slug)}, ${q(email)}, 'A reason to look', 30)`;

const worker = (label: string, statement: string, right: string): Case => ({
  who: "contentos_worker",
  label,
  statement,
  right,
});

export const support: RoomIsolation = {
  expectations: {
    "public.workspace_support": {
      select: [...INSIDE, "Person"],
      update: each("may_write ended_at ended_by", ADMINS),
      notForKeys: { update: names("may_write ended_at ended_by") },
      given: names("workspace_id id user_id reason begun_at ends_at"),
    },
    "public.workspace_support_rules": {
      select: INSIDE,
      insert: { columns: names("workspace_id forbidden"), by: ADMINS },
      update: each("forbidden updated_at", ADMINS),
      notForKeys: { insert: true, update: names("forbidden updated_at") },
    },
  },
  rows: { workspace_support: access, workspace_support_rules: rule },
  fresh: { workspace_support_rules: rule },
  changes: { workspace_support: { ended_by: (_, me) => `ended_by = ${me}` } },
  surroundings: (place) =>
    place === "mine"
      ? [
          [
            "workspace_support",
            {
              workspace_id: OURS,
              id: LIVE,
              user_id: person("supporter"),
              reason: q("Ticket 312: who published this?"),
              ends_at: "now() + interval '1 hour'",
            },
          ],
        ]
      : [],
  cases: [
    {
      who: "Nobody",
      label: "enters by support, reads as an Admin, and is nowhere else",
      statement: `${enter}; ${holds("app.role() = 'Admin' and current_setting('transaction_read_only') = 'on'")}`,
      right: "1",
    },
    {
      who: "Nobody",
      label: "changes something by support",
      statement: `${enter}; update personas set updated_at = now()`,
      right: "25006",
    },
    {
      who: "Nobody",
      label: "enters another workspace by it",
      statement: `select app.enter_session(${session("supporter")}, ${workspace("theirs")})`,
      right: "CO404",
    },
    {
      who: "Admin",
      label: "lets support write, which then is an Editor and no more",
      statement: `update workspace_support set may_write = true where id = ${LIVE}; ${enter}; ${holds("app.role() = 'Editor'")}`,
      right: "1",
    },
    {
      who: "Admin",
      label: "lets support write, which then lets itself do more",
      statement: `update workspace_support set may_write = true where id = ${LIVE}; ${enter};
        update workspace_support set may_write = true where id = ${LIVE}`,
      right: "42501",
    },
    {
      who: "Admin",
      label: "ends support, which is out at once",
      statement: `update workspace_support set ended_at = now() where id = ${LIVE}; ${enter}`,
      right: "CO404",
    },
    {
      who: "Owner",
      label: "forbids support, which is out at once",
      statement: `update workspace_support_rules set forbidden = true where workspace_id = ${OURS}; ${enter}`,
      right: "CO404",
    },
    {
      who: "Editor",
      label: "ends support",
      statement: change("workspace_support", ref("others", "support"), "ended_at = now()"),
      right: "42501",
    },
    {
      who: "Viewer",
      label: "sees the name of who is there by support",
      statement: `select 1 from users where id = ${person("supporter")}`,
      right: "1",
    },
    {
      who: "Admin",
      label: "lets the operator's support in by themselves",
      statement: `select ${beginAs("stranger@example.com")}`,
      right: "42501",
    },
    {
      who: "Person",
      label: "sees a workspace that somebody else supports",
      statement: `select 1 from workspaces where id = ${workspace("theirs")}`,
      right: "0",
    },
    {
      who: "Nobody",
      label: "sees as a person the workspace that they support, and its access",
      statement: `select app.enter_person(${session("supporter")}); select 1 from workspaces w join workspace_support s on s.workspace_id = w.id where w.id = ${OURS}`,
      right: "1",
    },
    worker(
      "lets a person in who is no member, with a row of the log, and ends it with another one",
      holds(
        `(select refused is null and id is not null from ${beginAs("stranger@example.com")}) and app.end_support('ours') = 2`,
      ),
      "1",
    ),
    worker(
      "lets in a member, nobody, to nowhere, or who is there",
      holds(
        [
          ["viewer@example.com", "ours", "Member"],
          ["nobody@example.com", "ours", "NoPerson"],
          ["stranger@example.com", "nowhere", "NoWorkspace"],
          ["supporter@example.com", "ours", "Live"],
        ]
          .map(([email, slug, why]) => `(select refused from ${beginAs(email!, slug)}) = '${why}'`)
          .join(" and "),
      ),
      "1",
    ),
  ],
};
