import { ADMINS, EDITORS, each, INSIDE, names } from "../actors";
import { type Case, holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, HASH, inPlace, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const EDITORS_AND_JOBS = [...EDITORS, "System"] as const;
const ADMINS_AND_JOBS = [...ADMINS, "System"] as const;
const enterFor = (worker: string, job = "job_for") =>
  `select app.enter_job_for(current_setting('stage.${job}')::bigint, '${worker}')`;

const anImport = (place: Place): Row => ({ ...inPlace(place, "import"), created_by: person(authorOf(place)) });
const anExport = (place: Place): Row => ({ ...inPlace(place, "export"), created_by: person(authorOf(place)) });
const entry = (place: Place, key: string): Row => ({
  workspace_id: workspace(place),
  source: q("blog"),
  key: q(`${key} of ${place}`),
  content_item_id: ref(place, "draft"),
  raw_hash: HASH,
  exported_hash: HASH,
});
const outcome = (place: Place, position: number): Row => ({
  workspace_id: workspace(place),
  import_id: ref(place, "import"),
  position: String(position),
  outcome: q("Imported"),
});
const origin = (place: Place, subject: string): Row => ({
  workspace_id: workspace(place),
  subject_type: q("Item"),
  subject_id: ref(place, subject),
});

const cases: Case[] = [
  {
    who: "Nobody",
    label: "is a job that goes on as who asked for it",
    statement: `${enterFor("stage for")}; ${holds(`app.role() = 'Writer' and app.user_id() = ${person("writer")} and app.workspace_id() = ${workspace("mine")}`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "is such a job, by a made-up worker",
    statement: enterFor("else"),
    right: "CO404",
  },
  {
    who: "Nobody",
    label: "is such a job, in the hands of another worker",
    statement: enterFor("stage"),
    right: "CO404",
  },
  {
    who: "Nobody",
    label: "is a job for which nobody asked",
    statement: enterFor("stage", "job"),
    right: "CO403",
  },
  // Whoever may enqueue can say of themselves alone that they asked: the job that they have written says who it was.
  ...(["Viewer", "System"] as const).map(
    (who): Case => ({
      who,
      label: "reads whom a job works for",
      statement: "select app.held_job_person(1, 'stage')",
      right: "42501",
    }),
  ),
  {
    who: "contentos_worker",
    label: "goes on as somebody",
    statement: "select app.enter_job_for(1, 'x')",
    right: "42501",
  },
  {
    who: "contentos_auth",
    label: "goes on as somebody",
    statement: "select app.enter_job_for(1, 'x')",
    right: "42501",
  },
  {
    who: "Editor",
    label: "imports in a colleague's name",
    statement: `insert into transfer_imports (file_name, created_by) values ('x', ${person("admin")})`,
    right: "42501",
  },
  {
    who: "Editor",
    label: "begins an import that has ended",
    statement: `insert into transfer_imports (file_name, status, created_by) values ('x', 'Running', ${person("editor")})`,
    right: "42501",
  },
  {
    who: "Admin",
    label: "exports what is ready already",
    statement: `insert into transfer_exports (status, created_by) values ('Finished', ${person("admin")})`,
    right: "42501",
  },
];

export const transfer: RoomIsolation = {
  expectations: {
    "public.transfer_imports": {
      select: EDITORS_AND_JOBS,
      insert: {
        columns: names("workspace_id id status file_name asset_id options created_by"),
        by: EDITORS,
        signed: ["created_by"],
      },
      update: each(
        "status format source total imported updated unchanged conflicts skipped failed message started_at ended_at",
        EDITORS_AND_JOBS,
      ),
      given: ["created_at"],
    },
    "public.transfer_outcomes": {
      select: EDITORS,
      insert: {
        columns: names("workspace_id import_id position key outcome title message notes content_item_id"),
        by: EDITORS,
      },
    },
    "public.transfer_entries": {
      select: INSIDE,
      insert: {
        columns: names(
          "workspace_id source key format content_item_id raw_hash version_number exported_hash original provenance",
        ),
        by: EDITORS,
      },
      update: each("raw_hash version_number exported_hash original provenance updated_at", EDITORS),
      given: ["imported_at"],
    },
    "public.transfer_origins": {
      select: INSIDE,
      insert: {
        columns: names("workspace_id subject_type subject_id author_name author_email at prefix"),
        by: EDITORS,
      },
    },
    "public.transfer_exports": {
      select: ADMINS_AND_JOBS,
      insert: { columns: names("workspace_id id status filter created_by"), by: ADMINS, signed: ["created_by"] },
      update: each("status items size_bytes sha256 wrapped_key message ended_at expires_at", ADMINS_AND_JOBS),
      given: ["created_at"],
    },
  },
  rows: {
    transfer_imports: (place) => ({ ...anImport(place), status: q("Finished"), ended_at: "now()" }),
    transfer_outcomes: (place) => outcome(place, 1),
    transfer_entries: (place) => entry(place, "entry"),
    transfer_origins: (place) => origin(place, "draft"),
    transfer_exports: (place) => ({ ...anExport(place), status: q("Finished") }),
  },
  fresh: {
    transfer_imports: (place, me) => ({ ...anImport(place), status: q("Queued"), created_by: me }),
    transfer_outcomes: (place) => outcome(place, 2),
    transfer_entries: (place) => entry(place, "another"),
    transfer_origins: (place) => origin(place, "another"),
    transfer_exports: (place, me) => ({ ...anExport(place), status: q("Queued"), created_by: me }),
  },
  changes: {
    transfer_imports: {
      status: () => "status = 'Failed'",
      format: () => "format = 'Folder'",
      ended_at: () => "ended_at = now() + interval '1 hour'",
    },
    transfer_entries: {
      raw_hash: () => `raw_hash = ${q("1".repeat(64))}`,
      exported_hash: () => `exported_hash = ${q("1".repeat(64))}`,
      original: () => "original = '\\x01'",
    },
    transfer_exports: {
      status: () => "status = 'Expired'",
      wrapped_key: () => "wrapped_key = '\\x01'",
      sha256: () => `sha256 = ${q("1".repeat(64))}`,
    },
  },
  cases,
  openFunctions: {
    "app.enter_job_for":
      "an entry: takes a job and the id of the live worker that holds it, and is whoever the job's own row says asked for it",
  },
};
