import { ADMINS, CLOSED, MEMBERS, names } from "../actors";
import { type Case, holds } from "../case";
import type { RoomIsolation } from "../room";
import { home, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const NUMBERS: Record<Place, string> = { mine: "1", others: "2", theirs: "1" };
const entry = (place: Place): Row => ({
  workspace_id: workspace(place),
  number: NUMBERS[place],
  id: ref(place, "ledger"),
  kind: q("TopUp"),
  period: "app.credit_period()",
  issued: "-50",
  topped_up: "50",
  topped_up_balance: place === "others" ? "100" : "50",
  reserved_balance: place === "others" ? "3" : "1",
  at: `now() - interval '${3 - Number(NUMBERS[place])} hours'`,
});
const reservation = (place: Place): Row => ({
  workspace_id: workspace(place),
  id: ref(place, "reservation"),
  period: "app.credit_period()",
  included: "0",
  topped_up: "1",
  expires_at: "now() + interval '1 hour'",
});

const account = (place: Place): Row => ({
  id: ref(home(place), "account"),
  owner_id: person(place === "theirs" ? "stranger" : "owner"),
  tier: q("Free"),
  stripe_customer_id: q(`cus_${home(place)}`),
  pooling: String(place === "theirs"),
});
/** Of the hundred credits that theirs share, eighty were granted, and twenty of them drawn. */
const pool = (number: number, kind: string, amount: number, balance: number): [table: string, row: Row] => [
  "billing_pool_entries",
  {
    account_id: ref("theirs", "account"),
    number: String(number),
    kind: q(kind),
    ...(kind === "Drawn" && { drawn_by: workspace("theirs") }),
    period: "app.credit_period()",
    amount: String(amount),
    balance: String(balance),
    period_granted: "80",
    at: "now() - interval '1 hour'",
  },
];
const event = (workspaceOf: string) =>
  `app.receive_stripe_event('evt_1', 'invoice.paid', now(), 'cus_${workspaceOf}', null)`;
const state = q(JSON.stringify({ status: "Active", tier: "Agency", subscriptionId: "sub_1" }));
const counted = Object.entries({ members: 7, invited: 3, channels: 4, storageBytes: 6, workspaces: 1, ahead: 0 })
  .map(([name, count]) => `(told ->> '${name}')::int = ${count}`)
  .join(" and ");

const plans: Case[] = [
  {
    who: "Viewer",
    label: "is told what is used of the plan",
    statement: `select 1 from app.plan_usage(true) as told where ${counted} and told ->> 'tier' = 'Free'`,
    right: "1",
  },
  {
    who: "Person",
    label: "is told of a plan in no workspace",
    statement: "select app.plan_usage(false)",
    right: "42501",
  },
  {
    who: "Person",
    label: "holds their own account",
    statement: holds("(app.hold_own_account() ->> 'workspaces')::int = 0"),
    right: "1",
  },
  { who: "Nobody", label: "holds an account", statement: "select app.hold_own_account()", right: "42501" },
  { who: "Editor", label: "opens a subscription", statement: "select app.open_subscription()", right: "42501" },
  {
    who: "Owner",
    label: "sees by which name Stripe knows them",
    statement: holds("app.billing_account() ->> 'customerId' = 'cus_ours'"),
    right: "1",
  },
  {
    who: "Admin",
    label: "sees the account that pays, and no name at Stripe",
    statement: holds("app.billing_account() ->> 'id' is not null and app.billing_account() ->> 'customerId' is null"),
    right: "1",
  },
  {
    who: "Editor",
    label: "sees the account that pays",
    statement: holds("app.billing_account() is not null"),
    right: "0",
  },
  { who: "Admin", label: "takes the payment over", statement: "select app.take_over_billing()", right: "42501" },
  { who: "Admin", label: "has workspaces share", statement: holds("app.set_pooling(true)"), right: "0" },
  { who: "Owner", label: "has workspaces share", statement: holds("app.set_pooling(true)"), right: "1" },
  {
    who: "Admin",
    label: "becomes Stripe's customer",
    statement: "select app.set_stripe_customer('cus_x')",
    right: "42501",
  },
  {
    who: "Owner",
    label: "stays the customer that they are",
    statement: holds("app.set_stripe_customer('cus_x') = 'cus_ours'"),
    right: "1",
  },
  {
    who: "Nobody",
    label: "brings an event of Stripe's, once",
    statement: `${holds(`${event("ours")} = 'Taken'`)}; ${holds(`${event("ours")} = 'Known'`)}`,
    right: "1",
  },
  {
    who: "Nobody",
    label: "brings an event about nobody here",
    statement: holds(`${event("else")} = 'Ignored'`),
    right: "1",
  },
  {
    who: "Owner",
    label: "says what Stripe answered",
    statement: `select app.apply_stripe_state(now(), ${state})`,
    right: "42501",
  },
  {
    who: "System",
    label: "says what Stripe answered",
    statement: `${holds(`app.apply_stripe_state(now(), ${state})`)}; ${holds("(app.credit_balance() ->> 'included')::int = 10000")}`,
    right: "1",
  },
  {
    who: "Owner",
    label: "books what they did not buy",
    statement: `select app.book_purchase(${workspace("mine")}, 'cs_1', 1000)`,
    right: "42501",
  },
  {
    who: "System",
    label: "books what was bought, once",
    statement: `${holds(`app.book_purchase(${workspace("mine")}, 'cs_1', 1000)`)}; ${holds(`not app.book_purchase(${workspace("mine")}, 'cs_1', 1000)`)}`,
    right: "1",
  },
  {
    who: "System",
    label: "books for another account's workspace",
    statement: holds(`app.book_purchase(${workspace("theirs")}, 'cs_1', 1000)`),
    right: "0",
  },
  { who: "System", label: "has nobody's grace end", statement: holds("app.tend_billing() = 0"), right: "1" },
  {
    who: "Admin",
    label: "says what those have for whom nobody pays",
    statement: "select app.set_billing_defaults('Enterprise', 90)",
    right: "42501",
  },
  {
    who: "contentos_worker",
    label: "says what those have for whom nobody pays",
    statement: `select app.set_billing_defaults('Agency', 3); select 1 where app.set_tier(${workspace("mine")}, null) ->> 'tier' = 'Agency'`,
    right: "1",
  },
  {
    who: "contentos_worker",
    label: "tops up a workspace that shares, whose pool gets what is due",
    statement: `select 1 where (app.top_up_credits(${workspace("theirs")}, 10, null) ->> 'remaining')::int = 140`,
    right: "1",
  },
];

const STALE: [table: string, row: Row] = [
  "billing_reservations",
  { ...reservation("others"), id: ref("others", "stale"), expires_at: "now() - interval '1 hour'" },
];

const cases: Case[] = [
  ...plans,
  ...([...MEMBERS, "System"] as const).map(
    (who): Case => ({
      who,
      label: "reserves credits and pays with them",
      statement: `with r as materialized (select app.reserve_credits(5, 60) as told)
        select 1 from r, lateral (select app.settle_credits((told ->> 'reservationId')::uuid, 2) as s) s where s ->> 'closed' = 'true'`,
      right: who === "Viewer" ? "42501" : "1",
    }),
  ),
  {
    who: "Viewer",
    label: "settles what somebody else reserved",
    statement: `select app.settle_credits(${ref("others", "reservation")}, 1)`,
    right: "42501",
  },
  {
    who: "Admin",
    label: "settles another workspace's reservation",
    statement: `select 1 where (app.settle_credits(${ref("theirs", "reservation")}, 1) ->> 'closed')::boolean`,
    right: "0",
  },
  {
    who: "Viewer",
    label: "is told what is left",
    statement: holds("(app.credit_balance() ->> 'remaining')::int = 200"),
    right: "1",
  },
  {
    who: "Person",
    label: "reserves credits of no workspace",
    statement: "select app.reserve_credits(1, 60)",
    right: "42501",
  },
  {
    who: "System",
    label: "frees what was reserved and never settled, and nothing else",
    statement: `select app.lapse_reservations(); ${holds("(select count(*) from billing_reservations) = 2")}`,
    right: "1",
  },
  {
    who: "Admin",
    label: "tops up credits of their own",
    statement: `select app.top_up_credits(${workspace("mine")}, 1000, 'mine')`,
    right: "42501",
  },
  {
    who: "contentos_worker",
    label: "tops up credits for the operator",
    statement: `select 1 where (app.top_up_credits(${workspace("mine")}, 10, null) ->> 'toppedUp')::int = 111`,
    right: "1",
  },
  {
    who: "contentos_worker",
    label: "sets a tier for the operator",
    statement: `select 1 where (app.set_tier(${workspace("mine")}, 'Team') ->> 'included')::int = 2000`,
    right: "1",
  },
];

export const billing: RoomIsolation = {
  expectations: {
    // Functions of the database alone reach these.
    "public.billing_accounts": CLOSED,
    "public.billing_deployment": CLOSED,
    "public.billing_pool_entries": CLOSED,
    "public.billing_stripe_events": CLOSED,
    // Nobody writes the ledger but its functions, and nobody changes it.
    "public.billing_ledger": {
      select: [...ADMINS, "System"],
      given: names(
        "workspace_id number id kind reservation_id period issued included topped_up reserved spent expired included_balance topped_up_balance reserved_balance period_included period_spent note source created_by at",
      ),
    },
    "public.billing_reservations": {
      select: [...ADMINS, "System"],
      given: names("workspace_id id period included topped_up expires_at"),
    },
  },
  rows: { billing_ledger: entry, billing_reservations: reservation },
  surroundings: (place) => [
    ...(place === "others" ? [STALE] : [["billing_accounts", account(place)] as [string, Row]]),
    ...(place === "theirs" ? [pool(1, "Granted", 80, 80), pool(2, "Drawn", -20, 60)] : []),
  ],
  cases,
  openFunctions: {
    "app.credit_period": "reads nothing",
    "public.ai_credits_used": "reads with the rights of whoever asks",
    "app.reserve_credits": "asks for a workspace's scope, and takes the workspace from it",
    "app.settle_credits": "asks for a workspace's scope, and takes the workspace from it",
    "app.credit_balance": "tells the scope's workspace how many credits it has",
    "app.open_subscription": "asks for an Admin's scope, and opens the subscription of its workspace",
    "app.hold_own_account": "asks for a person, and tells of their own account",
    "app.plan_usage": "asks for a workspace's scope, and counts what is in it",
    "app.billing_account": "tells Admins and jobs of the account that pays for the scope's workspace",
    "app.take_over_billing": "asks for the scope of a workspace's owner, on whose account it goes",
    "app.set_pooling": "asks for the scope of whoever pays",
    "app.set_stripe_customer": "asks for the scope of whoever pays, and says once who they are",
    "app.receive_stripe_event": "has a job ask Stripe, whatever is said",
    "app.apply_stripe_state": "asks for a job's scope",
    "app.book_purchase": "asks for a job's scope, and books for workspaces of its account",
    "app.tend_billing": "has jobs ask Stripe, forgets what is old, and tells how many",
    "app.lapse_reservations": "frees what has expired, and tells how many",
  },
};
