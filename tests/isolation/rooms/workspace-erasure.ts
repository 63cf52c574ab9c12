import { INSIDE, names } from "../actors";
import { holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, hashOf, inPlace, type Place, person, q, type Row, ref, session, workspace } from "../vocabulary";

/** Of the Writers, so that a person meets their own; and over, so that nothing on the stage is frozen. */
const undone = (place: Place): Row => ({
  ...inPlace(place, "workspace erasure"),
  status: q("Undone"),
  asked_by: person(authorOf(place)),
  due_at: "now()",
  ended_at: "now()",
});
const DUE = ref("due workspace erasure");
const OURS = workspace("mine");
const THEIRS = workspace("theirs");
const JOB = "current_setting('stage.job_theirs')::bigint";
const HELD = `${JOB}, 'stage theirs', ${DUE}`;
const BEGIN = `select 1 / (app.begin_workspace_erasure(${HELD}) = 'Begun')::int`;
const ASK = "insert into privacy_workspace_erasures (due_at) values (now() + interval '1 day')";
/** As deep as tables refer to each other, and some more. */
const STEPS = `(select app.erase_workspace_step(${HELD}, '{"objects": 1}') as s from generate_series(1, 40)) steps`;

export const workspaceErasure: RoomIsolation = {
  expectations: {
    "public.privacy_workspace_erasures": {
      select: [...INSIDE, "Person"],
      insert: { columns: names("workspace_id id due_at"), by: ["Owner"] },
      given: names("status asked_by asked_at ended_at admins done receipt"),
    },
  },
  rows: { privacy_workspace_erasures: undone },
  fresh: {
    privacy_workspace_erasures: (place) => ({
      ...inPlace(place, "new workspace erasure"),
      due_at: "now() + interval '1 day'",
    }),
  },
  surroundings: (place) =>
    place === "theirs"
      ? [
          [
            "privacy_workspace_erasures",
            { id: DUE, workspace_id: THEIRS, asked_by: person("stranger"), due_at: "now() - interval '1 minute'" },
          ],
        ]
      : [],
  cases: [
    {
      who: "System",
      label: "erases what is due, whole: every table had rows, and none is left",
      statement: `${BEGIN}; select from ${STEPS};
        select 1 where app.begin_workspace_erasure(${HELD}) = 'Done'
        and app.keep_workspace_erasure_receipt(${HELD}, 'signed') and not app.keep_workspace_erasure_receipt(${HELD}, 'again')`,
      right: "1",
    },
    {
      who: "System",
      label: "says of every table that rows of it went",
      statement: `${BEGIN}; select 1 where (select count(*) from (select distinct jsonb_object_keys((s).done -> 'rows') from ${STEPS}) tables)
        = (select count(*) from pg_policy where polname = 'erase_with_workspace')`,
      right: "1",
    },
    {
      who: "System",
      label: "erases by a job of another workspace, or by one that it doesn't hold",
      statement: `select 1 where app.begin_workspace_erasure(current_setting('stage.job')::bigint, 'stage', ${DUE}) is null
        and app.begin_workspace_erasure(${JOB}, 'another worker', ${DUE}) is null
        and (app.erase_workspace_step(${JOB}, 'another worker', ${DUE}, '{}')).status is null
        and not app.keep_workspace_erasure_receipt(${JOB}, 'another worker', ${DUE}, 'signed')`,
      right: "1",
    },
    {
      who: "System",
      label: "takes a step before it has begun",
      statement: holds(`(app.erase_workspace_step(${HELD}, '{}')).status is null`),
      right: "1",
    },
    {
      who: "Owner",
      label: "asks, and nothing can be changed from the next entry on, by a key neither",
      statement: `${ASK}; select app.enter_session(${session("owner")}, ${OURS});
        select 1 where current_setting('transaction_read_only') = 'on' and (select count(*) from personas) > 0;
        update personas set name = 'changed'`,
      right: "25006",
    },
    {
      who: "Owner",
      label: "asks, and a key changes nothing",
      statement: `${ASK}; select app.enter_key(${hashOf("others", "key")}, null, 'content:write'); update personas set name = 'changed'`,
      right: "25006",
    },
    {
      who: "Owner",
      label: "asks, and jobs wait",
      statement: `${ASK}; select app.enter_job(current_setting('stage.job')::bigint, 'stage')`,
      right: "COFRZ",
    },
    {
      who: "Owner",
      label: "asks, and jobs for a person wait",
      statement: `${ASK}; select app.enter_job_for(current_setting('stage.job_for')::bigint, 'stage for')`,
      right: "COFRZ",
    },
    { who: "Owner", label: "asks twice", statement: `${ASK}; ${ASK}`, right: "23505" },
    { who: "Admin", label: "asks", statement: ASK, right: "42501" },
    {
      who: "Person",
      label: "takes back what waits, as no Admin",
      statement: `select app.undo_workspace_erasure(${session("writer")}, ${OURS})`,
      right: "42501",
    },
    {
      who: "Person",
      label: "takes back what waits elsewhere, by another's session",
      statement: `select app.undo_workspace_erasure(${session("stranger")}, ${THEIRS})`,
      right: "CO404",
    },
    {
      who: "Admin",
      label: "takes it back from within",
      statement: `select app.undo_workspace_erasure(${session("admin")}, ${OURS})`,
      right: "CO404",
    },
    {
      who: "Admin",
      label: "wipes",
      statement: `select app.wipe_workspace(${OURS})`,
      right: "42501",
    },
    {
      who: "contentos_worker",
      label: "has it done again after a restore",
      statement: holds(`(app.wipe_workspace(${THEIRS}) -> 'audit_events')::int > 0`),
      right: "1",
    },
  ],
  openFunctions: {
    "app.undo_workspace_erasure": "asks for a person's scope, and for a session of an Admin of the workspace",
    "app.begin_workspace_erasure":
      "takes a job and the id of the live worker that holds it, and begins what its owner asked for when it is due",
    "app.erase_workspace_step":
      "takes a job and the id of the live worker that holds it, and goes on with what was begun",
    "app.keep_workspace_erasure_receipt":
      "takes a job and the id of the live worker that holds it, and keeps a receipt once",
  },
};
