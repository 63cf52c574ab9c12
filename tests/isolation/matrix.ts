import { ACTORS, CLOSED, type Expectation, heldTo, type Who } from "./actors";
import { CASES } from "./cases";
import { AUTH_MAY, EXPECTATIONS } from "./expectations";
import { BEFORE_FRESH, CHANGES, FRESH, PERSONAL, ROWS } from "./rows";
import {
  type Column,
  type Connection,
  complete,
  entryOf,
  meOf,
  onStage,
  placeOf,
  type Stage,
  type Tables,
  valueFor,
} from "./stage";
import { unexpected } from "./unexpected";
import { insertion, type Place, person, type Row } from "./vocabulary";

/** One try: the statement, and how the right outcomes begin. An outcome is a count of rows, or a SQLSTATE and what it says. */
type Cell = { label: string; statement: string; right: string[] };

const REFUSED = ["42501"];
const NOTHING = ["0", "42501"];
/** By the grants, before any policy is asked. */
const DENIED = ["42501 permission denied for table"];
/** One row a workspace: who may write it meets the one that is there. */
const ONE_A_WORKSPACE = [
  "public.workspace_keys",
  "public.billing_subscriptions",
  "public.ai_settings",
  "public.retention_holds",
  "public.notifications_settings",
  "public.privacy_erasures",
  "public.auth_policies",
  "public.auth_sso_connections",
  "public.workspace_support_rules",
];
/** One row a person: the Writers have theirs. */
const ONE_A_PERSON = ["public.notifications_preferences"];

const bare = (table: string) => table.replace("public.", "");
const match = (table: string, columns: Column[], row: Row) => {
  const keys = columns.filter(({ key }) => key);
  return `${table} where ${keys.map(({ name }) => `${name} = ${row[name]}`).join(" and ")}`;
};

function cellsFor(table: string, columns: Column[], said: Expectation | typeof CLOSED, who: Who): Cell[] {
  if (said === CLOSED) return closedCells(table, columns);
  const expectation = heldTo(said, who);
  const place = placeOf(who);
  const own = (who.startsWith("Person") && place === "mine" && PERSONAL[bare(table)]) || ROWS[bare(table)]!(place);
  return [
    ...readingCells(table, columns, expectation, who, own),
    ...changingCells(table, columns, expectation, who, own),
    ...writingCells(table, columns, expectation, who),
    ...[match(table, columns, own), match(table, columns, ROWS[bare(table)]!("theirs")), table].map((target) => ({
      label: "deletes",
      statement: `delete from ${target}`,
      right: DENIED,
    })),
  ];
}

const closedCells = (table: string, columns: Column[]): Cell[] =>
  [
    ...columns.flatMap(({ name }) => [
      `select ${name} from ${table}`,
      `update ${table} set ${name} = default`,
      `insert into ${table} (${name}) values (default)`,
    ]),
    `delete from ${table}`,
  ].map((statement) => ({ label: "reaches", statement, right: DENIED }));

function readingCells(table: string, columns: Column[], { select, readable, update }: Expectation, who: Who, own: Row) {
  const mine = match(table, columns, own);
  const theirs = match(table, columns, ROWS[bare(table)]!("theirs"));
  const sees = select.includes(who);
  const locks = update && Object.values(update).some((by) => by.includes(who));
  const keys = columns.filter(({ key }) => key).map(({ name }) => name);
  const closed = readable !== undefined && !keys.every((name) => readable.includes(name));
  const cells: Cell[] = [
    { label: "sees its own", statement: `select 1 from ${mine}`, right: closed ? DENIED : [sees ? "1" : "0"] },
    { label: "sees another workspace's", statement: `select 1 from ${theirs}`, right: closed ? DENIED : ["0"] },
    { label: "locks another workspace's", statement: `select 1 from ${theirs} for update`, right: NOTHING },
  ];
  if (locks || !sees)
    cells.push({
      label: "locks its own",
      statement: `select 1 from ${mine} for update`,
      right: locks ? ["1"] : NOTHING,
    });
  for (const { name } of columns) {
    const open = !readable || readable.includes(name);
    cells.push({
      label: `reads the column ${name}`,
      statement: `select ${name} from ${table} where false`,
      right: open ? ["0"] : DENIED,
    });
  }
  return cells;
}

