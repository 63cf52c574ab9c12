import { each, GUESTS, INSIDE, MEMBERS, names, SYSTEM } from "../actors";
import { holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const IDS: Record<Place, number> = { mine: 9_000_000_001, others: 9_000_000_002, theirs: 9_000_000_003 };
const event = (place: Place): Row => ({
  workspace_id: workspace(place),
  id: String(IDS[place]),
  turn: "1",
  actor_id: person(authorOf(place)),
});
const presence = (place: Place): Row => ({
  workspace_id: workspace(place),
  content_item_id: ref(place, "draft"),
  user_id: person(authorOf(place)),
  client_id: q(`tab of ${place}`),
  state: q("Viewing"),
});
/** Comes to a colleague's draft, in their own name. */
const come = (state: string) =>
  `insert into events_presence (workspace_id, content_item_id, client_id, state)
   values (${workspace("others")}, ${ref("others", "draft")}, 'new', '${state}')`;
const consumer = (place: Place): Row => ({ workspace_id: workspace(place), consumer: q(`consumer of ${place}`) });

/** Turns that the server of these tests never comes to. */
const AHEAD = 9_000_000_000_000;
const [STALE, READ, UNREAD] = [9_000_000_010, 9_000_000_011, 9_000_000_012];
const purged = [
  `not exists (select from events where id = ${STALE})`,
  `(select turn from events where id = ${UNREAD}) = 0`,
  // The consumer had come to the first of the two.
  `(select (turn, event_id) = (0, ${READ}) from events_consumers where consumer = 'ahead')`,
  "not exists (select from events_presence where client_id = 'gone')",
  `exists (select from events where id = ${IDS.others} and turn = 1)`,
  "exists (select from events_presence where client_id = 'tab of others')",
];

export const events: RoomIsolation = {
  expectations: {
    "public.events": {
      select: INSIDE,
      insert: {
        columns: names("workspace_id type subject_id payload actor_id"),
        by: INSIDE,
        signed: ["actor_id"],
      },
      given: names("id at turn"),
      client: {
        insert: {
          columns: names("workspace_id type subject_id payload actor_id"),
          by: GUESTS,
          signed: ["actor_id"],
        },
      },
    },
    "public.events_consumers": {
      select: SYSTEM,
      insert: { columns: names("workspace_id consumer"), by: SYSTEM },
      update: each("turn event_id updated_at", SYSTEM),
    },
    // Everyone speaks for themselves alone: the row is the Writer's.
    "public.events_presence": {
      select: INSIDE,
      insert: {
        columns: names(
          "workspace_id content_item_id user_id client_id state version_number field selection_start selection_end",
        ),
        by: MEMBERS,
        signed: ["user_id"],
      },
      update: each("state version_number field selection_start selection_end since seen_at left_at", ["WriterOwn"]),
    },
  },
  rows: { events: event, events_consumers: consumer, events_presence: presence },
  fresh: {
    events: (place, me) => ({ workspace_id: workspace(place), actor_id: me }),
    events_consumers: (place) => ({ ...consumer(place), consumer: q("new") }),
    events_presence: (place, me) => ({ ...presence(place), user_id: me, client_id: q("new") }),
  },
  changes: { events_presence: { state: () => "state = 'Editing'" } },
  surroundings: (place) =>
    place !== "others"
      ? []
      : [
          ["events", { ...event(place), id: String(STALE), at: "now() - interval '31 days'" }],
          ["events", { ...event(place), id: String(READ), turn: String(AHEAD + 1) }],
          ["events", { ...event(place), id: String(UNREAD), turn: String(AHEAD + 2) }],
          [
            "events_consumers",
            { ...consumer(place), consumer: q("ahead"), turn: String(AHEAD + 1), event_id: String(READ) },
          ],
          ["events_presence", { ...presence(place), client_id: q("gone"), seen_at: "now() - interval '2 hours'" }],
        ],
  cases: [
    {
      who: "System",
      label: "purges what is over, lets what another server wrote come first, and leaves the rest",
      statement: `select app.purge_events(); ${holds(purged.join(" and "))}`,
      right: "1",
    },
    ...MEMBERS.map((who) => ({
      who,
      label: "says that they edit",
      statement: come("Editing"),
      right: who === "Viewer" ? "42501" : "1",
    })),
    {
      who: "Viewer",
      label: "says that they edit after all",
      statement: `${come("Viewing")}; update events_presence set state = 'Editing' where client_id = 'new'`,
      right: "42501",
    },
  ],
  openFunctions: {
    "app.purge_events": "removes what nobody may ask for any more, and tells how many",
    "app.settled_events": "tells up to where events are complete, and none of them",
    "app.read_events": "reads with the rights of whoever asks",
  },
};
