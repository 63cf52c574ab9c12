import type pg from "pg";
import { JOB_TABLES, LEFT_OUT, OUTLIVES_WORKSPACE } from "./subjects";

export type Table = {
  /** With its schema, quoted where it has to be. */
  name: string;
  /** Without the schema. */
  plain: string;
  /** What can be written: no generated column. */
  columns: { name: string; type: string }[];
  /** Whose value says of which workspace a row is. */
  workspace: string | undefined;
};

/** Every table that a backup has: all of ours but for what passes, and the worker's jobs. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; plain: string; schema: string; columns: Table["columns"] }>(
    `select c.oid::regclass::text as name, c.relname as plain, n.nspname as schema,
       json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'app', 'graphile_worker')
     group by c.oid, c.relname, n.nspname order by n.nspname, c.relname`,
  );
  return rows
    .filter(({ plain, schema }) => (schema === "graphile_worker" ? JOB_TABLES.includes(plain) : !LEFT_OUT.has(plain)))
    .map(({ name, plain, columns }) => ({ name, plain, columns, workspace: workspaceColumn(plain, columns) }));
}

function workspaceColumn(plain: string, columns: Table["columns"]) {
  if (plain === "workspaces") return "id";
  if (OUTLIVES_WORKSPACE.has(plain)) return undefined;
  return columns.some(({ name }) => name === "workspace_id") ? "workspace_id" : undefined;
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * Foreign keys that lead nowhere, one sentence each. Loading checks none.
 */
export async function findBrokenReferences(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; child: string; parent: string; pairs: [string, string][] }>(
    `select k.conname as name, k.conrelid::regclass::text as child, k.confrelid::regclass::text as parent,
       (select json_agg(json_build_array(c.attname, p.attname)) from unnest(k.conkey, k.confkey) as u(mine, theirs)
          join pg_attribute c on c.attrelid = k.conrelid and c.attnum = u.mine
          join pg_attribute p on p.attrelid = k.confrelid and p.attnum = u.theirs) as pairs
     from pg_constraint k join pg_namespace n on n.oid = k.connamespace
     where k.contype = 'f' and k.conparentid = 0 and n.nspname in ('public', 'app')`,
  );
  const broken: string[] = [];
  for (const { name, child, parent, pairs } of rows) {
    const given = pairs.map(([mine]) => `c.${quoted(mine)} is not null`).join(" and ");
    const same = pairs.map(([mine, other]) => `p.${quoted(other)} = c.${quoted(mine)}`).join(" and ");
    const { rows: found } = await client.query<{ count: string }>(
      `select count(*) from ${child} c where ${given} and not exists (select from ${parent} p where ${same})`,
    );
    const count = Number(found[0]!.count);
    if (count > 0) broken.push(`${count} rows of ${child} refer to nothing in ${parent} (${name})`);
  }
  return broken;
}
