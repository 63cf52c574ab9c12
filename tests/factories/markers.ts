import type { TestDatabase } from "#tests/harness/database";
import type { Member } from "./index";

export const listTables = async (t: Pick<TestDatabase, "asOwner">) =>
  (
    await t.asOwner<{ name: string }>(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('public', 'app', 'graphile_worker')`,
    )
  ).map(({ name }) => name);

/** Every row of every table, as text; bytes are read as text as well. */
export async function dumpOf(t: Pick<TestDatabase, "asOwner">): Promise<string> {
  const parts: string[] = [];
  for (const table of await listTables(t))
    for (const { row } of await t.asOwner<{ row: string }>(`select x::text as row from ${table} x`))
      parts.push(
        row,
        row.replaceAll(/[0-9a-f]{8,}/g, (hex) => Buffer.from(hex, "hex").toString("latin1")),
      );
  return parts.join("\n");
}

/** In every place where something of a person can be; each is found before, and none afterwards. */
export const MARKERS =
  "NAME IMAGE AGENT ACCOUNT TOKEN VERIFY DRAFT TITLE METADATA VIEW CLIENT RESPONSE OTHERS GUEST RECEIPTKEY AUTHOR PREFIX PROVENANCE ORIGINAL FIELD"
    .split(" ")
    .map((place) => `Marker${place}q7`);
export const EMAIL = "marker-email-q7@example.com";

export async function plantMarkers(t: TestDatabase, person: Member, colleague: Member, itemId: string) {
  const m = (place: string) => `'Marker${place}q7'`;
  const [me, workspace, item] = [`'${person.userId}'`, `'${person.workspaceId}'`, `'${itemId}'`];
  const zeros = `'${"0".repeat(64)}'`;
  await t.asOwner(`
    begin; set local session_replication_role = replica;
    update users set name = ${m("NAME")}, email = '${EMAIL}', image = ${m("IMAGE")} where id = ${me};
    update auth_sessions set user_agent = ${m("AGENT")}, ip_address = '203.0.113.77' where user_id = ${me};
    insert into auth_accounts (user_id, provider_id, account_id, access_token) values (${me}, 'x', ${m("ACCOUNT")}, ${m("TOKEN")});
    insert into auth_verifications (identifier, value, expires_at) values ('reset ${EMAIL}', ${m("VERIFY")}, now());
    insert into content_drafts (workspace_id, content_item_id, user_id, body, title, metadata, base_version)
      values (${workspace}, ${item}, ${me}, ${m("DRAFT")}, ${m("TITLE")}, jsonb_build_object('x', ${m("METADATA")}), 1);
    insert into planning_views (workspace_id, name, filter, created_by) values (${workspace}, ${m("VIEW")}, '{}', ${me});
    insert into events_presence (workspace_id, content_item_id, user_id, client_id, state, field) values (${workspace}, ${item}, ${me}, ${m("CLIENT")}, 'Viewing', ${m("FIELD")});
    insert into idempotency_keys (user_id, key, fingerprint, response) values (${me}, 'a', 'f', to_jsonb(${m("RESPONSE")}::text));
    insert into idempotency_keys (user_id, key, fingerprint, response)
      values ('${colleague.userId}', 'b', 'f', jsonb_build_object('email', '${EMAIL}', 'name', ${m("OTHERS")}));
    insert into workspace_invitations (workspace_id, email, role, token_hash, invited_by, expires_at) values (${workspace}, '${EMAIL}', 'Viewer', 'x', ${me}, now());
    insert into review_links (workspace_id, id, name, token_hash, created_by) values (${workspace}, ${item}, 'A link', encode(sha256(${item}), 'hex'), ${me});
    insert into review_guests (workspace_id, link_id, name, email, token_hash) values (${workspace}, ${item}, ${m("GUEST")}, '${EMAIL}', ${zeros});
    insert into review_idempotency_keys (workspace_id, guest_id, key, fingerprint, response)
      values (${workspace}, gen_random_uuid(), 'c', 'f', jsonb_build_object('email', '${EMAIL}', 'x', ${m("RECEIPTKEY")}));
    insert into transfer_origins (workspace_id, subject_type, subject_id, author_name, author_email, prefix)
      values (${workspace}, 'Item', ${item}, ${m("AUTHOR")}, '${EMAIL}', ${m("PREFIX")});
    insert into transfer_entries (workspace_id, source, key, format, content_item_id, raw_hash, version_number, exported_hash, provenance, original)
      values (${workspace}, 's', 'k', 'Folder', ${item}, ${zeros}, 1, ${zeros}, jsonb_build_object('author', '${EMAIL}', 'x', ${m("PROVENANCE")}),
        convert_to('author: ${EMAIL} MarkerORIGINALq7', 'UTF8'));
    commit`);
}
