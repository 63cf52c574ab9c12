import { ADMINS, each, MEMBERS, names, SYSTEM } from "../actors";
import { holds } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, hashOf, id, inPlace, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const ADMINS_AND_JOBS = [...ADMINS, "System"] as const;
/** Whose row it is alone, and jobs: the row is the Writer's. */
const OWN_AND_JOBS = ["WriterOwn", "System"] as const;

const notification = (place: Place): Row => ({
  ...inPlace(place, "notification"),
  user_id: person(authorOf(place)),
  kind: q("Mentioned"),
  source: q(`event of ${place}`),
  content_item_id: ref(place, "draft"),
});
const OVER = "now() - interval '91 days'";
const preferences = (place: Place): Row => ({ workspace_id: workspace(place), user_id: person(authorOf(place)) });
const settings = (place: Place): Row => ({ workspace_id: workspace(place) });
const delivery = (place: Place, name = "delivery"): Row => ({
  ...inPlace(place, name),
  way: q("Email"),
  user_id: person(authorOf(place)),
  status: q("Queued"),
  due_at: "now()",
});

const unsubscribe = (place: Place, name: string) =>
  `app.unsubscribe_notifications(${workspace(place)}, ${ref(place, name)})`;
const bounce = (place: Place, name: string) =>
  `app.bounce_notification(${workspace(place)}, ${ref(place, name)}, 'No such mailbox', true)`;
const address = (who: Parameters<typeof person>[0]) => `(select address from app.notification_address(${person(who)}))`;

