import { sql } from "drizzle-orm";
import type { WorkspaceTx } from "@/db/client";
import { searchPassages } from "@/db/schema/search";

type Tx = WorkspaceTx;
export type Lacking = { id: string; title: string; body: string; versionNumber: number };

/** The schema of pgvector's type, quoted; undefined where this database has no such extension. */
export async function vectorSchema(tx: Tx): Promise<string | undefined> {
  const { rows } = await tx.execute<{ schema: string }>(
    sql`select quote_ident(n.nspname) as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector'`,
  );
  return rows[0]?.schema;
}

/** Items whose current version was not looked at by this model. */
export async function findLacking(tx: Tx, model: string, count: number): Promise<Lacking[]> {
  const { rows } = await tx.execute<Lacking>(
    sql`select i.id, v.title, v.body, v.version_number as "versionNumber"
        from content_items i
        join content_versions v on v.workspace_id = i.workspace_id and v.content_item_id = i.id
          and v.version_number = i.current_version_number
        where i.workspace_id = (select app.workspace_id()) and i.archived_at is null and not exists (
          select from ${searchPassages} p where p.workspace_id = i.workspace_id and p.content_item_id = i.id and p.number = 0
            and p.version_number = i.current_version_number and p.model = ${model})
        order by i.updated_at desc, i.id limit ${count}`,
  );
  return rows;
}

type Kept = { contentItemId: string; versionNumber: number; model: string; embeddings: number[][] };

/** In place of what an older version had; the numbers beyond the last passage are emptied. */
export async function keepPassages(tx: Tx, { contentItemId, versionNumber, model, embeddings }: Kept) {
  const rows = embeddings.length > 0 ? embeddings : [[]];
  for (const [number, embedding] of rows.entries()) {
    const array = `{${embedding.join(",")}}`;
    await tx.execute(
      sql`insert into ${searchPassages} (content_item_id, number, version_number, model, embedding)
          values (${contentItemId}, ${number}, ${versionNumber}, ${model}, ${array}::real[])
          on conflict (workspace_id, content_item_id, number) do update
          set version_number = excluded.version_number, model = excluded.model, embedding = excluded.embedding, updated_at = now()
          where search_passages.version_number <= excluded.version_number`,
    );
  }
  await tx.execute(
    sql`update ${searchPassages} set embedding = '{}', updated_at = now()
        where workspace_id = (select app.workspace_id()) and content_item_id = ${contentItemId} and number >= ${rows.length}
          and cardinality(embedding) > 0`,
  );
}

export type Near = { contentItemId: string; versionNumber: number; number: number; similarity: number };

/** Passages of current versions by the angle to what is asked, all of the workspace's compared. */
export async function findNearest(tx: Tx, schema: string, model: string, asked: number[], count: number) {
  const type = sql.raw(`${schema}.vector`);
  const distance = sql.raw(`operator(${schema}.<=>)`);
  const { rows } = await tx.execute<Near>(
    sql`select p.content_item_id as "contentItemId", p.version_number as "versionNumber", p.number,
          1 - (p.embedding::${type} ${distance} ${`[${asked.join(",")}]`}::${type}) as similarity
        from ${searchPassages} p
        join content_items i on i.workspace_id = p.workspace_id and i.id = p.content_item_id
          and i.current_version_number = p.version_number and i.archived_at is null
        where p.workspace_id = (select app.workspace_id()) and p.model = ${model} and cardinality(p.embedding) = ${asked.length}
        order by p.embedding::${type} ${distance} ${`[${asked.join(",")}]`}::${type}, p.content_item_id, p.number
        limit ${count}`,
  );
  return rows;
}