function changingCells(table: string, columns: Column[], { update = {} }: Expectation, who: Who, own: Row) {
  const place = placeOf(who);
  const cells: Cell[] = [];
  for (const column of columns) {
    const by = update[column.name];
    const change = (where: Place) => {
      if (!by) return `${column.name} = default`;
      const named = CHANGES[bare(table)]?.[column.name]?.(where, meOf(who));
      const set = named ?? `${column.name} = ${valueFor(column, true)}`;
      // A Writer changes a schedule in putting it on hold.
      const held = table === "public.distribution_schedules" && who.startsWith("Writer") && column.name !== "status";
      return held ? `${set}, status = 'OnHold'` : set;
    };
    cells.push(
      {
        label: `changes ${column.name}`,
        statement: `update ${match(table, columns, own).replace(" where", ` set ${change(place)} where`)}`,
        right: by?.includes(who) ? ["1"] : by ? NOTHING : DENIED,
      },
      {
        label: `changes another workspace's ${column.name}`,
        statement: `update ${match(table, columns, ROWS[bare(table)]!("theirs")).replace(" where", ` set ${change("theirs")} where`)}`,
        right: by ? NOTHING : DENIED,
      },
    );
  }
  return cells;
}

function writingCells(table: string, columns: Column[], { insert }: Expectation, who: Who): Cell[] {
  if (!insert) {
    return columns.map(({ name }) => ({
      label: `inserts ${name}`,
      statement: `insert into ${table} (${name}) values (default)`,
      right: DENIED,
    }));
  }
  const write = (place: Place, over: Row = {}) => {
    const row = { ...fresh(table, place, who), ...over };
    const full = complete(columns, row);
    const wanted = Object.fromEntries(
      Object.entries(full).filter(([name]) => insert.columns.includes(name) || name in over),
    );
    const named = Object.keys(over).every((name) => insert.columns.includes(name));
    const [first, before] = (named && BEFORE_FRESH[bare(table)]?.(place, meOf(who))) || [];
    return first ? `${insertion(first, before!)}; ${insertion(table, wanted)}` : insertion(table, wanted);
  };
  const may = insert.by.includes(who);
  const taken = ONE_A_WORKSPACE.includes(table) || (ONE_A_PERSON.includes(table) && who.startsWith("Writer"));
  const right = may ? [taken ? "23505" : "1"] : REFUSED;
  const cells: Cell[] = [
    { label: "inserts", statement: write(placeOf(who)), right },
    { label: "inserts in another workspace", statement: write("theirs"), right: REFUSED },
  ];
  for (const name of insert.signed ?? []) {
    cells.push({
      label: `inserts with another's ${name}`,
      statement: write(placeOf(who), { [name]: person("guest") }),
      right: REFUSED,
    });
  }
  for (const { name } of columns.filter((column) => !insert.columns.includes(column.name))) {
    cells.push({ label: `inserts ${name}`, statement: write(placeOf(who), { [name]: "default" }), right: DENIED });
  }
  return cells;
}

function fresh(table: string, place: Place, who: Who): Row {
  const row = FRESH[bare(table)]!(place, meOf(who), who);
  return row.id ? { ...row, id: "gen_random_uuid()" } : row;
}

