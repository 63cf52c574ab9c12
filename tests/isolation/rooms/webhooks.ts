import { ADMINS, each, names, SYSTEM } from "../actors";
import { change, holds } from "../case";
import type { RoomIsolation } from "../room";
import { inPlace, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const BOTH = [...ADMINS, ...SYSTEM];
const whose = (place: Place) => person(place === "theirs" ? "stranger" : "admin");
const EVENT = 4711;

const endpoint = (place: Place): Row => ({ ...inPlace(place, "endpoint"), created_by: whose(place) });
const delivery = (place: Place): Row => ({
  ...inPlace(place, "delivery"),
  endpoint_id: ref(place, "endpoint"),
  event_id: String(EVENT),
});
const attempt = (place: Place): Row => ({
  workspace_id: workspace(place),
  delivery_id: ref(place, "delivery"),
  number: "1",
});

const old = { created_at: "now() - interval '31 days'" };
const purged = [
  `not exists (select from webhooks_deliveries where id = ${ref("others", "old delivery")})`,
  `not exists (select from webhooks_attempts where delivery_id = ${ref("others", "old delivery")})`,
  `exists (select from webhooks_deliveries where id = ${ref("others", "delivery")})`,
  `exists (select from webhooks_attempts where delivery_id = ${ref("others", "delivery")})`,
];
const insertDelivery = (event: string) =>
  `insert into webhooks_deliveries (endpoint_id, event_id, type, occurred_at, data)
   values (${ref("others", "endpoint")}, ${event}, 'ping', now(), '{}')`;

export const webhooks: RoomIsolation = {
  expectations: {
    "public.webhooks_endpoints": {
      select: BOTH,
      insert: {
        columns: names("workspace_id id url description event_types sealed_secret created_by"),
        by: ADMINS,
        signed: ["created_by"],
      },
      update: each(
        "url description event_types status pause_reason paused_at sealed_secret previous_secret previous_until failures failing_since delivered_at updated_at removed_at",
        BOTH,
      ),
      given: ["created_at"],
    },
    // What happened is told by jobs; an Admin's own message is a ping.
    "public.webhooks_deliveries": {
      select: BOTH,
      insert: { columns: names("workspace_id id endpoint_id event_id type occurred_at data status"), by: BOTH },
      update: each("status tries next_at claimed_by claimed_until ended_at", BOTH),
      given: ["created_at"],
    },
    "public.webhooks_attempts": {
      select: BOTH,
      insert: { columns: names("workspace_id delivery_id number started_at"), by: SYSTEM },
      update: each("ended_at outcome status_code response error", SYSTEM),
    },
  },
  rows: { webhooks_endpoints: endpoint, webhooks_deliveries: delivery, webhooks_attempts: attempt },
  fresh: {
    webhooks_endpoints: (place, me) => ({ ...endpoint(place), created_by: me }),
    webhooks_deliveries: (place, _, who) => ({ ...delivery(place), event_id: who === "System" ? "4712" : "null" }),
    webhooks_attempts: (place) => ({ ...attempt(place), number: "2" }),
  },
  changes: {
    webhooks_endpoints: {
      status: () => "status = 'Paused', pause_reason = 'Manual', paused_at = now()",
      pause_reason: () => "status = 'Paused', pause_reason = 'Manual', paused_at = now()",
      paused_at: () => "status = 'Paused', pause_reason = 'Manual', paused_at = now()",
      previous_secret: () => "previous_secret = '', previous_until = now()",
      previous_until: () => "previous_secret = '', previous_until = now()",
    },
    webhooks_deliveries: {
      status: () => "status = 'Failed'",
      claimed_by: () => "claimed_by = '1', claimed_until = now()",
      claimed_until: () => "claimed_by = '1', claimed_until = now()",
    },
    webhooks_attempts: {
      ended_at: () => "ended_at = now(), outcome = 'Lost'",
      outcome: () => "ended_at = now(), outcome = 'Lost'",
    },
  },
  surroundings: (place) =>
    place !== "others"
      ? []
      : [
          ["webhooks_endpoints", { ...endpoint(place), id: ref(place, "removed endpoint"), removed_at: "now()" }],
          ["webhooks_deliveries", { ...delivery(place), id: ref(place, "old delivery"), event_id: "1", ...old }],
          ["webhooks_attempts", { ...attempt(place), delivery_id: ref(place, "old delivery") }],
          ["webhooks_attempts", { ...attempt(place), number: "9", ended_at: "now()", outcome: q("Lost") }],
        ],
  cases: [
    {
      who: "System",
      label: "purges what is over, and leaves the rest",
      statement: `select app.purge_webhooks(); ${holds(purged.join(" and "))}`,
      right: "1",
    },
    { who: "Admin", label: "tells of an event", statement: insertDelivery("4713"), right: "42501" },
    { who: "System", label: "pings", statement: insertDelivery("null"), right: "42501" },
    {
      who: "Admin",
      label: "brings a removed endpoint back",
      statement: change("webhooks_endpoints", ref("others", "removed endpoint"), "removed_at = null"),
      right: "0",
    },
    {
      who: "System",
      label: "says anew what became of a try",
      statement: `update webhooks_attempts set outcome = 'Delivered' where delivery_id = ${ref("others", "delivery")} and number = 9`,
      right: "0",
    },
    ...(["Viewer", "System"] as const).map((who) => ({
      who,
      label: "knows that somebody is to be told",
      statement: holds("app.has_webhooks()"),
      right: "1",
    })),
    ...(["Viewer", "Guest", "System"] as const).map((who) => ({
      who,
      label: "wakes who tells of events",
      statement: "select app.wake_webhooks()",
      right: "1",
    })),
  ],
  openFunctions: {
    "app.wake_webhooks": "asks for a workspace's scope, and takes the workspace from it",
    "app.has_webhooks": "tells of the entered scope's workspace, and only whether it has endpoints",
    "app.purge_webhooks": "removes what nobody may ask for any more, and tells how many",
  },
  clientFunctions: { "app.wake_webhooks": "asks for a workspace's scope, and takes the workspace from it" },
};
