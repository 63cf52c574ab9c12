import { each, names } from "../actors";
import { holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, guest, HASH, inPlace, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

/** PersonOther is the same one, who meets a colleague's row. */
const PERSON = ["Person", "PersonOther"] as const;

const asked = (place: Place): Row => ({
  id: ref(place, "erasure"),
  user_id: person(authorOf(place)),
  due_at: "now() + interval '7 days'",
});
const consent = (place: Place): Row => ({
  user_id: person(authorOf(place)),
  document: q("Terms"),
  version: q("ba9876543210"),
});
const choice = (place: Place): Row => ({
  id: ref(place, "choice"),
  user_id: person(authorOf(place)),
  opted_out: "true",
  made_by: q("Person"),
});
/** Whose time is over, with a row wherever something names them. */
const GONE = person("guest");
const ADDRESS = "guest@example.com";
const DUE = ref("due erasure");
const DONE = ref("done erasure");
const COUNTS = {
  workspace_members: 0,
  auth_sessions: 2,
  auth_accounts: 1,
  auth_verifications: 1,
  auth_totp: 1,
  auth_recovery_codes: 1,
  auth_passkeys: 1,
  notifications: 1,
  notifications_deliveries: 1,
  notifications_preferences: 1,
  content_drafts: 1,
  events_presence: 1,
  planning_views: 1,
  idempotency_keys: 1,
  review_idempotency_keys: 1,
  workspace_invitations: 1,
  review_guests: 1,
  transfer_origins: 1,
  transfer_entries: 1,
  users: 1,
  auth_scim_users: 1,
  privacy_choices: 1,
};

export const privacy: RoomIsolation = {
  expectations: {
    "public.privacy_erasures": {
      select: ["Person"],
      insert: { columns: names("user_id due_at"), by: PERSON, signed: ["user_id"] },
      update: each("status ended_at", ["Person"]),
      given: names("id asked_at counts receipt held_told_at"),
    },
    "public.privacy_consents": {
      select: ["Person"],
      insert: { columns: names("user_id document version"), by: PERSON, signed: ["user_id"] },
      given: ["given_at"],
    },
    "public.privacy_choices": {
      select: ["Person"],
      insert: { columns: names("user_id opted_out made_by"), by: PERSON, signed: ["user_id"] },
      given: names("id made_at"),
    },
  },
  rows: { privacy_erasures: asked, privacy_consents: consent, privacy_choices: choice },
  fresh: {
    privacy_choices: (place, me) => ({
      user_id: place === "theirs" ? person("stranger") : me,
      opted_out: "true",
      made_by: q("Person"),
    }),
    privacy_consents: (place, me) => ({
      ...consent(place),
      user_id: place === "theirs" ? person("stranger") : me,
      version: q("0123456789ab"),
    }),
    privacy_erasures: (place, me) => ({
      user_id: place === "theirs" ? person("stranger") : me,
      due_at: "now() + interval '7 days'",
    }),
  },
  changes: {
    privacy_erasures: {
      status: () => "status = 'Undone', ended_at = now()",
      ended_at: () => "ended_at = now(), status = 'Undone'",
    },
  },
  surroundings: (place) =>
    place !== "mine"
      ? []
      : [
          [
            "privacy_erasures",
            { id: DONE, user_id: person("writer"), status: q("Done"), due_at: "now()", ended_at: "now()" },
          ],
          ["privacy_erasures", { id: DUE, user_id: GONE, due_at: "now() - interval '1 minute'" }],
          ["auth_accounts", { user_id: GONE, account_id: q("guest"), provider_id: q("credential") }],
          ["auth_totp", { user_id: GONE }],
          ["privacy_choices", { user_id: GONE, opted_out: "true", made_by: q("Signal") }],
          ["auth_recovery_codes", { user_id: GONE }],
          ["auth_passkeys", { user_id: GONE, credential_id: q("passkey of who goes") }],
          ["notifications", { ...inPlace(place, "told who goes"), user_id: GONE, source: q("of who goes") }],
          [
            "notifications_deliveries",
            { ...inPlace(place, "mail to who goes"), user_id: GONE, way: q("Email"), address: q(ADDRESS) },
          ],
          ["notifications_preferences", { workspace_id: workspace(place), user_id: GONE }],
          ["auth_verifications", { identifier: q(`reset ${ADDRESS}`) }],
          [
            "content_drafts",
            { workspace_id: workspace(place), content_item_id: ref(place, "draft"), user_id: GONE, body: q("typed") },
          ],
          [
            "events_presence",
            {
              workspace_id: workspace(place),
              content_item_id: ref(place, "draft"),
              user_id: GONE,
              client_id: q("tab of who goes"),
              state: q("Viewing"),
            },
          ],
          ["planning_views", { ...inPlace(place, "view of who goes"), created_by: GONE, filter: q("{}") }],
          ["idempotency_keys", { id: ref("key of who goes"), user_id: GONE, key: q("of who goes") }],
          [
            "review_idempotency_keys",
            {
              ...inPlace(place, "key with the address"),
              guest_id: guest(place),
              key: q("with the address"),
              response: q(JSON.stringify(ADDRESS)),
            },
          ],
          ["auth_scim_users", { workspace_id: workspace(place), user_id: GONE, external_id: q("guest-0001") }],
          [
            "review_guests",
            { ...inPlace(place, "guest who goes"), link_id: ref(place, "link"), email: q(ADDRESS), token_hash: HASH },
          ],
          [
            "transfer_origins",
            {
              workspace_id: workspace(place),
              subject_type: q("Comment"),
              subject_id: ref("origin of who goes"),
              author_email: q(ADDRESS),
            },
          ],
          [
            "transfer_entries",
            {
              workspace_id: workspace(place),
              source: q("blog"),
              key: q("of who goes"),
              content_item_id: ref(place, "draft"),
              raw_hash: HASH,
              exported_hash: HASH,
              provenance: q(JSON.stringify({ author: ADDRESS })),
            },
          ],
        ],
  cases: [
    {
      who: "Nobody",
      label: "erases whose time is over, wherever something names them, and keeps the receipt once",
      statement: `select 1 from app.erase_person(${DUE}) e where e.counts = '${JSON.stringify(COUNTS)}'
        and app.keep_erasure_receipt(${DUE}, 'signed') and not app.keep_erasure_receipt(${DUE}, 'again')`,
      right: "1",
    },
    {
      who: "Nobody",
      label: "erases whose time is not over",
      statement: `select 1 from app.erase_person(${ref("mine", "erasure")}) e where e.user_id is null and e.counts is null`,
      right: "1",
    },
    {
      who: "Admin",
      label: "erases a colleague",
      statement: `select app.wipe_person(${person("writer")})`,
      right: "42501",
    },
    {
      who: "Person",
      label: "says that it was done",
      statement: `update privacy_erasures set status = 'Done', ended_at = now() where id = ${ref("mine", "erasure")}`,
      right: "42501",
    },
    {
      who: "Person",
      label: "takes back what was done",
      statement: `update privacy_erasures set status = 'Undone' where id = ${DONE}`,
      right: "0",
    },
    {
      who: "Person",
      label: "asks in another's name",
      statement: `insert into privacy_erasures (user_id, due_at) values (${person("colleague")}, now())`,
      right: "42501",
    },
    {
      who: "contentos_worker",
      label: "has it done again after a restore",
      statement: holds(`app.wipe_person(${GONE}) ->> 'users' = '1'`),
      right: "1",
    },
  ],
  openFunctions: {
    "app.due_erasures": "tells ids of requests whose time is over, and nobody's",
    "app.untold_erasures":
      "tells ids of people who were erased and how many rows of each table went, once the receipt is late",
    "app.paid_until_erasure": "tells ids of requests whose time is over and of their subscriptions, and nobody's",
    "app.ended_for_erasure": "ends the subscription of whoever is due to be erased, and of nobody else",
    "app.erase_person": "erases whoever asked for it themselves, when the time that they were given is over",
    "app.note_support_read": "asks for a session that is in support there, and writes a row of the log of what it read",
    "app.workspace_held": "says whether one's own workspace is held",
    "app.holds_of_person": "names the workspaces that one is or was in oneself, and that are held",
    "app.held_erasures":
      "tells a job whom to write to that their own request waits, and for which workspaces they were in",
    "app.told_of_hold": "notes that this was told, where it is so",
    "app.keep_erasure_receipt": "keeps a receipt of what was done, once",
  },
};