export const notifications: RoomIsolation = {
  expectations: {
    // Not even an Admin reads another's.
    "public.notifications": {
      select: OWN_AND_JOBS,
      insert: {
        columns: names(
          "workspace_id user_id kind source subject_id content_item_id actor_id detail in_app digest_at delivery_id",
        ),
        by: SYSTEM,
      },
      update: each("read_at delivery_id", OWN_AND_JOBS),
      given: names("id created_at"),
    },
    "public.notifications_preferences": {
      select: OWN_AND_JOBS,
      insert: {
        columns: names(
          "workspace_id user_id language time_zone quiet_from quiet_until digest_hour digest_weekday choices",
        ),
        by: MEMBERS,
        signed: ["user_id"],
      },
      update: each(
        "language time_zone quiet_from quiet_until digest_hour digest_weekday choices unsubscribed_at updated_at",
        ["WriterOwn"],
      ),
    },
    "public.notifications_settings": {
      select: ADMINS_AND_JOBS,
      insert: {
        columns: names("workspace_id remind_after_hours escalate_after_hours slack_sealed slack_topics"),
        by: ADMINS,
      },
      update: each(
        "remind_after_hours escalate_after_hours slack_sealed slack_topics slack_free_at updated_at",
        ADMINS_AND_JOBS,
      ),
    },
    "public.notifications_deliveries": {
      select: ADMINS_AND_JOBS,
      insert: { columns: names("workspace_id id way kind user_id source detail due_at"), by: SYSTEM },
      update: each("status due_at attempts lost address message updated_at sent_at", SYSTEM),
      given: ["created_at"],
    },
    "public.notifications_stopped_addresses": "closed",
  },
  rows: {
    notifications: notification,
    notifications_preferences: preferences,
    notifications_settings: settings,
    notifications_deliveries: (place) => delivery(place),
    notifications_stopped_addresses: (place) => ({ address_hash: hashOf(place, "stopped") }),
  },
  fresh: {
    notifications: (place) => {
      const { id: _, ...row } = notification(place);
      return { ...row, source: q("another") };
    },
    notifications_preferences: (place, me) => ({ ...preferences(place), user_id: me }),
    notifications_settings: settings,
    notifications_deliveries: (place) => {
      const { status: _, ...row } = delivery(place, "another");
      return row;
    },
  },
  changes: {
    notifications: { delivery_id: () => `delivery_id = ${q(id("another"))}` },
    notifications_preferences: {
      language: () => "language = 'de'",
      quiet_from: () => "quiet_from = 60, quiet_until = 120",
      quiet_until: () => "quiet_from = 60, quiet_until = 120",
      digest_hour: () => "digest_hour = 9",
      digest_weekday: () => "digest_weekday = 2",
    },
    notifications_settings: {
      remind_after_hours: () => "remind_after_hours = 2",
      escalate_after_hours: () => "escalate_after_hours = 2",
    },
    notifications_deliveries: { status: () => "status = 'Sent'" },
  },
  surroundings: (place) => [
    [
      "notifications",
      { ...notification(place), id: ref(place, "old notification"), source: q(`old of ${place}`), created_at: OVER },
    ],
    ["notifications_deliveries", { ...delivery(place, "old mail"), created_at: OVER }],
    [
      "notifications_deliveries",
      {
        ...delivery(place, "sent mail"),
        status: q("Sent"),
        address: `(select email from users where id = ${person(authorOf(place))})`,
      },
    ],
    [
      "notifications_deliveries",
      {
        ...inPlace(place, "told slack"),
        way: q("Slack"),
        source: q(`slack of ${place}`),
        status: q("Sent"),
        due_at: "now()",
      },
    ],
  ],
  cases: [
    {
      who: "Nobody",
      label: "unsubscribes by the mail that somebody got",
      statement: holds(unsubscribe("others", "sent mail")),
      right: "1",
    },
    {
      who: "Nobody",
      label: "unsubscribes by a mail of another workspace's",
      statement: holds(`app.unsubscribe_notifications(${workspace("theirs")}, ${ref("others", "sent mail")})`),
      right: "0",
    },
    {
      who: "Nobody",
      label: "unsubscribes Slack",
      statement: holds(unsubscribe("others", "told slack")),
      right: "0",
    },
    {
      who: "Nobody",
      label: "says that a mail came back",
      statement: holds(bounce("others", "sent mail")),
      right: "1",
    },
    {
      who: "Nobody",
      label: "says again that a mail came back",
      statement: `select ${bounce("others", "sent mail")}; ${holds(`not ${bounce("others", "sent mail")}`)}`,
      right: "1",
    },
    {
      who: "Nobody",
      label: "says that what was not sent came back",
      statement: holds(bounce("others", "delivery")),
      right: "0",
    },
    {
      who: "Nobody",
      label: "asks for somebody's address",
      statement: holds(`${address("writer")} is not null`),
      right: "0",
    },
    {
      who: "Admin",
      label: "asks for a colleague's address, as jobs do",
      statement: holds(`${address("writer")} is not null`),
      right: "0",
    },
    {
      who: "Admin",
      label: "asks for their own address",
      statement: holds(`${address("admin")} is not null`),
      right: "1",
    },
    {
      who: "System",
      label: "asks for a member's address, and not for a stranger's",
      statement: holds(`${address("writer")} is not null and ${address("stranger")} is null`),
      right: "1",
    },
    {
      who: "System",
      label: "purges what is over, and leaves the rest",
      statement: `select app.purge_notifications(); ${holds(
        `not exists (select from notifications where id = ${ref("others", "old notification")})
         and not exists (select from notifications_deliveries where id = ${ref("others", "old mail")})
         and exists (select from notifications where id = ${ref("mine", "notification")})
         and exists (select from notifications_deliveries where id = ${ref("mine", "delivery")})`,
      )}`,
      right: "1",
    },
    {
      who: "Nobody",
      label: "wakes what tells people, in no workspace",
      statement: `select app.wake_notifications(${ref("x")})`,
      right: "42501",
    },
    {
      who: "Guest",
      label: "wakes what tells people",
      statement: `select app.wake_notifications(${ref("x")})`,
      right: "1",
    },
    {
      who: "contentos_auth",
      label: "says that a mail came back",
      statement: `select ${bounce("others", "sent mail")}`,
      right: "42501",
    },
  ],
  openFunctions: {
    "app.wake_notifications": "enqueues the one job that tells people, for the scope's own workspace",
    "app.notification_address": "tells jobs where mail for a member goes, and everybody of their own",
    "app.resume_notification_mail": "lifts a stop of one's own address",
    "app.unsubscribe_notifications": "takes the random id of a mail, and ends mails for who got it",
    "app.bounce_notification": "takes the random id of a mail that was sent, and says that it came back",
    "app.purge_notifications": "removes what nobody may ask for any more, and tells how many",
  },
  clientFunctions: {
    "app.wake_notifications": "enqueues the one job that tells people, for the link's own workspace",
  },
};
