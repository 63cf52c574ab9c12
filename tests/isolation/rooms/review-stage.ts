import {
  authorOf,
  guest,
  HASH,
  hashOf,
  inPlace,
  ofItem,
  type Place,
  person,
  q,
  type Row,
  ref,
  workspace,
} from "../vocabulary";

const by = (place: Place) => person(authorOf(place));

const item = (place: Place, name: string, status: string): Row => ({
  ...inPlace(place, name),
  status: q(status),
  created_by: by(place),
  current_content_hash: HASH,
});
const version = (place: Place, of: string): Row => ({
  ...inPlace(place, `version of ${of}`),
  ...ofItem(place, of),
  content_hash: HASH,
  updated_by: by(place),
});
const submission = (place: Place, of: string, roles: string[], status: string): Row => ({
  ...inPlace(place, `submission of ${of}`),
  ...ofItem(place, of),
  content_hash: HASH,
  adaptations: `jsonb_build_array(jsonb_build_object('channelId', ${ref(place, "channel")}))`,
  steps: q(JSON.stringify(roles.map((role) => ({ role })))),
  status: q(status),
  submitted_by: by(place),
  submitted_at: "now() - interval '1 hour'",
});
const step = (place: Place, of: string, number: number, role: string): Row => ({
  ...inPlace(place, `step ${number} of ${of}`),
  ...ofItem(place, of),
  submission_id: ref(place, `submission of ${of}`),
  content_hash: HASH,
  step: String(number),
  role: q(role),
  written_by: by(place),
  submitted_by: by(place),
});
/** What the row becomes when the place's guest says yes or no. */
export const byGuest = (place: Place, status = "Approved"): Row => ({
  status: q(status),
  decided_by_guest: guest(place),
  decided_at: "now()",
});

/**
 * Where an item may be on its way to the client: asked now, answered, approved by all, with colleagues still, replaced
 * by a newer submission that colleagues have, taken back by a newer version, or put away.
 */
const ITEMS: Record<string, [status: string, roles: string[], submission: string]> = {
  asked: ["InReview", ["Client", "Admin"], "Pending"],
  answered: ["InReview", ["Client", "Admin"], "Pending"],
  last: ["InReview", ["Client"], "Pending"],
  agreed: ["Approved", ["Client"], "Approved"],
  decided: ["InReview", ["Client"], "Approved"],
  declined: ["Draft", ["Client"], "Rejected"],
  internal: ["InReview", ["Editor", "Client"], "Pending"],
  withdrawn: ["Draft", ["Client"], "Superseded"],
  replaced: ["InReview", ["Client"], "Rejected"],
  archived: ["InReview", ["Client"], "Pending"],
  unlinked: ["InReview", ["Client"], "Pending"],
  dropped: ["InReview", ["Client"], "Pending"],
};

function steps(place: Place): [table: string, row: Row][] {
  const client = (of: string, over: Row = {}): [string, Row] => [
    "approval_workflows",
    { ...step(place, of, 1, "Client"), ...over },
  ];
  return [
    client("asked"),
    client("answered", byGuest(place)),
    client("last", byGuest(place)),
    client("agreed", byGuest(place)),
    client("decided", byGuest(place)),
    client("declined", { ...byGuest(place, "Rejected"), decided_by_guest: ref(place, "guest of reading") }),
    ["approval_workflows", step(place, "internal", 1, "Editor")],
    client("withdrawn", { ...byGuest(place), status: q("Superseded") }),
    client("replaced", byGuest(place, "Rejected")),
    client("archived"),
    client("unlinked"),
    client("dropped"),
  ];
}

