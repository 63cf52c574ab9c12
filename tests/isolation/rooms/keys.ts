import { ADMINS, each, names } from "../actors";
import { type Case, change, holds } from "../case";
import type { RoomIsolation } from "../room";
import { hashOf, home, inPlace, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const whose = (place: Place) => person(place === "theirs" ? "stranger" : "admin");
const key = (place: Place): Row => ({
  ...inPlace(place, "key"),
  role: q("Admin"),
  token_hash: hashOf(place, "key"),
  proof: hashOf(place, "key's proof"),
  acts_for: whose(place),
  created_by: whose(place),
});

/** Keys of every kind that must not open, or not as wide as they say. */
const VARIANTS: Record<string, Row> = {
  revoked: { revoked_at: "now()", revoked_by: person("admin") },
  expired: { expires_at: "now() - interval '1 s'" },
  "of a member who left": { acts_for: person("guest") },
  "of a Viewer": { acts_for: person("viewer") },
  "of a Writer's role": { role: q("Writer") },
  "to read content": { scopes: "array['content:read']" },
  "to write content": { scopes: "array['content:write']" },
  rotated: { previous_hash: hashOf("previous"), previous_until: "now() + interval '1 hour'" },
  "rotated long ago": { previous_hash: hashOf("long ago"), previous_until: "now() - interval '1 s'" },
};

const enter = (proof: string, scope: string | null = "content:read", place: Place | null = null) =>
  `select app.enter_key(${proof}, ${place ? workspace(place) : "null"}, ${scope ? q(scope) : "null"})`;
/** Entered last, so that the condition is asked in the key's own scope. */
const entered = (proof: string, scope: string | null, condition: string) =>
  `${enter(proof, scope)}; ${holds(condition)}`;
const nobody = (label: string, statement: string, right: string): Case => ({ who: "Nobody", label, statement, right });
const role = (name: string) => `app.role() = '${name}' and app.key_id() is not null`;

const ENTRIES: Case[] = [
  nobody("enters with a made-up key", enter(hashOf("made up")), "COK01"),
  ...["revoked", "expired", "of a member who left"].map((name) =>
    nobody(`enters with a key that is ${name}`, enter(hashOf(name)), "COK01"),
  ),
  nobody("enters with the key before a rotation", enter(hashOf("previous")), "1"),
  nobody("enters with one of long ago", enter(hashOf("long ago")), "COK01"),
  nobody("enters with the id of a key", enter(ref("others", "key")), "COK01"),
  nobody("enters another workspace", enter(hashOf("others", "key"), "content:read", "theirs"), "CO404"),
  nobody("enters with what a token carries", enter(hashOf("others", "key's proof")), "1"),
  nobody("is a Viewer where the key's person is one", entered(hashOf("of a Viewer"), null, role("Viewer")), "1"),
  nobody("is a Writer where the key is one", entered(hashOf("of a Writer's role"), null, role("Writer")), "1"),
  nobody("writes by a scope that reads", enter(hashOf("to read content"), "content:write"), "COK03"),
  nobody("reads by a scope that writes", enter(hashOf("to write content"), "content:read"), "1"),
  nobody("reads another room", enter(hashOf("to write content"), "assets:read"), "COK03"),
  ...["workspaces:write", "auth:write", "review:write", "billing:read", "transfer:write", "made:up"].map((scope) =>
    nobody(`enters for ${scope}`, enter(hashOf("others", "key"), scope), "COK03"),
  ),
  nobody(
    "changes something by a scope that reads",
    `${enter(hashOf("others", "key"))}; update personas set updated_at = now()`,
    "25006",
  ),
  nobody(
    "changes something without a scope",
    `${enter(hashOf("others", "key"), null)}; update personas set updated_at = now()`,
    "25006",
  ),
  {
    who: "Admin",
    label: "finds the use of a key noted, and of no other",
    statement: `select app.touch_key(${hashOf("others", "key")}); ${holds(
      `(select last_used_at is not null from auth_api_keys where id = ${ref("others", "key")})
       and (select last_used_at is null from auth_api_keys where id = ${ref("others", "rotated")})`,
    )}`,
    right: "1",
  },
];

const mine = ref("others", "key");
const decide = "status = 'Approved', approved_by = app.user_id(), decided_at = now()";
const refused = (proof: string) => `app.record_key_refusal(${proof}, 'POST', '/api/v1/personas', 'forbidden', 'r')`;
const CASES: Case[] = [
  ...ENTRIES,
  nobody(
    "has a refusal written down by a live key, in its workspace",
    holds(`${refused(hashOf("others", "key"))} = ${workspace("mine")}`),
    "1",
  ),
  nobody(
    "has one written down by a key that is revoked, expired, made up, or of somebody who left",
    holds(
      ["revoked", "expired", "made up", "of a member who left"]
        .map((name) => `${refused(hashOf(name))} is null`)
        .join(" and "),
    ),
    "1",
  ),
  {
    who: "Admin",
    label: "has a key act for somebody else",
    statement: change("auth_api_keys", mine, `acts_for = ${person("owner")}`),
    right: "42501",
  },
  {
    who: "Owner",
    label: "takes on a colleague's key",
    statement: change("auth_api_keys", mine, `acts_for = ${person("owner")}`),
    right: "1",
  },
  {
    who: "Admin",
    label: "brings a revoked key back",
    statement: change("auth_api_keys", ref("others", "revoked"), "revoked_at = null, revoked_by = null"),
    right: "0",
  },
  {
    who: "Admin",
    label: "revokes in another's name",
    statement: change("auth_api_keys", mine, `revoked_at = now(), revoked_by = ${person("owner")}`),
    right: "42501",
  },
  {
    who: "Admin",
    label: "gives a key what no key may have",
    statement: `insert into auth_api_keys (name, role, scopes, hint, token_hash)
      values ('x', 'Admin', array['workspaces:write'], 'x', ${hashOf("too wide")})`,
    right: "23514",
  },
  {
    who: "Key",
    label: "decides a step that its person may decide",
    statement: change("approval_workflows", ref("others", "step 1 of reviewed"), decide),
    right: "42501",
  },
  {
    who: "Key",
    label: "supersedes it",
    statement: change("approval_workflows", ref("others", "step 1 of reviewed"), "status = 'Superseded'"),
    right: "1",
  },
  {
    who: "Key",
    label: "is named by what it does",
    statement: `insert into audit_events (actor_kind, actor_id, action, subject_type, subject_id)
        values ('Member', app.user_id(), 'x', 'x', gen_random_uuid());
      ${holds(`exists (select from audit_events where api_key_id = ${mine} and actor_id = ${person("admin")})`)}`,
    right: "1",
  },
  {
    who: "Key",
    label: "sees its person's answers",
    statement: "select 1 from idempotency_keys where key = 'the Admin''s'",
    right: "0",
  },
  {
    who: "Admin",
    label: "sees their own answers",
    statement: "select 1 from idempotency_keys where key = 'the Admin''s'",
    right: "1",
  },
  {
    who: "Admin",
    label: "sees those of a key that acts for them",
    statement: "select 1 from idempotency_keys where key = 'the key''s'",
    right: "0",
  },
];

export const keys: RoomIsolation = {
  expectations: {
    "public.auth_api_keys": {
      select: ADMINS,
      readable: names(
        "workspace_id id name role scopes hint previous_until acts_for created_by created_at rotated_at expires_at last_used_at revoked_at revoked_by",
      ),
      insert: {
        columns: names("workspace_id id name role scopes hint token_hash acts_for created_by expires_at"),
        by: ADMINS,
        signed: ["created_by", "acts_for"],
      },
      update: each("hint token_hash previous_until acts_for rotated_at expires_at revoked_at revoked_by", ADMINS),
      notForKeys: {
        select: true,
        insert: true,
        update: names("hint token_hash previous_until acts_for rotated_at expires_at revoked_at revoked_by"),
      },
      given: names("created_at previous_hash proof last_used_at"),
    },
  },
  rows: { auth_api_keys: key },
  fresh: {
    auth_api_keys: (place, me) => ({
      ...key(place),
      role: q("Writer"),
      token_hash: hashOf("new key"),
      acts_for: me,
      created_by: me,
    }),
  },
  changes: {
    auth_api_keys: {
      token_hash: () => `token_hash = ${hashOf("next")}`,
      // The key before it is kept by a guard, and only with a new one.
      previous_until: () => `token_hash = ${hashOf("next")}, previous_until = now() + interval '1 hour'`,
      acts_for: (_, me) => `acts_for = ${me === "null" ? person("editor") : me}`,
      revoked_at: (_, me) => `revoked_at = now(), revoked_by = ${me === "null" ? person("editor") : me}`,
      revoked_by: (_, me) => `revoked_at = now(), revoked_by = ${me === "null" ? person("editor") : me}`,
    },
  },
  surroundings: (place) =>
    place !== "others"
      ? []
      : [
          ...Object.entries(VARIANTS).map(([name, over]): [string, Row] => [
            "auth_api_keys",
            {
              ...key(place),
              id: ref(place, name),
              token_hash: hashOf(name),
              proof: hashOf(`proof of ${name}`),
              ...over,
            },
          ]),
          [
            "idempotency_keys",
            { ...inPlace(place, "Admin's answer"), user_id: person("admin"), key: q("the Admin's") },
          ],
          [
            "idempotency_keys",
            {
              ...inPlace(place, "key's answer"),
              user_id: person("admin"),
              key: q("the key's"),
              api_key_id: ref(home(place), "key"),
            },
          ],
        ],
  cases: CASES,
  openFunctions: {
    "app.key_id": "tells the entered scope",
    "app.key_scopes": "reads nothing",
    "app.random_proof": "reads nothing",
    "app.enter_key": "an entry: takes a live key's hash, or what a token of it carries",
    "app.record_key_refusal": "takes a live key's hash, and writes one row of a fixed form in its workspace's log",
    "app.touch_key": "takes a key's hash, and notes that it was used",
    "app.key_proof": "asks for a key's scope, and tells of that key only",
  },
  clientFunctions: { "app.key_id": "tells the entered scope" },
};
