import { ADMINS, each, names, SYSTEM } from "../actors";
import { change, holds } from "../case";
import type { RoomIsolation } from "../room";
import { inPlace, type Place, person, q, type Row, ref } from "../vocabulary";

const BOTH = [...ADMINS, ...SYSTEM];
const CHANGES = names(
  "name url region bucket prefix sealed_secret hint status pause_reason paused_at sent_sequence sent_at pending_through failures failing_since last_error next_at claimed_by claimed_until test_asked_at tested_at test_error updated_at removed_at",
);

const destination = (place: Place): Row => ({
  ...inPlace(place, "destination"),
  name: q("SIEM"),
  kind: q("Splunk"),
  url: q("https://siem.example"),
  hint: q("…"),
  created_by: person(place === "theirs" ? "stranger" : "admin"),
});

const paused = "status = 'Paused', pause_reason = 'Manual', paused_at = now()";
const asBucket = "url = null, region = 'x', bucket = 'x', prefix = 'x'";

export const forwarding: RoomIsolation = {
  expectations: {
    "public.forwarding_destinations": {
      select: BOTH,
      insert: {
        columns: names(
          "workspace_id id name kind url region bucket prefix sealed_secret hint sent_sequence created_by",
        ),
        by: ADMINS,
        signed: ["created_by"],
      },
      update: each(CHANGES.join(" "), BOTH),
      notForKeys: { insert: true, update: CHANGES },
      given: ["created_at"],
    },
  },
  // A bucket, so that each of its columns can be changed.
  rows: {
    forwarding_destinations: (place) => ({
      ...destination(place),
      kind: q("Bucket"),
      region: q("eu"),
      bucket: q("acme"),
    }),
  },
  fresh: { forwarding_destinations: (place, me) => ({ ...destination(place), created_by: me }) },
  changes: {
    forwarding_destinations: {
      region: () => asBucket,
      bucket: () => asBucket,
      hint: () => "hint = 'x'",
      status: () => paused,
      pause_reason: () => paused,
      paused_at: () => paused,
      claimed_by: () => "claimed_by = '1', claimed_until = now()",
      claimed_until: () => "claimed_by = '1', claimed_until = now()",
    },
  },
  surroundings: (place) =>
    place !== "others"
      ? []
      : [
          [
            "forwarding_destinations",
            { ...destination(place), id: ref(place, "removed destination"), removed_at: "now()" },
          ],
        ],
  cases: [
    {
      who: "Admin",
      label: "brings a removed destination back",
      statement: change("forwarding_destinations", ref("others", "removed destination"), "removed_at = null"),
      right: "0",
    },
    {
      who: "System",
      label: "notes how far it came without a row of what changed",
      statement: `update forwarding_destinations set sent_sequence = 1, sent_at = now(), failures = 0; ${holds(
        "not exists (select from audit_changes where table_name = 'forwarding_destinations' and operation = 'Changed')",
      )}`,
      right: "1",
    },
  ],
};