export const surroundings = (place: Place): [table: string, row: Row][] => [
  ...Object.entries(ITEMS).flatMap(([name, [status, roles, state]]): [string, Row][] => [
    ["content_items", { ...item(place, name, status), ...(name === "archived" ? { archived_at: "now()" } : {}) }],
    ["content_versions", version(place, name)],
    ["approval_submissions", submission(place, name, roles, state)],
    ...(name === "unlinked" ? [] : [linked(place, name)]),
  ]),
  [
    "approval_submissions",
    {
      ...submission(place, "replaced", ["Editor", "Client"], "Pending"),
      id: ref(place, "second submission"),
      submitted_at: "now()",
    },
  ],
  ["content_versions", { ...version(place, "asked"), id: ref(place, "a later draft"), version_number: "2" }],
  ...steps(place),
  ...links(place),
  ...words(place),
  ...(["Scheduled", "Published"] as const).map((status): [string, Row] => [
    "distribution_schedules",
    {
      ...inPlace(place, `agreed and ${status}`),
      ...ofItem(place, "agreed"),
      submission_id: ref(place, "submission of agreed"),
      channel_id: ref(place, "channel"),
      content_hash: HASH,
      status: q(status),
      created_by: by(place),
      scheduled_time: status === "Scheduled" ? "now() + interval '1 day'" : "now()",
    },
  ]),
];

const linked = (place: Place, name: string): [string, Row] => [
  "review_link_items",
  {
    workspace_id: workspace(place),
    link_id: ref(place, "link"),
    content_item_id: ref(place, name),
    added_by: by(place),
    ...(name === "dropped" ? { removed_at: "now()" } : {}),
  },
];

/** Links that don't open, one with a passcode, and a guest of each. */
function links(place: Place): [table: string, row: Row][] {
  const one = (name: string, over: Row): [string, Row][] => [
    [
      "review_links",
      { ...inPlace(place, `${name} link`), token_hash: hashOf(place, name), created_by: by(place), ...over },
    ],
    [
      "review_guests",
      {
        ...inPlace(place, `guest of ${name}`),
        link_id: ref(place, `${name} link`),
        token_hash: hashOf(place, "guest"),
        passcode_salt: q("salt"),
      },
    ],
    [
      "review_link_items",
      {
        workspace_id: workspace(place),
        link_id: ref(place, `${name} link`),
        content_item_id: ref(place, "asked"),
        added_by: by(place),
      },
    ],
  ];
  const passcode = { passcode_salt: q("salt"), passcode_check: hashOf("the proof") };
  const tries = (address: string, over: Row): [string, Row] => [
    "review_passcode_tries",
    {
      workspace_id: workspace(place),
      link_id: ref(place, "passcode link"),
      passcode_salt: q("salt"),
      address_hash: q(address),
      ...over,
    },
  ];
  return [
    ...one("revoked", { revoked_at: "now()" }),
    ...one("expired", { expires_at: "now()" }),
    ...one("reading", { can_comment: "false", can_decide: "false" }),
    ...one("passcode", passcode),
    ...one("changed", { ...passcode, passcode_salt: q("another") }),
    tries("long ago", { tries: "99", since: "now() - interval '1 hour'" }),
    tries("just now", { tries: "5" }),
    [
      "review_idempotency_keys",
      {
        ...inPlace(place, "stale key"),
        guest_id: guest(place),
        key: q("stale"),
        created_at: "now() - interval '2 days'",
      },
    ],
  ];
}

/** What was said where the client listens, by a member and by the guest, and what was taken back. */
function words(place: Place): [table: string, row: Row][] {
  const said = (of: string, name: string, over: Row): Row => ({
    ...inPlace(place, name),
    ...ofItem(place, of),
    thread_id: ref(place, "client's thread"),
    ...over,
  });
  return [
    [
      "comments_threads",
      {
        ...inPlace(place, "client's thread"),
        ...ofItem(place, "asked"),
        visibility: q("Client"),
        author_id: by(place),
      },
    ],
    ["comments", said("asked", "member's word", { author_id: by(place) })],
    ["comments", said("asked", "guest's word", { author_id: "null", guest_id: guest(place) })],
    [
      "comments",
      said("asked", "word taken back", { author_id: by(place), removed_at: "now()", removed_by: by(place) }),
    ],
  ];
}