/** Changes of one column each that would do for any row. */
const BLIND: Record<string, string> = {
  "public.auth_api_keys": "rotated_at = now()",
  "public.workspaces": "late_after_minutes = 5",
  "public.workspace_members": "removed_at = null",
  "public.workspace_invitations": "expires_at = now()",
  "public.workspace_support": "ended_at = now()",
  "public.workspace_support_rules": "updated_at = now()",
  "public.channels": "checked_at = now()",
  "public.channel_credentials": "updated_at = now()",
  "public.channels_authorizations": "expires_at = now()",
  "public.channels_wanted": "removed_at = now()",
  "public.personas": "updated_at = now()",
  "public.content_items": "updated_at = now()",
  "public.content_adaptations": "updated_at = now()",
  "public.content_drafts": "removed_at = now(), body = '', title = null, metadata = null",
  "public.content_version_labels": "removed_at = now()",
  "public.approval_submissions": "status = 'Superseded'",
  "public.approval_workflows": "status = 'Superseded'",
  "public.comments_threads": "resolved_at = now(), resolved_by = app.user_id()",
  "public.comments": "removed_at = now(), removed_by = app.user_id()",
  "public.distribution_schedules": "message = 'x'",
  "public.distribution_posting_times": "minutes = '{600}'",
  "public.distribution_parts": "remote_url = 'x'",
  "public.distribution_attempts": "error = 'x'",
  "public.site_pages": "updated_at = now()",
  "public.analytics_fetches": "error = 'x'",
  "public.idempotency_keys": "status = 200",
  "public.planning_tags": "updated_at = now()",
  "public.planning_campaigns": "updated_at = now()",
  "public.planning_templates": "updated_at = now()",
  "public.planning_views": "updated_at = now()",
  "public.content_item_tags": "removed_at = now()",
  "public.content_briefs": "updated_at = now(), updated_by = app.user_id()",
  "public.events_consumers": "updated_at = now()",
  "public.events_presence": "seen_at = now()",
  "public.review_links": "updated_at = now()",
  "public.review_link_items": "added_at = now()",
  "public.review_idempotency_keys": "status = 200",
  "public.assets": "updated_at = now()",
  "public.assets_folders": "updated_at = now()",
  "public.assets_uploads": "status = 'Aborted'",
  "public.assets_uses": "ended_at = now()",
  "public.assets_page_uses": "ended_at = now()",
  "public.transfer_imports": "message = 'x'",
  "public.transfer_entries": "updated_at = now()",
  "public.retention_rules": "updated_at = now(), updated_by = app.user_id()",
  "public.retention_holds": "updated_at = now(), updated_by = app.user_id()",
  "public.webhooks_endpoints": "updated_at = now()",
  "public.forwarding_destinations": "updated_at = now()",
  "public.webhooks_deliveries": "next_at = now()",
  "public.webhooks_attempts": "error = 'x'",
  "public.transfer_exports": "message = 'x'",
  "public.site_domains": "updated_at = now()",
  "public.site_trials": "reason = 'ByPerson'",
  "public.site_trial_variants": "weight = 0.25",
  "public.ai_generations": "error_code = 'x'",
  "public.search_passages": "updated_at = now()",
  "public.ai_settings": "updated_at = now(), updated_by = app.user_id()",
  "public.notifications": "read_at = now()",
  "public.notifications_preferences": "updated_at = now()",
  "public.notifications_settings": "updated_at = now()",
  "public.notifications_deliveries": "updated_at = now()",
  "public.privacy_erasures": "status = 'Undone', ended_at = now()",
  "public.auth_policies": "updated_at = now()",
  "public.auth_sso_connections": "updated_at = now()",
  "public.auth_sso_domains": "verified_at = now()",
  "public.auth_scim_tokens": "expires_at = now()",
  "public.auth_scim_groups": "updated_at = now()",
};

const PERSONAL_ROWS = [
  "public.channels_authorizations",
  "public.idempotency_keys",
  "public.review_idempotency_keys",
  "public.assets_uploads",
  "public.planning_views",
  "public.notifications",
  "public.notifications_preferences",
  "public.privacy_erasures",
];

/** A change that names no row doesn't ask who sees it: it meets what its actor may change and sees, or is refused. */
async function blindChanges(stage: Stage, table: string, { update }: Expectation, who: Who) {
  if (!update) return [];
  const set = BLIND[table];
  if (!set) return [`${table} has no change that names no row: give one in matrix.ts`];
  const by = update[set.split(" ")[0]!] ?? [];
  // Whether these rows are a Writer's is asked of the row as it becomes, so that one of somebody else's refuses them all.
  const asked = ["public.approval_submissions", "public.approval_workflows", "public.distribution_schedules"].includes(
    table,
  );
  const may = by.includes(who) && !(asked && who === "WriterOwn");
  const [changed, seen] = await stage.attempt([`update ${table} set ${set}`, `select 1 from ${table}`]);
  const count = /^\d+$/.test(changed!) ? Number(changed) : 0;
  const other = changed!.startsWith("42501") || count === 0;
  if (may ? count >= 1 && count <= Number(seen) : other) return [];
  // Whose they are is the person's or the guest's question, not the role's.
  const personal = PERSONAL_ROWS.includes(table) || (table === "public.content_drafts" && !may);
  if (personal && count <= Number(seen)) return [];
  // A Writer's own rows are among these for WriterOther, too, who is the same person.
  if (who === "WriterOther" && by.includes("WriterOwn") && count < Number(seen)) return [];
  return [`${table}: ${who} changes without naming a row (${set}): ${changed}, and sees ${seen}`];
}

type Look = {
  /** The tables to look at; all by default, and then also that each has an expectation. */
  only?: string[];
  /** The actors to look at; all by default, and then also the other log-ins. */
  actors?: readonly (Who | "logins")[];
  /** SQL to run first in the transaction, which is rolled back in the end. */
  before?: string;
  /** Whether one is enough. */
  first?: boolean;
};

/** What differs from the expectations, each as a sentence; empty where all holds. */
export async function violations(
  connection: Connection,
  tables: Tables,
  { only, actors, before, first }: Look = {},
): Promise<string[]> {
  const found = only ? [] : unexpected(tables);
  const chosen = (only ?? Object.keys(tables)).filter((table) => EXPECTATIONS[table]);
  const whos = ACTORS.filter((one) => !actors || actors.includes(one));
  // Whoever wants one alone asks the tables first: the cases are of all of them, and take the longest.
  const rounds: Asked[] = first ? ["tables", "near", "cases"] : ["all"];
  const look = async (stage: Stage) => {
    for (const asked of rounds) {
      for (const who of whos) {
        found.push(...(await violationsOf(stage, tables, chosen, who, asked)));
        if (first && found.length > 0) return;
      }
      if (!actors || actors.includes("logins"))
        found.push(...(await otherLogins(stage, tables, only ?? Object.keys(tables), asked)));
      if (first && found.length > 0) return;
    }
  };
  await onStage(connection, look, before);
  return found;
}

/** What is tried: each table's cells, the cases that name one of these tables, all cases, or cells and cases. */
type Asked = "tables" | "near" | "cases" | "all";

async function violationsOf(stage: Stage, tables: Tables, chosen: string[], who: Who, asked: Asked): Promise<string[]> {
  try {
    await stage.as("contentos_app", entryOf(who));
  } catch (error) {
    throw new Error(`${who} can't enter: ${(error as Error).message}`);
  }
  if (asked === "near" || asked === "cases") return judge(stage, casesOf(who, asked === "near" ? chosen : undefined));
  const cells = chosen.flatMap((table) =>
    cellsFor(table, tables[table]!, EXPECTATIONS[table]!, who).map((cell) => ({
      ...cell,
      label: `${table}: ${who} ${cell.label}`,
    })),
  );
  const found = await judge(stage, [...cells, ...(asked === "all" ? casesOf(who) : [])]);
  for (const table of chosen) {
    const expectation = EXPECTATIONS[table]!;
    if (expectation !== CLOSED) found.push(...(await blindChanges(stage, table, heldTo(expectation, who), who)));
  }
  return found;
}

const casesOf = (who: string, near?: string[]): Cell[] =>
  CASES.filter(
    ({ who: whose, statement }) => whose === who && (!near || near.some((table) => statement.includes(bare(table)))),
  ).map((one) => ({ ...one, right: [one.right] }));

async function judge(stage: Stage, cells: Cell[]) {
  const outcomes = await stage.attempt(cells.map(({ statement }) => statement));
  return cells.flatMap(({ label, statement, right }, i) =>
    right.some((start) => `${outcomes[i]} `.startsWith(`${start} `))
      ? []
      : [`${label}: ${outcomes[i]} instead of ${right.join(" or ")}, by ${statement}`],
  );
}

async function otherLogins(stage: Stage, tables: Tables, chosen: string[], asked: Asked) {
  const found: string[] = [];
  for (const login of ["contentos_auth", "contentos_worker"] as const) {
    await stage.as(login, "select 1");
    if (asked === "near" || asked === "cases") {
      found.push(...(await judge(stage, casesOf(login, asked === "near" ? chosen : undefined))));
      continue;
    }
    const cells = chosen.flatMap((table) => {
      const may = (login === "contentos_auth" && AUTH_MAY[table]?.split(" ")) || [];
      const key = tables[table]![0]!.name;
      const does: Record<string, string> = {
        select: `select 1 from ${table} limit 1`,
        insert: `insert into ${table} (${key}) overriding system value select null where false`,
        update: `update ${table} set ${key} = default where false`,
        delete: `delete from ${table} where false`,
        truncate: `truncate ${table}`,
      };
      const right = (command: string) => (!may.includes(command) ? DENIED : [command === "select" ? "1" : "0"]);
      return Object.entries(does).map(([command, statement]) => ({
        label: `${table}: ${login}`,
        statement,
        right: right(command),
      }));
    });
    found.push(...(await judge(stage, [...cells, ...(asked === "all" ? casesOf(login) : [])])));
  }
  return found;
}

/** How many tries a whole run makes. */
export const countCells = (tables: Tables) =>
  ACTORS.flatMap((who) =>
    Object.keys(tables).flatMap((table) =>
      EXPECTATIONS[table] ? cellsFor(table, tables[table]!, EXPECTATIONS[table], who) : [],
    ),
  ).length + CASES.length;
